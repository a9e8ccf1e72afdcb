package dev.slipway;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.exceptions.MissingRequiredPropertyException;
import com.pulumi.resources.ResourceArgs;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a {@link RepositoryPolicy} shall be. */
public final class RepositoryPolicyArgs extends ResourceArgs {
    @Import(name = "repository", required = true)
    private @Nullable Output<String> repository;

    @Import(name = "sid")
    private @Nullable Output<String> sid;

    @Import(name = "principals", required = true)
    private @Nullable Output<List<String>> principals;

    private RepositoryPolicyArgs() {}

    private RepositoryPolicyArgs(RepositoryPolicyArgs from) {
        this.repository = from.repository;
        this.sid = from.sid;
        this.principals = from.principals;
    }

    /**
     * The private repository: an image identifier in it or its ARN; tags and digests do not count. A change
     * replaces the statement.
     */
    public Optional<Output<String>> repository() {
        return Optional.ofNullable(repository);
    }

    /**
     * Name of the statement in the repository's policy, letters and digits. Default: derived from the resource.
     * A change replaces the statement.
     */
    public Optional<Output<String>> sid() {
        return Optional.ofNullable(sid);
    }

    /** ARNs of the roles that may pull. Changed in place. */
    public Optional<Output<List<String>>> principals() {
        return Optional.ofNullable(principals);
    }

    public static Builder builder() {
        return new Builder(new RepositoryPolicyArgs());
    }

    /** A builder that starts with what {@code defaults} has. */
    public static Builder builder(RepositoryPolicyArgs defaults) {
        return new Builder(new RepositoryPolicyArgs(defaults));
    }

    public static final class Builder {
        private final RepositoryPolicyArgs args;

        private Builder(RepositoryPolicyArgs args) {
            this.args = args;
        }

        /** @see RepositoryPolicyArgs#repository() */
        public Builder repository(@Nullable Output<String> repository) {
            args.repository = repository;
            return this;
        }

        /** @see RepositoryPolicyArgs#repository() */
        public Builder repository(String repository) {
            return repository(Output.of(repository));
        }

        /** @see RepositoryPolicyArgs#sid() */
        public Builder sid(@Nullable Output<String> sid) {
            args.sid = sid;
            return this;
        }

        /** @see RepositoryPolicyArgs#sid() */
        public Builder sid(String sid) {
            return sid(Output.of(sid));
        }

        /** @see RepositoryPolicyArgs#principals() */
        public Builder principals(@Nullable Output<List<String>> principals) {
            args.principals = principals;
            return this;
        }

        /** @see RepositoryPolicyArgs#principals() */
        public Builder principals(List<String> principals) {
            return principals(Output.of(principals));
        }

        /** @see RepositoryPolicyArgs#principals() */
        public Builder principals(String... principals) {
            return principals(List.of(principals));
        }

        /** @throws MissingRequiredPropertyException when a required property is not set */
        public RepositoryPolicyArgs build() {
            if (args.repository == null) {
                throw new MissingRequiredPropertyException("RepositoryPolicyArgs", "repository");
            }
            if (args.principals == null) {
                throw new MissingRequiredPropertyException("RepositoryPolicyArgs", "principals");
            }
            return new RepositoryPolicyArgs(args);
        }
    }
}
