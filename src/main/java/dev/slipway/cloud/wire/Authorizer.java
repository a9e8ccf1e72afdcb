package dev.slipway.cloud.wire;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides whether a call may go on. */
public interface Authorizer {
    /** Returns when the question's answer is yes, throws {@code AccessDenied} as AWS words it when it is no. */
    void authorize(Question question);

    /** Told of every call whose caller is proven, before anything is asked; {@code service} is the signing name. */
    default void entered(Call call, String service) {}

    /**
     * @param action for example {@code ecr:SetRepositoryPolicy}
     * @param resource the ARN acted on, or {@code *} for actions that have none
     * @param resourcePolicy the policy on the resource itself, a JSON document
     * @param context condition keys beyond those that follow from the caller and the clock
     * @param requestId the id that the answer to the request carries; empty when the question belongs to no request
     */
    record Question(
            Caller caller,
            String action,
            String resource,
            Optional<String> resourcePolicy,
            Map<String, List<String>> context,
            String requestId) {
        public Question {
            context = Map.copyOf(context);
        }

        /** A question that belongs to no request yet. */
        public Question(
                Caller caller,
                String action,
                String resource,
                Optional<String> resourcePolicy,
                Map<String, List<String>> context) {
            this(caller, action, resource, resourcePolicy, context, "");
        }

        public static Question of(Caller caller, String action, String resource) {
            return new Question(caller, action, resource, Optional.empty(), Map.of());
        }

        public Question withResourcePolicy(Optional<String> policy) {
            return new Question(caller, action, resource, policy, context, requestId);
        }

        /** The question as part of a request, under which its decision is remembered. */
        public Question within(String request) {
            return new Question(caller, action, resource, resourcePolicy, context, request);
        }

        /** The question as part of a call: with its request id and its condition keys; the question's own keys win. */
        public Question within(Call call) {
            Map<String, List<String>> keys = new HashMap<>(call.keys());
            keys.putAll(context);
            return new Question(caller, action, resource, resourcePolicy, keys, call.requestId());
        }
    }

    /** Asks about each in turn. */
    default void authorizeAll(Collection<Question> questions) {
        questions.forEach(this::authorize);
    }
}
