package dev.slipway;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.ResourceType;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One statement in the policy of an Amazon ECR repository that lets roles of another account pull from it. Statements
 * of others in the same policy are left as they are.
 *
 * <p>It is made with the credentials of the repository's account: give it a {@link Provider} that has them.
 */
@ResourceType(type = RepositoryPolicy.TYPE)
@SuppressWarnings("NullAway.Init") // the SDK sets the exported fields while the constructor of the base class runs
public final class RepositoryPolicy extends CustomResource {
    static final String TYPE = "slipway:index:RepositoryPolicy";

    @Export(
            name = "repository",
            refs = {String.class},
            tree = "[0]")
    private Output<String> repository;

    @Export(
            name = "sid",
            refs = {String.class},
            tree = "[0]")
    private Output<String> sid;

    @Export(
            name = "principals",
            refs = {List.class, String.class},
            tree = "[0,1]")
    private Output<List<String>> principals;

    @Export(
            name = "repositoryArn",
            refs = {String.class},
            tree = "[0]")
    private Output<String> repositoryArn;

    @Export(
            name = "policyText",
            refs = {String.class},
            tree = "[0]")
    private Output<String> policyText;

    public RepositoryPolicy(String name, RepositoryPolicyArgs args) {
        this(name, args, null);
    }

    /**
     * Declares the resource.
     *
     * @param name its name in the stack, part of its URN
     */
    public RepositoryPolicy(String name, @Nullable RepositoryPolicyArgs args, @Nullable CustomResourceOptions options) {
        super(TYPE, name, args, Provider.versioned(options));
    }

    /** Reads one that somebody else manages; {@code id} is the repository's ARN, a slash and the statement's Sid. */
    public static RepositoryPolicy get(String name, Output<String> id, @Nullable CustomResourceOptions options) {
        var lookup = CustomResourceOptions.builder().id(id).build();
        return new RepositoryPolicy(name, null, CustomResourceOptions.merge(lookup, options));
    }

    /** @see RepositoryPolicyArgs#repository() */
    public Output<String> repository() {
        return repository;
    }

    /** @see RepositoryPolicyArgs#sid() */
    public Output<String> sid() {
        return sid;
    }

    /** @see RepositoryPolicyArgs#principals() */
    public Output<List<String>> principals() {
        return principals;
    }

    /** The repository's ARN. */
    public Output<String> repositoryArn() {
        return repositoryArn;
    }

    /** The repository's whole policy after the change, as JSON. */
    public Output<String> policyText() {
        return policyText;
    }
}
