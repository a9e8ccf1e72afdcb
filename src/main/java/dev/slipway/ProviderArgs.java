package dev.slipway;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.ResourceArgs;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a {@link Provider} works and with whose credentials. */
public final class ProviderArgs extends ResourceArgs {
    /** Nothing set: every property at its default. */
    public static final ProviderArgs Empty = new ProviderArgs();

    @Import(name = "region")
    private @Nullable Output<String> region;

    @Import(name = "endpoint")
    private @Nullable Output<String> endpoint;

    @Import(name = "accessKey")
    private @Nullable Output<String> accessKey;

    @Import(name = "secretKey")
    private @Nullable Output<String> secretKey;

    @Import(name = "sessionToken")
    private @Nullable Output<String> sessionToken;

    @Import(name = "profile")
    private @Nullable Output<String> profile;

    @Import(name = "assumeRoleArn")
    private @Nullable Output<String> assumeRoleArn;

    @Import(name = "assumeRoleExternalId")
    private @Nullable Output<String> assumeRoleExternalId;

    private ProviderArgs() {}

    private ProviderArgs(ProviderArgs from) {
        this.region = from.region;
        this.endpoint = from.endpoint;
        this.accessKey = from.accessKey;
        this.secretKey = from.secretKey;
        this.sessionToken = from.sessionToken;
        this.profile = from.profile;
        this.assumeRoleArn = from.assumeRoleArn;
        this.assumeRoleExternalId = from.assumeRoleExternalId;
    }

    /**
     * AWS region, for example {@code eu-west-1}. Default: the variable {@code AWS_REGION} or {@code AWS_DEFAULT_REGION}; the local cloud
     * takes {@code us-east-1} when there is none.
     */
    public Optional<Output<String>> region() {
        return Optional.ofNullable(region);
    }

    /**
     * Which cloud: {@code local}, {@code aws}, or the URL of something that speaks the same protocols. Default:
     * what {@code slipway:endpoint} of the stack says, else {@code local}.
     */
    public Optional<Output<String>> endpoint() {
        return Optional.ofNullable(endpoint);
    }

    /**
     * Access key id. In the local cloud a twelve-digit account id is the root of that account. Default: the
     * SDK's credentials chain; in the local cloud its default account.
     */
    public Optional<Output<String>> accessKey() {
        return Optional.ofNullable(accessKey);
    }

    /** Secret access key, kept as a secret. Not needed in the local cloud for an account id. */
    public Optional<Output<String>> secretKey() {
        return Optional.ofNullable(secretKey);
    }

    /** Token of temporary credentials, kept as a secret. */
    public Optional<Output<String>> sessionToken() {
        return Optional.ofNullable(sessionToken);
    }

    /** Name of a profile in the AWS configuration files, instead of keys. */
    public Optional<Output<String>> profile() {
        return Optional.ofNullable(profile);
    }

    /**
     * Role that the credentials assume for every call, for example one in the account of a repository. Default:
     * none, the credentials call themselves.
     */
    public Optional<Output<String>> assumeRoleArn() {
        return Optional.ofNullable(assumeRoleArn);
    }

    /** External id that the trust policy of {@link #assumeRoleArn()} asks for. Default: none. */
    public Optional<Output<String>> assumeRoleExternalId() {
        return Optional.ofNullable(assumeRoleExternalId);
    }

    public static Builder builder() {
        return new Builder(new ProviderArgs());
    }

    /** A builder that starts with what {@code defaults} has. */
    public static Builder builder(ProviderArgs defaults) {
        return new Builder(new ProviderArgs(defaults));
    }

    public static final class Builder {
        private final ProviderArgs args;

        private Builder(ProviderArgs args) {
            this.args = args;
        }

        /** @see ProviderArgs#region() */
        public Builder region(@Nullable Output<String> region) {
            args.region = region;
            return this;
        }

        /** @see ProviderArgs#region() */
        public Builder region(String region) {
            return region(Output.of(region));
        }

        /** @see ProviderArgs#endpoint() */
        public Builder endpoint(@Nullable Output<String> endpoint) {
            args.endpoint = endpoint;
            return this;
        }

        /** @see ProviderArgs#endpoint() */
        public Builder endpoint(String endpoint) {
            return endpoint(Output.of(endpoint));
        }

        /** @see ProviderArgs#accessKey() */
        public Builder accessKey(@Nullable Output<String> accessKey) {
            args.accessKey = accessKey;
            return this;
        }

        /** @see ProviderArgs#accessKey() */
        public Builder accessKey(String accessKey) {
            return accessKey(Output.of(accessKey));
        }

        /** @see ProviderArgs#secretKey() */
        public Builder secretKey(@Nullable Output<String> secretKey) {
            args.secretKey = secretKey == null ? null : secretKey.asSecret();
            return this;
        }

        /** @see ProviderArgs#secretKey() */
        public Builder secretKey(String secretKey) {
            return secretKey(Output.of(secretKey));
        }

        /** @see ProviderArgs#sessionToken() */
        public Builder sessionToken(@Nullable Output<String> sessionToken) {
            args.sessionToken = sessionToken == null ? null : sessionToken.asSecret();
            return this;
        }

        /** @see ProviderArgs#sessionToken() */
        public Builder sessionToken(String sessionToken) {
            return sessionToken(Output.of(sessionToken));
        }

        /** @see ProviderArgs#profile() */
        public Builder profile(@Nullable Output<String> profile) {
            args.profile = profile;
            return this;
        }

        /** @see ProviderArgs#profile() */
        public Builder profile(String profile) {
            return profile(Output.of(profile));
        }

        /** @see ProviderArgs#assumeRoleArn() */
        public Builder assumeRoleArn(@Nullable Output<String> assumeRoleArn) {
            args.assumeRoleArn = assumeRoleArn;
            return this;
        }

        /** @see ProviderArgs#assumeRoleArn() */
        public Builder assumeRoleArn(String assumeRoleArn) {
            return assumeRoleArn(Output.of(assumeRoleArn));
        }

        /** @see ProviderArgs#assumeRoleExternalId() */
        public Builder assumeRoleExternalId(@Nullable Output<String> assumeRoleExternalId) {
            args.assumeRoleExternalId = assumeRoleExternalId;
            return this;
        }

        /** @see ProviderArgs#assumeRoleExternalId() */
        public Builder assumeRoleExternalId(String assumeRoleExternalId) {
            return assumeRoleExternalId(Output.of(assumeRoleExternalId));
        }

        public ProviderArgs build() {
            return new ProviderArgs(args);
        }
    }
}
