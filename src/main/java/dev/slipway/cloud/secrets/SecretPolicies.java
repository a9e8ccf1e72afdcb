package dev.slipway.cloud.secrets;

import dev.slipway.cloud.wire.Call;
import dev.slipway.policy.Effect;
import dev.slipway.policy.MalformedPolicy;
import dev.slipway.policy.PolicyDocument;
import dev.slipway.policy.Statement;
import software.amazon.awssdk.services.secretsmanager.model.DeleteResourcePolicyRequest;
import software.amazon.awssdk.services.secretsmanager.model.DeleteResourcePolicyResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetResourcePolicyRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetResourcePolicyResponse;
import software.amazon.awssdk.services.secretsmanager.model.PutResourcePolicyRequest;
import software.amazon.awssdk.services.secretsmanager.model.PutResourcePolicyResponse;

/** The resource policies of secrets. */
final class SecretPolicies {
    private static final int MOST_CHARS = 20_480;

    private final SecretTable secrets;

    SecretPolicies(SecretTable secrets) {
        this.secrets = secrets;
    }

    PutResourcePolicyResponse put(Call call, PutResourcePolicyRequest request) {
        String text = String.valueOf(request.resourcePolicy());
        PolicyDocument document = parse(text);
        if (Boolean.TRUE.equals(request.blockPublicPolicy())
                && document.statements().stream().anyMatch(SecretPolicies::isPublic)) {
            throw Errors.error(
                    "PublicPolicyException",
                    "The resource policy grants broad access to the secret; name the principals.");
        }
        SecretRecord secret =
                secrets.update(secrets.requireUsable(call, request.secretId()), old -> old.withPolicy(text));
        return PutResourcePolicyResponse.builder()
                .arn(secret.arn())
                .name(secret.name())
                .build();
    }

    private static PolicyDocument parse(String text) {
        try {
            if (text.length() > MOST_CHARS) {
                throw new MalformedPolicy("it has more than " + MOST_CHARS + " characters");
            }
            return PolicyDocument.parse(text).requireResourcePolicy();
        } catch (MalformedPolicy malformed) {
            throw Errors.error(
                    "MalformedPolicyDocumentException",
                    "This resource policy contains a syntax error: " + malformed.getMessage());
        }
    }

    private static boolean isPublic(Statement statement) {
        return statement.effect() == Effect.ALLOW
                && statement.conditions().isEmpty()
                && statement.principals() != null
                && statement.principals().aws().contains("*");
    }

    GetResourcePolicyResponse get(Call call, GetResourcePolicyRequest request) {
        SecretRecord secret = secrets.requireUsable(call, request.secretId());
        return GetResourcePolicyResponse.builder()
                .arn(secret.arn())
                .name(secret.name())
                .resourcePolicy(secret.policy())
                .build();
    }

    DeleteResourcePolicyResponse delete(Call call, DeleteResourcePolicyRequest request) {
        SecretRecord secret =
                secrets.update(secrets.requireUsable(call, request.secretId()), old -> old.withPolicy(null));
        return DeleteResourcePolicyResponse.builder()
                .arn(secret.arn())
                .name(secret.name())
                .build();
    }
}
