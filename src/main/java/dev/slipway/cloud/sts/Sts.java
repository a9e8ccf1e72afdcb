package dev.slipway.cloud.sts;

import dev.slipway.cloud.iam.Iam;
import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.wire.AwsService;
import dev.slipway.cloud.wire.Caller;
import dev.slipway.cloud.wire.CredentialsLookup;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Temporary credentials. */
public final class Sts {
    public Sts(Iam iam, Store store, InstantSource clock, RandomGenerator random) {}

    /** The STS API. */
    public AwsService service() {
        throw new UnsupportedOperationException("sts service");
    }

    /** Finds every key: temporary ones here, long-lived ones in IAM. */
    public CredentialsLookup lookup() {
        throw new UnsupportedOperationException("sts keys");
    }

    /**
     * What a service does before it acts for a customer, for example {@code build.apprunner.amazonaws.com} before a pull.
     *
     * @param context condition keys such as {@code aws:SourceArn} and {@code aws:SourceAccount}
     * @throws dev.slipway.cloud.wire.AwsException {@code AccessDenied} that says whether the role is missing or does not trust the service
     */
    public Caller assumeAsService(String servicePrincipal, String roleArn, Map<String, List<String>> context) {
        throw new UnsupportedOperationException("sts services");
    }
}
