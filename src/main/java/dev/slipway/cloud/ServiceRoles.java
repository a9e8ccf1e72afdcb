package dev.slipway.cloud;

import dev.slipway.cloud.apprunner.RoleAssumer;
import dev.slipway.cloud.ecr.RegistryTokens;
import dev.slipway.cloud.iam.Iam;
import dev.slipway.cloud.sts.Sts;
import dev.slipway.cloud.wire.Authorizer.Question;
import dev.slipway.cloud.wire.Caller;
import java.util.Map;

/** Lets App Runner act as a role that trusts it, with that role's rights and no others. */
record ServiceRoles(Iam iam, Sts sts, RegistryTokens tokens) implements RoleAssumer {
    @Override
    public Caller assume(String servicePrincipal, String roleArn) {
        return sts.assumeAsService(servicePrincipal, roleArn, Map.of());
    }

    @Override
    public String registryPassword(Caller caller) {
        iam.authorize(Question.of(caller, "ecr:GetAuthorizationToken", "*"));
        return tokens.issue(caller);
    }
}
