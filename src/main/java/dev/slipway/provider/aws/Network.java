package dev.slipway.provider.aws;

import org.jspecify.annotations.Nullable;

/**
 * Which way a service's traffic goes. What is not set is App Runner's choice: DEFAULT, true, IPV4.
 *
 * @param vpcConnectorArn for VPC only, and required for it
 * @param isPubliclyAccessible whether the service answers on the internet
 */
record Network(
        @Nullable Egress egressType,
        @Nullable String vpcConnectorArn,
        @Nullable Boolean isPubliclyAccessible,
        @Nullable Addresses ipAddressType) {
    enum Egress {
        DEFAULT,
        VPC
    }

    enum Addresses {
        IPV4,
        DUAL_STACK
    }
}
