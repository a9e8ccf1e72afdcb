package dev.slipway;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.exceptions.MissingRequiredPropertyException;
import com.pulumi.resources.ResourceArgs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an {@link AccessRole} shall be. */
public final class AccessRoleArgs extends ResourceArgs {
    @Import(name = "roleName")
    private @Nullable Output<String> roleName;

    @Import(name = "repositories", required = true)
    private @Nullable Output<List<String>> repositories;

    @Import(name = "path")
    private @Nullable Output<String> path;

    @Import(name = "permissionsBoundary")
    private @Nullable Output<String> permissionsBoundary;

    @Import(name = "existing")
    private @Nullable Output<Boolean> existing;

    @Import(name = "tags")
    private @Nullable Output<Map<String, String>> tags;

    private AccessRoleArgs() {}

    private AccessRoleArgs(AccessRoleArgs from) {
        this.roleName = from.roleName;
        this.repositories = from.repositories;
        this.path = from.path;
        this.permissionsBoundary = from.permissionsBoundary;
        this.existing = from.existing;
        this.tags = from.tags;
    }

    /**
     * Name of the IAM role, at most 64 characters. Default: the resource name with a random suffix. A change
     * replaces the role.
     */
    public Optional<Output<String>> roleName() {
        return Optional.ofNullable(roleName);
    }

    /**
     * What the role may pull from: image identifiers in Amazon ECR or repository ARNs, of this or of other
     * accounts; tags and digests do not count. Changed in place.
     */
    public Optional<Output<List<String>>> repositories() {
        return Optional.ofNullable(repositories);
    }

    /** IAM path of the role, beginning and ending with a slash. Without it IAM takes {@code /}. A change replaces the role. */
    public Optional<Output<String>> path() {
        return Optional.ofNullable(path);
    }

    /**
     * ARN of a policy that caps what the role may do ({@code PermissionsBoundary}). Default: none; one that
     * someone else set stays. Changed in place.
     */
    public Optional<Output<String>> permissionsBoundary() {
        return Optional.ofNullable(permissionsBoundary);
    }

    /**
     * Whether the role is there already and somebody else manages it. It is then used as it is and nothing of it
     * is ever changed; a preview tells whether App Runner may assume it and whether it may pull from {@link
     * #repositories()}, and which statement is missing. {@link #roleName()} is required. Default false. A change
     * replaces the resource.
     */
    public Optional<Output<Boolean>> existing() {
        return Optional.ofNullable(existing);
    }

    /** Tags of the role. Changed in place. */
    public Optional<Output<Map<String, String>>> tags() {
        return Optional.ofNullable(tags);
    }

    public static Builder builder() {
        return new Builder(new AccessRoleArgs());
    }

    /** A builder that starts with what {@code defaults} has. */
    public static Builder builder(AccessRoleArgs defaults) {
        return new Builder(new AccessRoleArgs(defaults));
    }

    public static final class Builder {
        private final AccessRoleArgs args;

        private Builder(AccessRoleArgs args) {
            this.args = args;
        }

        /** @see AccessRoleArgs#roleName() */
        public Builder roleName(@Nullable Output<String> roleName) {
            args.roleName = roleName;
            return this;
        }

        /** @see AccessRoleArgs#roleName() */
        public Builder roleName(String roleName) {
            return roleName(Output.of(roleName));
        }

        /** @see AccessRoleArgs#repositories() */
        public Builder repositories(@Nullable Output<List<String>> repositories) {
            args.repositories = repositories;
            return this;
        }

        /** @see AccessRoleArgs#repositories() */
        public Builder repositories(List<String> repositories) {
            return repositories(Output.of(repositories));
        }

        /** @see AccessRoleArgs#repositories() */
        public Builder repositories(String... repositories) {
            return repositories(List.of(repositories));
        }

        /** @see AccessRoleArgs#path() */
        public Builder path(@Nullable Output<String> path) {
            args.path = path;
            return this;
        }

        /** @see AccessRoleArgs#path() */
        public Builder path(String path) {
            return path(Output.of(path));
        }

        /** @see AccessRoleArgs#permissionsBoundary() */
        public Builder permissionsBoundary(@Nullable Output<String> permissionsBoundary) {
            args.permissionsBoundary = permissionsBoundary;
            return this;
        }

        /** @see AccessRoleArgs#permissionsBoundary() */
        public Builder permissionsBoundary(String permissionsBoundary) {
            return permissionsBoundary(Output.of(permissionsBoundary));
        }

        /** @see AccessRoleArgs#existing() */
        public Builder existing(@Nullable Output<Boolean> existing) {
            args.existing = existing;
            return this;
        }

        /** @see AccessRoleArgs#existing() */
        public Builder existing(Boolean existing) {
            return existing(Output.of(existing));
        }

        /** @see AccessRoleArgs#tags() */
        public Builder tags(@Nullable Output<Map<String, String>> tags) {
            args.tags = tags;
            return this;
        }

        /** @see AccessRoleArgs#tags() */
        public Builder tags(Map<String, String> tags) {
            return tags(Output.of(tags));
        }

        /** @throws MissingRequiredPropertyException when a required property is not set */
        public AccessRoleArgs build() {
            if (args.repositories == null) {
                throw new MissingRequiredPropertyException("AccessRoleArgs", "repositories");
            }
            return new AccessRoleArgs(args);
        }
    }
}
