package dev.slipway.cloud.apprunner;

import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.servicemetadata.ApprunnerServiceMetadata;

/** Where AWS offers App Runner, as this version of its SDK knows. */
final class Offered {
    // Not ServiceMetadata.of, which would load the class of every service of AWS.
    private static final Set<String> REGIONS = new ApprunnerServiceMetadata()
            .regions().stream()
                    .map(Region::id)
                    // Names of other hosts in the same regions.
                    .filter(region -> !region.startsWith("fips-"))
                    .collect(Collectors.toUnmodifiableSet());

    private Offered() {}

    static Set<String> regions() {
        return REGIONS;
    }
}
