package dev.slipway.cloud.iam;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.policy.AccessRequest;
import dev.slipway.policy.Decision;
import dev.slipway.policy.Principal;
import java.util.LinkedHashMap;
import java.util.Map;

/** What would turn a refusal round: the statement that is missing, and where. Whether it should be there is not for a machine to say. */
final class Remedy {
    private static final JsonMapper JSON = new JsonMapper();

    private Remedy() {}

    /** Empty for what is allowed. */
    static String of(AccessRequest request, Decision decision) {
        String holder = request.principal().roleArn();
        return switch (decision.reason()) {
            case ALLOWED -> "";
            case EXPLICIT_DENY -> "narrow or remove the statement that denies: no statement that allows outweighs it";
            case NO_IDENTITY -> "add to a policy of " + holder + ": " + allow(request, false);
            case NO_BOUNDARY -> "add to the permissions boundary of " + holder + ": " + allow(request, false);
            case NO_SESSION -> "begin the session with a policy that has: " + allow(request, false);
            case NO_RESOURCE -> "add to the policy of " + request.resource() + ": " + allow(request, true);
            case NO_TRUST ->
                isThere(decision)
                        ? "add to the trust policy of " + request.resource() + ": " + allow(request, true)
                        : "make the role " + request.resource() + ", or correct its ARN: it is not there";
        };
    }

    private static boolean isThere(Decision decision) {
        return decision.considered().stream().anyMatch(judged -> judged.part() == Decision.Part.TRUST);
    }

    private static String allow(AccessRequest request, boolean onTheResource) {
        Map<String, Object> statement = new LinkedHashMap<>();
        statement.put("Effect", "Allow");
        if (onTheResource) {
            boolean service = request.principal().kind() == Principal.Kind.SERVICE;
            statement.put(
                    "Principal",
                    Map.of(service ? "Service" : "AWS", request.principal().roleArn()));
        }
        statement.put("Action", request.action());
        if (!onTheResource) {
            statement.put("Resource", request.resource());
        }
        try {
            return JSON.writeValueAsString(statement);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a statement of texts cannot be written", impossible);
        }
    }
}
