package dev.slipway;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.ResourceArgs;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which way a service's traffic goes ({@code NetworkConfiguration}). All of it is changed in place. */
public final class NetworkArgs extends ResourceArgs {
    /** Nothing set: every property at its default. */
    public static final NetworkArgs Empty = new NetworkArgs();

    @Import(name = "egressType")
    private @Nullable Output<String> egressType;

    @Import(name = "vpcConnectorArn")
    private @Nullable Output<String> vpcConnectorArn;

    @Import(name = "isPubliclyAccessible")
    private @Nullable Output<Boolean> isPubliclyAccessible;

    @Import(name = "ipAddressType")
    private @Nullable Output<String> ipAddressType;

    private NetworkArgs() {}

    private NetworkArgs(NetworkArgs from) {
        this.egressType = from.egressType;
        this.vpcConnectorArn = from.vpcConnectorArn;
        this.isPubliclyAccessible = from.isPubliclyAccessible;
        this.ipAddressType = from.ipAddressType;
    }

    /**
     * {@code DEFAULT}, straight to the internet, or {@code VPC}, through {@link #vpcConnectorArn()} ({@code
     * EgressConfiguration.EgressType}). Without it: {@code VPC} when a connector is given, else App Runner's choice, {@code DEFAULT}.
     */
    public Optional<Output<String>> egressType() {
        return Optional.ofNullable(egressType);
    }

    /**
     * VPC connector that all outgoing traffic takes ({@code EgressConfiguration.VpcConnectorArn}); required for,
     * and only for, {@code VPC}.
     */
    public Optional<Output<String>> vpcConnectorArn() {
        return Optional.ofNullable(vpcConnectorArn);
    }

    /**
     * Whether the service answers on the internet ({@code IngressConfiguration.IsPubliclyAccessible}); one that
     * does not is reached through a VPC ingress connection. Without it App Runner takes true.
     */
    public Optional<Output<Boolean>> isPubliclyAccessible() {
        return Optional.ofNullable(isPubliclyAccessible);
    }

    /** {@code IPV4} or {@code DUAL_STACK} ({@code IpAddressType}). Without it App Runner takes {@code IPV4}. */
    public Optional<Output<String>> ipAddressType() {
        return Optional.ofNullable(ipAddressType);
    }

    public static Builder builder() {
        return new Builder(new NetworkArgs());
    }

    /** A builder that starts with what {@code defaults} has. */
    public static Builder builder(NetworkArgs defaults) {
        return new Builder(new NetworkArgs(defaults));
    }

    public static final class Builder {
        private final NetworkArgs args;

        private Builder(NetworkArgs args) {
            this.args = args;
        }

        /** @see NetworkArgs#egressType() */
        public Builder egressType(@Nullable Output<String> egressType) {
            args.egressType = egressType;
            return this;
        }

        /** @see NetworkArgs#egressType() */
        public Builder egressType(String egressType) {
            return egressType(Output.of(egressType));
        }

        /** @see NetworkArgs#vpcConnectorArn() */
        public Builder vpcConnectorArn(@Nullable Output<String> vpcConnectorArn) {
            args.vpcConnectorArn = vpcConnectorArn;
            return this;
        }

        /** @see NetworkArgs#vpcConnectorArn() */
        public Builder vpcConnectorArn(String vpcConnectorArn) {
            return vpcConnectorArn(Output.of(vpcConnectorArn));
        }

        /** @see NetworkArgs#isPubliclyAccessible() */
        public Builder isPubliclyAccessible(@Nullable Output<Boolean> isPubliclyAccessible) {
            args.isPubliclyAccessible = isPubliclyAccessible;
            return this;
        }

        /** @see NetworkArgs#isPubliclyAccessible() */
        public Builder isPubliclyAccessible(Boolean isPubliclyAccessible) {
            return isPubliclyAccessible(Output.of(isPubliclyAccessible));
        }

        /** @see NetworkArgs#ipAddressType() */
        public Builder ipAddressType(@Nullable Output<String> ipAddressType) {
            args.ipAddressType = ipAddressType;
            return this;
        }

        /** @see NetworkArgs#ipAddressType() */
        public Builder ipAddressType(String ipAddressType) {
            return ipAddressType(Output.of(ipAddressType));
        }

        public NetworkArgs build() {
            return new NetworkArgs(args);
        }
    }
}
