package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.balancer.TargetGroup;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

/**
 * What all that works for one service shares.
 *
 * @param pace what tells when something is due; times that are recorded and told are those of {@link Parts#clock}
 * @param arn the service's
 * @param places what the value of a secret variable is sealed for
 * @param wake has the service looked at soon, because something it waited for has happened
 */
record Setting(
        Parts parts,
        Ids ids,
        InstantSource pace,
        ScalingConfigurations scaling,
        ImageKeeper keeper,
        ServiceLog log,
        String arn,
        UnaryOperator<String> places,
        TargetGroup group,
        Retirement retirement,
        Runnable wake) {
    /** The status that clients see: during maintenance by AWS an operation is in progress that is none of the service's. */
    ServiceStatus shown(ServiceRecord service) {
        boolean settled = service.status() == ServiceStatus.RUNNING || service.status() == ServiceStatus.PAUSED;
        return settled && parts.troubles().maintenance(service.arn()).isPresent()
                ? ServiceStatus.OPERATION_IN_PROGRESS
                : service.status();
    }

    String place(String variable) {
        return places.apply(variable);
    }
}
