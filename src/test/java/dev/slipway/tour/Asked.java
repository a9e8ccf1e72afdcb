package dev.slipway.tour;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One call, as every client is told it.
 *
 * @param service the name of the AWS CLI's command: {@code iam}, {@code ecr-public}
 * @param call the operation's name in AWS's model
 * @param with its input; blobs are given as text
 */
record Asked(String service, String call, ObjectNode with, String region, Key key) {

    /** @param token of a session; empty for a key that lasts */
    record Key(String id, String secret, String token) {
        @Override
        public String toString() {
            return id;
        }
    }
}
