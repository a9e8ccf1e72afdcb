package dev.slipway.cloud.wire;

import dev.slipway.cloud.http.HttpExchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.regions.Region;

/**
 * For which day, region and service a signature was made.
 *
 * @param date eight digits
 * @param end {@code aws4_request}
 */
record CredentialScope(String date, String region, String service, String end) {
    private static final String END = "aws4_request";
    private static final Pattern HOST_OF_REGION = Pattern.compile(
            "(?:[a-z0-9-]+\\.)+"
                    + "([a-z]{2,4}(?:-[a-z]{2,12}){1,3}-[0-9]{1,2})\\.(?:amazonaws\\.com|amazonaws\\.com\\.cn|localhost)(?::[0-9]+)?");

    private static final Set<String> REGIONS = Region.regions().stream()
            .filter(region -> !region.isGlobalRegion())
            .map(Region::id)
            .collect(Collectors.toUnmodifiableSet());

    /** What SDKs sign for when they are told that a service has no region. */
    private static final String GLOBAL = "aws-global";

    String text() {
        return date + "/" + region + "/" + service + "/" + end;
    }

    private static boolean isKnown(String region) {
        return region.equals(GLOBAL) || REGIONS.contains(region);
    }

    /** The region that a call is made in. */
    String callRegion() {
        return region.equals(GLOBAL) ? "us-east-1" : region;
    }

    /**
     * @param time when the client says that it signed, in basic form
     * @throws AwsException when the scope is of another day or service, of no region, or of another region than the host's; all that is
     *     wrong is said at once, as AWS does
     */
    void check(HttpExchange exchange, String service, String time, Faults faults) {
        List<String> wrong = new ArrayList<>(0);
        Matcher host = HOST_OF_REGION.matcher(exchange.header("host").orElse(""));
        if (!isKnown(region) || (host.matches() && !host.group(1).equals(callRegion()))) {
            wrong.add("Credential should be scoped to a valid region.");
        }
        if (!this.service.equals(service)) {
            wrong.add("Credential should be scoped to correct service: '" + service + "'.");
        }
        if (!end.equals(END)) {
            wrong.add("Credential should be scoped with a valid terminator: '" + END + "'.");
        }
        if (!time.substring(0, 8).equals(date)) {
            wrong.add("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '"
                    + date + "' != '" + time.substring(0, 8) + "', from '" + time + "'.");
        }
        if (!wrong.isEmpty()) {
            throw faults.wrongSignature(String.join(" ", wrong));
        }
    }
}
