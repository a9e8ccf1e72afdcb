package dev.slipway.cloud.wire;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides whether a call may go on. */
public interface Authorizer {
    /** Returns when the question's answer is yes, throws {@code AccessDenied} as AWS words it when it is no. */
    void authorize(Question question);

    /**
     * @param action for example {@code ecr:SetRepositoryPolicy}
     * @param resource the ARN acted on, or {@code *} for actions that have none
     * @param resourcePolicy the policy on the resource itself, a JSON document
     * @param context condition keys beyond those that follow from the caller and the clock
     */
    record Question(
            Caller caller,
            String action,
            String resource,
            Optional<String> resourcePolicy,
            Map<String, List<String>> context) {
        public Question {
            context = Map.copyOf(context);
        }

        public static Question of(Caller caller, String action, String resource) {
            return new Question(caller, action, resource, Optional.empty(), Map.of());
        }

        public Question withResourcePolicy(Optional<String> policy) {
            return new Question(caller, action, resource, policy, context);
        }
    }

    /** Asks about each in turn. */
    default void authorizeAll(Collection<Question> questions) {
        questions.forEach(this::authorize);
    }
}
