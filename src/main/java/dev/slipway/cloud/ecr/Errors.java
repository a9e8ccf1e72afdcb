package dev.slipway.cloud.ecr;

import dev.slipway.cloud.registry.RepositoryId;
import dev.slipway.cloud.wire.AwsException;

/** ECR's errors in ECR's words. */
final class Errors {
    private Errors() {}

    static AwsException repositoryNotFound(RepositoryId id) {
        return error(
                "RepositoryNotFoundException",
                "The repository with name '" + id.name() + "' does not exist in the registry with id '" + id.account()
                        + "'");
    }

    static AwsException repositoryExists(RepositoryId id) {
        return error(
                "RepositoryAlreadyExistsException",
                "The repository with name '" + id.name() + "' already exists in the registry with id '" + id.account()
                        + "'");
    }

    static AwsException repositoryNotEmpty(RepositoryId id) {
        return error(
                "RepositoryNotEmptyException",
                "The repository with name '" + id.name() + "' in registry with id '" + id.account()
                        + "' cannot be deleted because it still contains images");
    }

    static AwsException policyNotFound(RepositoryId id) {
        return error(
                "RepositoryPolicyNotFoundException",
                "Repository policy does not exist for the repository with name '" + id.name()
                        + "' in the registry with id '" + id.account() + "'");
    }

    static AwsException imageNotFound(RepositoryId id, String digest, String tag) {
        return error(
                "ImageNotFoundException",
                "The image with imageId {imageDigest:'" + digest + "', imageTag:'" + tag
                        + "'} does not exist within the repository with name '" + id.name()
                        + "' in the registry with id '" + id.account() + "'");
    }

    static AwsException layerNotFound(RepositoryId id, String digest) {
        return error(
                "LayersNotFoundException",
                "The layer with digest '" + digest + "' does not exist in the repository with name '" + id.name()
                        + "' in the registry with id '" + id.account() + "'");
    }

    static AwsException validation(String message) {
        return error("ValidationException", message);
    }

    /** @param member as ECR spells it in the message, for example {@code PolicyText} */
    static AwsException invalidParameter(String member, String constraint) {
        return error(
                "InvalidParameterException",
                "Invalid parameter at '" + member + "' failed to satisfy constraint: '" + constraint + "'");
    }

    static AwsException error(String code, String message) {
        return new AwsException(code, 400, message);
    }
}
