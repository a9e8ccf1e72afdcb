package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.wire.Authorizer.Question;
import dev.slipway.cloud.wire.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apprunner.model.InstanceConfiguration;
import software.amazon.awssdk.services.apprunner.model.SourceConfiguration;

/** What the caller of an operation must be allowed. */
final class Permissions {
    private static final Map<String, List<String>> PASSED_TO_APP_RUNNER =
            Map.of("iam:PassedToService", List.of("apprunner.amazonaws.com"));

    private Permissions() {}

    static List<Question> on(Call call, String operation, @Nullable String arn) {
        return List.of(Question.of(call.caller(), "apprunner:" + operation, arn == null ? "*" : arn));
    }

    /** The operation on something that is yet to get its id. */
    static List<Question> onNew(Call call, String operation, String kind, @Nullable String name) {
        return on(
                call,
                operation,
                "arn:aws:apprunner:" + call.region() + ":" + call.account() + ":" + kind + "/" + name + "/*");
    }

    /** The operation, and handing over the roles that the request names. */
    static List<Question> withRoles(
            Call call,
            List<Question> operation,
            @Nullable SourceConfiguration source,
            @Nullable InstanceConfiguration instance) {
        List<Question> questions = new ArrayList<>(operation);
        if (source != null && source.authenticationConfiguration() != null) {
            passRole(call, source.authenticationConfiguration().accessRoleArn()).ifPresent(questions::add);
        }
        if (instance != null) {
            passRole(call, instance.instanceRoleArn()).ifPresent(questions::add);
        }
        return questions;
    }

    private static Optional<Question> passRole(Call call, @Nullable String role) {
        return Optional.ofNullable(role)
                .map(arn -> new Question(call.caller(), "iam:PassRole", arn, Optional.empty(), PASSED_TO_APP_RUNNER));
    }
}
