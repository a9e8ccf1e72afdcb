package dev.slipway.cloud.secrets;

import dev.slipway.cloud.wire.Authorizer.Question;
import dev.slipway.cloud.wire.AwsService;
import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Protocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.DeleteResourcePolicyRequest;
import software.amazon.awssdk.services.secretsmanager.model.DeleteResourcePolicyResponse;
import software.amazon.awssdk.services.secretsmanager.model.DeleteSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.DeleteSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetResourcePolicyRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetResourcePolicyResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretVersionIdsRequest;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretVersionIdsResponse;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsRequest;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsResponse;
import software.amazon.awssdk.services.secretsmanager.model.PutResourcePolicyRequest;
import software.amazon.awssdk.services.secretsmanager.model.PutResourcePolicyResponse;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.RestoreSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.RestoreSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.Tag;
import software.amazon.awssdk.services.secretsmanager.model.TagResourceRequest;
import software.amazon.awssdk.services.secretsmanager.model.TagResourceResponse;
import software.amazon.awssdk.services.secretsmanager.model.UntagResourceRequest;
import software.amazon.awssdk.services.secretsmanager.model.UntagResourceResponse;
import software.amazon.awssdk.services.secretsmanager.model.UpdateSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.UpdateSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.UpdateSecretVersionStageRequest;
import software.amazon.awssdk.services.secretsmanager.model.UpdateSecretVersionStageResponse;

/** Secrets Manager on the wire: each operation with what it asks the authorizer and who answers it. */
final class SecretApi {
    private final SecretTable secrets;

    SecretApi(SecretTable secrets) {
        this.secrets = secrets;
    }

    AwsService service(SecretOperations operations, SecretValues values, SecretPolicies policies) {
        AwsService.Builder api = AwsService.json(
                Protocol.JSON_1_1,
                "secretsmanager",
                "secretsmanager",
                "software.amazon.awssdk.services.secretsmanager.model");
        addOperations(api, operations);
        addValues(api, values);
        addPolicies(api, policies);
        return api.build();
    }

    private void addOperations(AwsService.Builder api, SecretOperations operations) {
        api.on(
                "CreateSecret",
                CreateSecretRequest.class,
                CreateSecretResponse.class,
                (call, in) -> asks(call, "CreateSecret", in.name(), naming(in.name(), in.tags())),
                operations::create);
        api.on(
                "UpdateSecret",
                UpdateSecretRequest.class,
                UpdateSecretResponse.class,
                (call, in) -> asks(call, "UpdateSecret", in.secretId(), Map.of()),
                operations::update);
        api.on(
                "DescribeSecret",
                DescribeSecretRequest.class,
                DescribeSecretResponse.class,
                (call, in) -> asks(call, "DescribeSecret", in.secretId(), Map.of()),
                operations::describe);
        api.on(
                "ListSecrets",
                ListSecretsRequest.class,
                ListSecretsResponse.class,
                (call, in) -> List.of(Question.of(call.caller(), "secretsmanager:ListSecrets", "*")),
                operations::list);
        api.on(
                "DeleteSecret",
                DeleteSecretRequest.class,
                DeleteSecretResponse.class,
                (call, in) -> asks(call, "DeleteSecret", in.secretId(), deletion(in)),
                operations::delete);
        api.on(
                "RestoreSecret",
                RestoreSecretRequest.class,
                RestoreSecretResponse.class,
                (call, in) -> asks(call, "RestoreSecret", in.secretId(), Map.of()),
                operations::restore);
        api.on(
                "TagResource",
                TagResourceRequest.class,
                TagResourceResponse.class,
                (call, in) -> asks(call, "TagResource", in.secretId(), requestTags(in.tags())),
                operations::tag);
        api.on(
                "UntagResource",
                UntagResourceRequest.class,
                UntagResourceResponse.class,
                (call, in) -> asks(call, "UntagResource", in.secretId(), Map.of("aws:TagKeys", in.tagKeys())),
                operations::untag);
    }

