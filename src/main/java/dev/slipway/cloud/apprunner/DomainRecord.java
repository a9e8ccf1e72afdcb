package dev.slipway.cloud.apprunner;

import java.util.List;

/**
 * A custom domain of a service, with the records that would prove to AWS whose it is. Stored.
 *
 * @param proofs names and values of CNAME records
 * @param associatedAt in milliseconds since the epoch
 */
record DomainRecord(String serviceArn, String domain, boolean www, List<Proof> proofs, long associatedAt) {
    DomainRecord {
        proofs = List.copyOf(proofs);
    }

    record Proof(String name, String value) {}

    String key() {
        return serviceArn + " " + domain;
    }
}
