package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.balancer.TargetGroup;

/**
 * What all that works for one service shares.
 *
 * @param wake has the service looked at soon, because something it waited for has happened
 */
record Setting(
        Parts parts,
        Ids ids,
        ScalingConfigurations scaling,
        ImageKeeper keeper,
        ServiceLog log,
        TargetGroup group,
        Retirement retirement,
        Runnable wake) {}
