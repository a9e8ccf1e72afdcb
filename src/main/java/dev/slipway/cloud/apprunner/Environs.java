package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.runtime.Surroundings;
import org.jspecify.annotations.Nullable;

/** Says what the instances of services find around them. Thread-safe. */
public interface Environs {
    /**
     * What one instance finds.
     *
     * @param instanceRole the ARN of the role that its application may act as; none when null
     * @param instance its id
     */
    Surroundings around(String serviceArn, @Nullable String instanceRole, String instance);
}
