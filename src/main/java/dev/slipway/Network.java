package dev.slipway;

import com.pulumi.core.annotations.CustomType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which way a service's traffic goes, as the cloud has it. */
@CustomType
public final class Network {
    private final @Nullable String egressType;
    private final @Nullable String vpcConnectorArn;
    private final @Nullable Boolean isPubliclyAccessible;
    private final @Nullable String ipAddressType;

    private Network(Builder from) {
        this.egressType = from.egressType;
        this.vpcConnectorArn = from.vpcConnectorArn;
        this.isPubliclyAccessible = from.isPubliclyAccessible;
        this.ipAddressType = from.ipAddressType;
    }

    /**
     * {@code DEFAULT}, straight to the internet, or {@code VPC}, through {@link #vpcConnectorArn()} ({@code
     * EgressConfiguration.EgressType}). Without it: {@code VPC} when a connector is given, else App Runner's choice, {@code DEFAULT}.
     */
    public Optional<String> egressType() {
        return Optional.ofNullable(egressType);
    }

    /**
     * VPC connector that all outgoing traffic takes ({@code EgressConfiguration.VpcConnectorArn}); required for,
     * and only for, {@code VPC}.
     */
    public Optional<String> vpcConnectorArn() {
        return Optional.ofNullable(vpcConnectorArn);
    }

    /**
     * Whether the service answers on the internet ({@code IngressConfiguration.IsPubliclyAccessible}); one that
     * does not is reached through a VPC ingress connection. Without it App Runner takes true.
     */
    public Optional<Boolean> isPubliclyAccessible() {
        return Optional.ofNullable(isPubliclyAccessible);
    }

    /** {@code IPV4} or {@code DUAL_STACK} ({@code IpAddressType}). Without it App Runner takes {@code IPV4}. */
    public Optional<String> ipAddressType() {
        return Optional.ofNullable(ipAddressType);
    }

    public static Builder builder() {
        return new Builder();
    }

    @CustomType.Builder
    public static final class Builder {
        private @Nullable String egressType;
        private @Nullable String vpcConnectorArn;
        private @Nullable Boolean isPubliclyAccessible;
        private @Nullable String ipAddressType;

        @CustomType.Setter
        public Builder egressType(@Nullable String egressType) {
            this.egressType = egressType;
            return this;
        }

        @CustomType.Setter
        public Builder vpcConnectorArn(@Nullable String vpcConnectorArn) {
            this.vpcConnectorArn = vpcConnectorArn;
            return this;
        }

        @CustomType.Setter
        public Builder isPubliclyAccessible(@Nullable Boolean isPubliclyAccessible) {
            this.isPubliclyAccessible = isPubliclyAccessible;
            return this;
        }

        @CustomType.Setter
        public Builder ipAddressType(@Nullable String ipAddressType) {
            this.ipAddressType = ipAddressType;
            return this;
        }

        public Network build() {
            return new Network(this);
        }
    }
}
