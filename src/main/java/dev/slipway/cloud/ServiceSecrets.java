package dev.slipway.cloud;

import dev.slipway.cloud.apprunner.RoleAssumer;
import dev.slipway.cloud.apprunner.SecretReader;
import dev.slipway.cloud.secrets.Secrets;
import dev.slipway.cloud.secrets.Vault;
import dev.slipway.cloud.wire.Authorizer;
import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Caller;
import java.time.InstantSource;

/** Lets App Runner read secrets and parameters as an instance role, with that role's rights and no others. */
record ServiceSecrets(RoleAssumer roles, Authorizer authorizer, Secrets secrets, Vault vault, InstantSource clock)
        implements SecretReader {
    private static final String PRINCIPAL = "tasks.apprunner.amazonaws.com";

    @Override
    public boolean isReference(String text) {
        return Secrets.isReference(text);
    }

    @Override
    public String read(String serviceArn, String region, String instanceRole, String reference) {
        Caller session = roles.assume(PRINCIPAL, instanceRole, serviceArn);
        var call = new Call(session, region, clock.instant(), "", Call.keysOfService(region));
        return secrets.read(call, authorizer, reference);
    }

    @Override
    public String seal(String place, String value) {
        return vault.seal(place, value);
    }

    @Override
    public String open(String place, String sealed) {
        return vault.open(place, sealed);
    }
}
