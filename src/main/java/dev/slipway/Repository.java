package dev.slipway;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.ResourceType;
import com.pulumi.core.internal.Codegen;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A private Amazon ECR repository, in the account and region of its provider. */
@ResourceType(type = Repository.TYPE)
@SuppressWarnings("NullAway.Init") // the SDK sets the exported fields while the constructor of the base class runs
public final class Repository extends CustomResource {
    static final String TYPE = "slipway:index:Repository";

    @Export(
            name = "repositoryName",
            refs = {String.class},
            tree = "[0]")
    private Output<String> repositoryName;

    @Export(
            name = "imageTagMutability",
            refs = {String.class},
            tree = "[0]")
    private Output<String> imageTagMutability;

    @Export(
            name = "imageTagMutabilityExclusionFilters",
            refs = {List.class, String.class},
            tree = "[0,1]")
    private Output<List<String>> imageTagMutabilityExclusionFilters;

    @Export(
            name = "scanOnPush",
            refs = {Boolean.class},
            tree = "[0]")
    private Output<Boolean> scanOnPush;

    @Export(
            name = "lifecyclePolicy",
            refs = {String.class},
            tree = "[0]")
    private Output<String> lifecyclePolicy;

    @Export(
            name = "encryptionType",
            refs = {String.class},
            tree = "[0]")
    private Output<String> encryptionType;

    @Export(
            name = "kmsKey",
            refs = {String.class},
            tree = "[0]")
    private Output<String> kmsKey;

    @Export(
            name = "forceDelete",
            refs = {Boolean.class},
            tree = "[0]")
    private Output<Boolean> forceDelete;

    @Export(
            name = "tags",
            refs = {Map.class, String.class},
            tree = "[0,1,1]")
    private Output<Map<String, String>> tags;

    @Export(
            name = "arn",
            refs = {String.class},
            tree = "[0]")
    private Output<String> arn;

    @Export(
            name = "registryId",
            refs = {String.class},
            tree = "[0]")
    private Output<String> registryId;

    @Export(
            name = "repositoryUri",
            refs = {String.class},
            tree = "[0]")
    private Output<String> repositoryUri;

    public Repository(String name, RepositoryArgs args) {
        this(name, args, null);
    }

    /**
     * Declares the resource.
     *
     * @param name its name in the stack, part of its URN
     */
    public Repository(String name, @Nullable RepositoryArgs args, @Nullable CustomResourceOptions options) {
        super(TYPE, name, args, Provider.versioned(options));
    }

    /** Reads one that somebody else manages; {@code id} is its name. */
    public static Repository get(String name, Output<String> id, @Nullable CustomResourceOptions options) {
        var lookup = CustomResourceOptions.builder().id(id).build();
        return new Repository(name, null, CustomResourceOptions.merge(lookup, options));
    }

    /** @see RepositoryArgs#repositoryName() */
    public Output<String> repositoryName() {
        return repositoryName;
    }

    /** @see RepositoryArgs#imageTagMutability() */
    public Output<String> imageTagMutability() {
        return imageTagMutability;
    }

    /** @see RepositoryArgs#imageTagMutabilityExclusionFilters() */
    public Output<Optional<List<String>>> imageTagMutabilityExclusionFilters() {
        return Codegen.optional(imageTagMutabilityExclusionFilters);
    }

    /** @see RepositoryArgs#scanOnPush() */
    public Output<Boolean> scanOnPush() {
        return scanOnPush;
    }

    /** @see RepositoryArgs#lifecyclePolicy() */
    public Output<Optional<String>> lifecyclePolicy() {
        return Codegen.optional(lifecyclePolicy);
    }

    /** @see RepositoryArgs#encryptionType() */
    public Output<String> encryptionType() {
        return encryptionType;
    }

    /** @see RepositoryArgs#kmsKey() */
    public Output<Optional<String>> kmsKey() {
        return Codegen.optional(kmsKey);
    }

    /** @see RepositoryArgs#forceDelete() */
    public Output<Optional<Boolean>> forceDelete() {
        return Codegen.optional(forceDelete);
    }

    /** @see RepositoryArgs#tags() */
    public Output<Optional<Map<String, String>>> tags() {
        return Codegen.optional(tags);
    }

    /** The repository's ARN. */
    public Output<String> arn() {
        return arn;
    }

    /** Its account. */
    public Output<String> registryId() {
        return registryId;
    }

    /** What the name of an image in it begins with: {@code ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME}. */
    public Output<String> repositoryUri() {
        return repositoryUri;
    }
}
