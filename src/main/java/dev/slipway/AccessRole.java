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

/**
 * An IAM role that App Runner pulls images with: trusted by {@code build.apprunner.amazonaws.com} and allowed
 * to pull from the named repositories only.
 */
@ResourceType(type = AccessRole.TYPE)
@SuppressWarnings("NullAway.Init") // the SDK sets the exported fields while the constructor of the base class runs
public final class AccessRole extends CustomResource {
    static final String TYPE = "slipway:index:AccessRole";

    @Export(
            name = "roleName",
            refs = {String.class},
            tree = "[0]")
    private Output<String> roleName;

    @Export(
            name = "repositories",
            refs = {List.class, String.class},
            tree = "[0,1]")
    private Output<List<String>> repositories;

    @Export(
            name = "path",
            refs = {String.class},
            tree = "[0]")
    private Output<String> path;

    @Export(
            name = "permissionsBoundary",
            refs = {String.class},
            tree = "[0]")
    private Output<String> permissionsBoundary;

    @Export(
            name = "existing",
            refs = {Boolean.class},
            tree = "[0]")
    private Output<Boolean> existing;

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
            name = "uniqueId",
            refs = {String.class},
            tree = "[0]")
    private Output<String> uniqueId;

    @Export(
            name = "policy",
            refs = {String.class},
            tree = "[0]")
    private Output<String> policy;

    public AccessRole(String name, AccessRoleArgs args) {
        this(name, args, null);
    }

    /**
     * Declares the resource.
     *
     * @param name its name in the stack, part of its URN
     */
    public AccessRole(String name, @Nullable AccessRoleArgs args, @Nullable CustomResourceOptions options) {
        super(TYPE, name, args, Provider.versioned(options));
    }

    /** Reads one that somebody else manages; {@code id} is the name of the role. */
    public static AccessRole get(String name, Output<String> id, @Nullable CustomResourceOptions options) {
        var lookup = CustomResourceOptions.builder().id(id).build();
        return new AccessRole(name, null, CustomResourceOptions.merge(lookup, options));
    }

    /** @see AccessRoleArgs#roleName() */
    public Output<String> roleName() {
        return roleName;
    }

    /** @see AccessRoleArgs#repositories() */
    public Output<List<String>> repositories() {
        return repositories;
    }

    /** @see AccessRoleArgs#path() */
    public Output<String> path() {
        return path;
    }

    /** @see AccessRoleArgs#permissionsBoundary() */
    public Output<Optional<String>> permissionsBoundary() {
        return Codegen.optional(permissionsBoundary);
    }

    /** @see AccessRoleArgs#existing() */
    public Output<Optional<Boolean>> existing() {
        return Codegen.optional(existing);
    }

    /** @see AccessRoleArgs#tags() */
    public Output<Optional<Map<String, String>>> tags() {
        return Codegen.optional(tags);
    }

    /** The role's ARN. */
    public Output<String> arn() {
        return arn;
    }

    /** IAM's own id of the role: a role made again under the same name has another one. */
    public Output<String> uniqueId() {
        return uniqueId;
    }

    /** The role's inline policy, as JSON; empty when there is none. */
    public Output<String> policy() {
        return policy;
    }
}
