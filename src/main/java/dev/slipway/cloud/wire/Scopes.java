package dev.slipway.cloud.wire;

import dev.slipway.cloud.http.HttpExchange;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** For which service and region a signature was made. */
final class Scopes {
    private static final Pattern REGION = Pattern.compile("[a-z]{2,4}(-[a-z]{2,12}){1,3}-[0-9]{1,2}");
    private static final Pattern HOST_OF_REGION = Pattern.compile("(?:[a-z0-9-]+\\.)+(" + REGION.pattern()
            + ")\\.(?:amazonaws\\.com|amazonaws\\.com\\.cn|localhost)(?::[0-9]+)?");

    /** What SDKs sign for when they are told that a service has no region. */
    private static final String GLOBAL = "aws-global";

    private Scopes() {}

    /** @throws AwsException when the signature is for another service, for no region, or for another than the host's */
    static void check(Signature signature, String service, HttpExchange exchange, Faults faults) {
        if (!signature.service().equals(service)) {
            throw faults.wrongSignature("Credential should be scoped to correct service: '" + service + "'.");
        }
        boolean known = signature.region().equals(GLOBAL)
                || REGION.matcher(signature.region()).matches();
        Matcher host = HOST_OF_REGION.matcher(exchange.header("host").orElse(""));
        if (!known || (host.matches() && !host.group(1).equals(region(signature)))) {
            throw faults.wrongSignature("Credential should be scoped to a valid region.");
        }
    }

    /** The region that a call is made in. */
    static String region(Signature signature) {
        return signature.region().equals(GLOBAL) ? "us-east-1" : signature.region();
    }
}
