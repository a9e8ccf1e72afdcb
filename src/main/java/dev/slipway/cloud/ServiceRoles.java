package dev.slipway.cloud;

import dev.slipway.cloud.apprunner.RoleAssumer;
import dev.slipway.cloud.ecr.RegistryTokens;
import dev.slipway.cloud.iam.Iam;
import dev.slipway.cloud.sts.Sts;
import dev.slipway.cloud.wire.Authorizer.Question;
import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Caller;
import dev.slipway.cloud.wire.Credentials;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lets App Runner act as a role that trusts it, with that role's rights and no others, and make its own roles. */
record ServiceRoles(Iam iam, Sts sts, RegistryTokens tokens) implements RoleAssumer {
    private static final String TASKS = "tasks.apprunner.amazonaws.com";

    @Override
    public Caller assume(String servicePrincipal, String roleArn, String serviceArn) {
        return sts.assumeAsService(servicePrincipal, roleArn, context(serviceArn));
    }

    /** Keys of a session of an instance's role, as {@link Sts#keysAsService}. */
    Credentials keys(String roleArn, String serviceArn, String instance, Duration length) {
        return sts.keysAsService(TASKS, roleArn, context(serviceArn), instance, length);
    }

    /** Whether the role of a session is still the one that it was. */
    boolean isCurrent(Credentials keys) {
        return iam.isCurrent(keys.caller());
    }

    private static Map<String, List<String>> context(String serviceArn) {
        String[] arn = serviceArn.split(":", 6);
        Map<String, List<String>> keys = new HashMap<>(Call.keysOfService(arn[3]));
        keys.put("aws:SourceArn", List.of(serviceArn));
        keys.put("aws:SourceAccount", List.of(arn[4]));
        return keys;
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
