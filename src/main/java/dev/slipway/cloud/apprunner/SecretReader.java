package dev.slipway.cloud.apprunner;

/** Reads the values that runtime environment secrets name, and keeps them sealed. Thread-safe. */
public interface SecretReader {
    /** Whether a text has the form of a secret's ARN, a parameter's ARN or a parameter's name. */
    boolean isReference(String text);

    /**
     * The value that is named, as the role may read it now.
     *
     * @param serviceArn the App Runner service that asks
     * @param instanceRole the role's ARN
     * @throws dev.slipway.cloud.wire.AwsException when the role can't be assumed or may not read it, or it isn't there; says which, and
     *     never the value
     */
    String read(String serviceArn, String region, String instanceRole, String reference);

    /** @param place what the value belongs to; it can be opened there only */
    String seal(String place, String value);

    String open(String place, String sealed);
}