    private void addValues(AwsService.Builder api, SecretValues values) {
        api.on(
                "GetSecretValue",
                GetSecretValueRequest.class,
                GetSecretValueResponse.class,
                this::readQuestions,
                values::get);
        api.on(
                "PutSecretValue",
                PutSecretValueRequest.class,
                PutSecretValueResponse.class,
                (call, in) -> asks(call, "PutSecretValue", in.secretId(), Map.of()),
                values::put);
        api.on(
                "UpdateSecretVersionStage",
                UpdateSecretVersionStageRequest.class,
                UpdateSecretVersionStageResponse.class,
                (call, in) -> asks(call, "UpdateSecretVersionStage", in.secretId(), Map.of()),
                values::moveStage);
        api.on(
                "ListSecretVersionIds",
                ListSecretVersionIdsRequest.class,
                ListSecretVersionIdsResponse.class,
                (call, in) -> asks(call, "ListSecretVersionIds", in.secretId(), Map.of()),
                values::list);
    }

    private void addPolicies(AwsService.Builder api, SecretPolicies policies) {
        api.on(
                "PutResourcePolicy",
                PutResourcePolicyRequest.class,
                PutResourcePolicyResponse.class,
                (call, in) -> asks(call, "PutResourcePolicy", in.secretId(), Map.of()),
                policies::put);
        api.on(
                "GetResourcePolicy",
                GetResourcePolicyRequest.class,
                GetResourcePolicyResponse.class,
                (call, in) -> asks(call, "GetResourcePolicy", in.secretId(), Map.of()),
                policies::get);
        api.on(
                "DeleteResourcePolicy",
                DeleteResourcePolicyRequest.class,
                DeleteResourcePolicyResponse.class,
                (call, in) -> asks(call, "DeleteResourcePolicy", in.secretId(), Map.of()),
                policies::delete);
    }

    /** What whoever reads a value must be allowed. */
    List<Question> readQuestions(Call call, GetSecretValueRequest request) {
        Map<String, List<String>> keys = new HashMap<>();
        String stage = request.versionStage();
        if (stage != null || request.versionId() == null) {
            keys.put("secretsmanager:VersionStage", List.of(stage == null ? SecretVersion.CURRENT : stage));
        }
        if (request.versionId() != null) {
            keys.put("secretsmanager:VersionId", List.of(request.versionId()));
        }
        return asks(call, "GetSecretValue", request.secretId(), keys);
    }

    private List<Question> asks(Call call, String operation, @Nullable String id, Map<String, List<String>> keys) {
        Map<String, List<String>> context = new HashMap<>(keys);
        Optional<SecretRecord> secret = secrets.find(call, id);
        secret.ifPresent(found -> {
            context.put("secretsmanager:SecretId", List.of(found.arn()));
            found.tags().forEach((key, value) -> {
                context.put("aws:ResourceTag/" + key, List.of(value));
                context.put("secretsmanager:ResourceTag/" + key, List.of(value));
            });
        });
        String arn = secret.map(SecretRecord::arn)
                .orElseGet(() -> secrets.place(call, id).arn());
        return List.of(new Question(
                call.caller(),
                "secretsmanager:" + operation,
                arn,
                secret.flatMap(found -> Optional.ofNullable(found.policy())),
                context));
    }

    private static Map<String, List<String>> naming(@Nullable String name, List<Tag> tags) {
        Map<String, List<String>> keys = new HashMap<>(requestTags(tags));
        keys.put("secretsmanager:Name", List.of(String.valueOf(name)));
        return keys;
    }

    private static Map<String, List<String>> deletion(DeleteSecretRequest request) {
        boolean force = Boolean.TRUE.equals(request.forceDeleteWithoutRecovery());
        return Map.of("secretsmanager:ForceDeleteWithoutRecovery", List.of(String.valueOf(force)));
    }

    private static Map<String, List<String>> requestTags(List<Tag> tags) {
        Map<String, List<String>> keys = new HashMap<>();
        List<String> names = new ArrayList<>();
        for (Tag tag : tags) {
            if (tag != null && tag.key() != null) {
                names.add(tag.key());
                keys.put("aws:RequestTag/" + tag.key(), List.of(tag.value() == null ? "" : tag.value()));
            }
        }
        if (!names.isEmpty()) {
            keys.put("aws:TagKeys", names);
        }
        return keys;
    }
}
