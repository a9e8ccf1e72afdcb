package dev.slipway;

import com.pulumi.core.annotations.CustomType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whose credentials a provider has, and where it works. */
@CustomType
public final class GetCallerIdentityResult {
    private final String accountId;
    private final String arn;
    private final String userId;
    private final String region;

    private GetCallerIdentityResult(Builder from) {
        this.accountId = Objects.requireNonNull(from.accountId, "accountId is null");
        this.arn = Objects.requireNonNull(from.arn, "arn is null");
        this.userId = Objects.requireNonNull(from.userId, "userId is null");
        this.region = Objects.requireNonNull(from.region, "region is null");
    }

    /** Account, twelve digits. */
    public String accountId() {
        return accountId;
    }

    /** ARN of the user, the role's session or the root. */
    public String arn() {
        return arn;
    }

    /** Its unique id. */
    public String userId() {
        return userId;
    }

    /** Region of the provider. */
    public String region() {
        return region;
    }

    public static Builder builder() {
        return new Builder();
    }

    @CustomType.Builder
    public static final class Builder {
        private @Nullable String accountId;
        private @Nullable String arn;
        private @Nullable String userId;
        private @Nullable String region;

        @CustomType.Setter
        public Builder accountId(String accountId) {
            this.accountId = accountId;
            return this;
        }

        @CustomType.Setter
        public Builder arn(String arn) {
            this.arn = arn;
            return this;
        }

        @CustomType.Setter
        public Builder userId(String userId) {
            this.userId = userId;
            return this;
        }

        @CustomType.Setter
        public Builder region(String region) {
            this.region = region;
            return this;
        }

        public GetCallerIdentityResult build() {
            return new GetCallerIdentityResult(this);
        }
    }
}
