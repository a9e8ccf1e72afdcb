package dev.slipway;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.ResourceArgs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an {@link InstanceRole} shall be. */
public final class InstanceRoleArgs extends ResourceArgs {
    /** Nothing set: every property at its default. */
    public static final InstanceRoleArgs Empty = new InstanceRoleArgs();

    @Import(name = "roleName")
    private @Nullable Output<String> roleName;

    @Import(name = "statements")
    private @Nullable Output<List<PolicyStatementArgs>> statements;

    @Import(name = "managedPolicyArns")
    private @Nullable Output<List<String>> managedPolicyArns;

    @Import(name = "path")
    private @Nullable Output<String> path;

    @Import(name = "permissionsBoundary")
    private @Nullable Output<String> permissionsBoundary;

    @Import(name = "existing")
    private @Nullable Output<Boolean> existing;

    @Import(name = "tags")
    private @Nullable Output<Map<String, String>> tags;

    private InstanceRoleArgs() {}

    private InstanceRoleArgs(InstanceRoleArgs from) {
        this.roleName = from.roleName;
        this.statements = from.statements;
        this.managedPolicyArns = from.managedPolicyArns;
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
     * What the role may do: the statements of its inline policy; of an existing role, what it is checked for.
     * Default: none. Changed in place.
     */
    public Optional<Output<List<PolicyStatementArgs>>> statements() {
        return Optional.ofNullable(statements);
    }

    /**
     * ARNs of managed policies that are attached. Those that someone else attaches stay. Default: none. Changed
     * in place.
     */
    public Optional<Output<List<String>>> managedPolicyArns() {
        return Optional.ofNullable(managedPolicyArns);
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
     * is ever changed; a preview tells whether App Runner may assume it and what of {@link #statements()} it may
     * not do. {@link #roleName()} is required. Default false. A change replaces the resource.
     */
    public Optional<Output<Boolean>> existing() {
        return Optional.ofNullable(existing);
    }

    /** Tags of the role. Changed in place. */
    public Optional<Output<Map<String, String>>> tags() {
        return Optional.ofNullable(tags);
    }

    public static Builder builder() {
        return new Builder(new InstanceRoleArgs());
    }

    /** A builder that starts with what {@code defaults} has. */
    public static Builder builder(InstanceRoleArgs defaults) {
        return new Builder(new InstanceRoleArgs(defaults));
    }

    public static final class Builder {
        private final InstanceRoleArgs args;

        private Builder(InstanceRoleArgs args) {
            this.args = args;
        }

        /** @see InstanceRoleArgs#roleName() */
        public Builder roleName(@Nullable Output<String> roleName) {
            args.roleName = roleName;
            return this;
        }

        /** @see InstanceRoleArgs#roleName() */
        public Builder roleName(String roleName) {
            return roleName(Output.of(roleName));
        }

        /** @see InstanceRoleArgs#statements() */
        public Builder statements(@Nullable Output<List<PolicyStatementArgs>> statements) {
            args.statements = statements;
            return this;
        }

        /** @see InstanceRoleArgs#statements() */
        public Builder statements(List<PolicyStatementArgs> statements) {
            return statements(Output.of(statements));
        }

        /** @see InstanceRoleArgs#statements() */
        public Builder statements(PolicyStatementArgs... statements) {
            return statements(List.of(statements));
        }

        /** @see InstanceRoleArgs#managedPolicyArns() */
        public Builder managedPolicyArns(@Nullable Output<List<String>> managedPolicyArns) {
            args.managedPolicyArns = managedPolicyArns;
            return this;
        }

        /** @see InstanceRoleArgs#managedPolicyArns() */
        public Builder managedPolicyArns(List<String> managedPolicyArns) {
            return managedPolicyArns(Output.of(managedPolicyArns));
        }

        /** @see InstanceRoleArgs#managedPolicyArns() */
        public Builder managedPolicyArns(String... managedPolicyArns) {
            return managedPolicyArns(List.of(managedPolicyArns));
        }

        /** @see InstanceRoleArgs#path() */
        public Builder path(@Nullable Output<String> path) {
            args.path = path;
            return this;
        }

        /** @see InstanceRoleArgs#path() */
        public Builder path(String path) {
            return path(Output.of(path));
        }

        /** @see InstanceRoleArgs#permissionsBoundary() */
        public Builder permissionsBoundary(@Nullable Output<String> permissionsBoundary) {
            args.permissionsBoundary = permissionsBoundary;
            return this;
        }

        /** @see InstanceRoleArgs#permissionsBoundary() */
        public Builder permissionsBoundary(String permissionsBoundary) {
            return permissionsBoundary(Output.of(permissionsBoundary));
        }

        /** @see InstanceRoleArgs#existing() */
        public Builder existing(@Nullable Output<Boolean> existing) {
            args.existing = existing;
            return this;
        }

        /** @see InstanceRoleArgs#existing() */
        public Builder existing(Boolean existing) {
            return existing(Output.of(existing));
        }

        /** @see InstanceRoleArgs#tags() */
        public Builder tags(@Nullable Output<Map<String, String>> tags) {
            args.tags = tags;
            return this;
        }

        /** @see InstanceRoleArgs#tags() */
        public Builder tags(Map<String, String> tags) {
            return tags(Output.of(tags));
        }

        public InstanceRoleArgs build() {
            return new InstanceRoleArgs(args);
        }
    }
}
