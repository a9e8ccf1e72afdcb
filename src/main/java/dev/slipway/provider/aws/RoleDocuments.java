package dev.slipway.provider.aws;

import dev.slipway.policy.MalformedPolicy;
import dev.slipway.policy.NamedPolicy;
import dev.slipway.policy.Policies;
import dev.slipway.policy.PolicyDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.Role;

/** Every policy that has a say in what a role may do, as IAM has them now. */
record RoleDocuments(
        Role role,
        NamedPolicy trust,
        List<NamedPolicy> identity,
        @Nullable NamedPolicy boundary,
        Map<String, String> tags) {
    /**
     * Reads the role of a name; empty when there is none.
     *
     * @throws software.amazon.awssdk.core.exception.SdkException when the credentials may not see it
     * @throws MalformedPolicy when a document is none
     */
    static Optional<RoleDocuments> read(Clients clients, String name) {
        var roles = new IamRoles(clients);
        return roles.find(name).map(role -> {
            var identity = new ArrayList<NamedPolicy>();
            for (String policy : roles.policyNames(name)) {
                roles.policy(name, policy).ifPresent(text -> identity.add(named(policy, text)));
            }
            roles.attached(name).forEach(arn -> identity.add(named(arn, roles.managedPolicy(arn))));
            String boundary = IamRoles.boundaryOf(role);
            return new RoleDocuments(
                    role,
                    named("trust policy", IamRoles.trustOf(role)),
                    identity,
                    boundary == null ? null : named(boundary, roles.managedPolicy(boundary)),
                    roles.tags(name));
        });
    }

    Policies policies() {
        Policies own = Policies.identity(identity);
        return boundary == null ? own : own.withBoundary(boundary);
    }

    private static NamedPolicy named(String name, String text) {
        return new NamedPolicy(name, PolicyDocument.parse(text));
    }
}
