package dev.slipway;

import com.pulumi.core.annotations.CustomType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One statement of a role's policy. */
@CustomType
public final class PolicyStatement {
    private final @Nullable String sid;
    private final @Nullable String effect;
    private final @Nullable List<String> actions;
    private final @Nullable List<String> resources;
    private final @Nullable Map<String, Map<String, List<String>>> conditions;

    private PolicyStatement(Builder from) {
        this.sid = from.sid;
        this.effect = from.effect;
        this.actions = from.actions;
        this.resources = from.resources;
        this.conditions = from.conditions;
    }

    /** Name of the statement ({@code Sid}): letters and digits. Default: none. */
    public Optional<String> sid() {
        return Optional.ofNullable(sid);
    }

    /** {@code Allow} or {@code Deny} ({@code Effect}). Default {@code Allow}. */
    public Optional<String> effect() {
        return Optional.ofNullable(effect);
    }

    /**
     * What may be done ({@code Action}), for example {@code secretsmanager:GetSecretValue}; {@code *} and {@code
     * ?} are wildcards.
     */
    public Optional<List<String>> actions() {
        return Optional.ofNullable(actions);
    }

    /** On what ({@code Resource}): ARNs, or {@code *}. */
    public Optional<List<String>> resources() {
        return Optional.ofNullable(resources);
    }

    /**
     * Under which conditions ({@code Condition}): operator to key to values, for example {@code StringEquals} to
     * {@code aws:RequestedRegion} to {@code us-east-1}. Default: none.
     */
    public Optional<Map<String, Map<String, List<String>>>> conditions() {
        return Optional.ofNullable(conditions);
    }

    public static Builder builder() {
        return new Builder();
    }

    @CustomType.Builder
    public static final class Builder {
        private @Nullable String sid;
        private @Nullable String effect;
        private @Nullable List<String> actions;
        private @Nullable List<String> resources;
        private @Nullable Map<String, Map<String, List<String>>> conditions;

        @CustomType.Setter
        public Builder sid(@Nullable String sid) {
            this.sid = sid;
            return this;
        }

        @CustomType.Setter
        public Builder effect(@Nullable String effect) {
            this.effect = effect;
            return this;
        }

        @CustomType.Setter
        public Builder actions(@Nullable List<String> actions) {
            this.actions = actions;
            return this;
        }

        @CustomType.Setter
        public Builder resources(@Nullable List<String> resources) {
            this.resources = resources;
            return this;
        }

        @CustomType.Setter
        public Builder conditions(@Nullable Map<String, Map<String, List<String>>> conditions) {
            this.conditions = conditions;
            return this;
        }

        public PolicyStatement build() {
            return new PolicyStatement(this);
        }
    }
}
