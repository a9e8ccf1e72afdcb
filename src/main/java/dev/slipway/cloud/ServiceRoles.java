package dev.slipway.cloud;

import dev.slipway.cloud.apprunner.RoleAssumer;
import dev.slipway.cloud.ecr.RegistryTokens;
import dev.slipway.cloud.iam.Iam;
import dev.slipway.cloud.sts.Sts;
import dev.slipway.cloud.wire.Authorizer.Question;
import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Caller;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lets App Runner act as a role that trusts it, with that role's rights and no others, and make its own roles. */
record ServiceRoles(Iam iam, Sts sts, RegistryTokens tokens) implements RoleAssumer {
    @Override
    public Caller assume(String servicePrincipal, String roleArn, String serviceArn) {
        String[] arn = serviceArn.split(":", 6);
        Map<String, List<String>> keys = new HashMap<>(Call.keysOfService(arn[3]));
        keys.put("aws:SourceArn", List.of(serviceArn));
        keys.put("aws:SourceAccount", List.of(arn[4]));
        return sts.assumeAsService(servicePrincipal, roleArn, keys);
    }

    @Override
    public String registryPassword(Caller caller, String region) {
        iam.authorize(
                new Question(caller, "ecr:GetAuthorizationToken", "*", Optional.empty(), Call.keysOfService(region)));
        return tokens.issue(caller);
    }

    @Override
    public Optional<String> missingLinkedRole(String account, String service) {
        return iam.missingLinkedRole(account, service);
    }

    @Override
    public void makeLinkedRole(String account, String service) {
        iam.makeLinkedRole(account, service);
    }
}
