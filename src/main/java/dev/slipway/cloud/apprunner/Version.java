package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.apprunner.ServiceRecord.Deployed;
import dev.slipway.cloud.autoscaler.Spec;
import dev.slipway.cloud.runtime.PreparedImage;

/** What one set of instances runs: an image that is ready to start, how, and within which bounds. */
record Version(Deployed deployed, PreparedImage image, Spec scaling) {
    Configuration configuration() {
        return deployed.configuration();
    }
}
