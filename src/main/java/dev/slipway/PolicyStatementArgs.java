package dev.slipway;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.exceptions.MissingRequiredPropertyException;
import com.pulumi.resources.ResourceArgs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One statement of an {@link InstanceRole}'s policy. */
public final class PolicyStatementArgs extends ResourceArgs {
    @Import(name = "sid")
    private @Nullable Output<String> sid;

    @Import(name = "effect")
    private @Nullable Output<String> effect;

    @Import(name = "actions", required = true)
    private @Nullable Output<List<String>> actions;

    @Import(name = "resources", required = true)
    private @Nullable Output<List<String>> resources;

    @Import(name = "conditions")
    private @Nullable Output<Map<String, Map<String, List<String>>>> conditions;

    private PolicyStatementArgs() {}

    private PolicyStatementArgs(PolicyStatementArgs from) {
        this.sid = from.sid;
        this.effect = from.effect;
        this.actions = from.actions;
        this.resources = from.resources;
        this.conditions = from.conditions;
    }

    /** Name of the statement ({@code Sid}): letters and digits. Default: none. */
    public Optional<Output<String>> sid() {
        return Optional.ofNullable(sid);
    }

    /** {@code Allow} or {@code Deny} ({@code Effect}). Default {@code Allow}. */
    public Optional<Output<String>> effect() {
        return Optional.ofNullable(effect);
    }

    /**
     * What may be done ({@code Action}), for example {@code secretsmanager:GetSecretValue}; {@code *} and {@code
     * ?} are wildcards.
     */
    public Optional<Output<List<String>>> actions() {
        return Optional.ofNullable(actions);
    }

    /** On what ({@code Resource}): ARNs, or {@code *}. */
    public Optional<Output<List<String>>> resources() {
        return Optional.ofNullable(resources);
    }

    /**
     * Under which conditions ({@code Condition}): operator to key to values, for example {@code StringEquals} to
     * {@code aws:RequestedRegion} to {@code us-east-1}. Default: none.
     */
    public Optional<Output<Map<String, Map<String, List<String>>>>> conditions() {
        return Optional.ofNullable(conditions);
    }

    public static Builder builder() {
        return new Builder(new PolicyStatementArgs());
    }

    /** A builder that starts with what {@code defaults} has. */
    public static Builder builder(PolicyStatementArgs defaults) {
        return new Builder(new PolicyStatementArgs(defaults));
    }

    public static final class Builder {
        private final PolicyStatementArgs args;

        private Builder(PolicyStatementArgs args) {
            this.args = args;
        }

        /** @see PolicyStatementArgs#sid() */
        public Builder sid(@Nullable Output<String> sid) {
            args.sid = sid;
            return this;
        }

        /** @see PolicyStatementArgs#sid() */
        public Builder sid(String sid) {
            return sid(Output.of(sid));
        }

        /** @see PolicyStatementArgs#effect() */
        public Builder effect(@Nullable Output<String> effect) {
            args.effect = effect;
            return this;
        }

        /** @see PolicyStatementArgs#effect() */
        public Builder effect(String effect) {
            return effect(Output.of(effect));
        }

        /** @see PolicyStatementArgs#actions() */
        public Builder actions(@Nullable Output<List<String>> actions) {
            args.actions = actions;
            return this;
        }

        /** @see PolicyStatementArgs#actions() */
        public Builder actions(List<String> actions) {
            return actions(Output.of(actions));
        }

        /** @see PolicyStatementArgs#actions() */
        public Builder actions(String... actions) {
            return actions(List.of(actions));
        }

        /** @see PolicyStatementArgs#resources() */
        public Builder resources(@Nullable Output<List<String>> resources) {
            args.resources = resources;
            return this;
        }

        /** @see PolicyStatementArgs#resources() */
        public Builder resources(List<String> resources) {
            return resources(Output.of(resources));
        }

        /** @see PolicyStatementArgs#resources() */
        public Builder resources(String... resources) {
            return resources(List.of(resources));
        }

        /** @see PolicyStatementArgs#conditions() */
        public Builder conditions(@Nullable Output<Map<String, Map<String, List<String>>>> conditions) {
            args.conditions = conditions;
            return this;
        }

        /** @see PolicyStatementArgs#conditions() */
        public Builder conditions(Map<String, Map<String, List<String>>> conditions) {
            return conditions(Output.of(conditions));
        }

        /** @throws MissingRequiredPropertyException when a required property is not set */
        public PolicyStatementArgs build() {
            if (args.actions == null) {
                throw new MissingRequiredPropertyException("PolicyStatementArgs", "actions");
            }
            if (args.resources == null) {
                throw new MissingRequiredPropertyException("PolicyStatementArgs", "resources");
            }
            return new PolicyStatementArgs(args);
        }
    }
}
