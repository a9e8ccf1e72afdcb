package dev.slipway.cloud.iam;

import dev.slipway.policy.NamedPolicy;
import dev.slipway.policy.PolicyDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Managed policies of AWS and of customers, and what an identity's policies come to. */
final class ManagedPolicies {
    private final Directory directory;

    ManagedPolicies(Directory directory) {
        this.directory = directory;
    }

    /** An AWS-made policy, or one of this account. */
    Optional<ManagedPolicy> find(String account, String arn) {
        return AwsManaged.find(arn).or(() -> directory.policies.get(arn).filter(policy -> policy.owner()
                .equals(account)));
    }

    /** @throws dev.slipway.cloud.wire.AwsException {@code NoSuchEntity} */
    ManagedPolicy get(String account, String arn) {
        return find(account, arn).orElseThrow(() -> Faults.noPolicy(arn));
    }

    /** @throws dev.slipway.cloud.wire.AwsException {@code NoSuchEntity} */
    void requireAttachable(String account, String arn) {
        if (find(account, arn).isEmpty()) {
            throw Faults.noSuch("Policy " + arn + " does not exist or is not attachable.");
        }
    }

    /** Inline and attached documents, under the names that an explanation uses. */
    List<NamedPolicy> of(Identity<?> identity) {
        List<NamedPolicy> named = new ArrayList<>();
        identity.policies()
                .inline()
                .forEach((name, text) -> named.add(new NamedPolicy(name, PolicyDocument.parse(text))));
        for (String arn : identity.policies().attached()) {
            find(identity.account(), arn).map(ManagedPolicies::named).ifPresent(named::add);
        }
        return named;
    }

    Optional<NamedPolicy> boundaryOf(Identity<?> identity) {
        return Optional.ofNullable(identity.policies().boundary()).map(arn -> named(get(identity.account(), arn)));
    }

    private static NamedPolicy named(ManagedPolicy policy) {
        return new NamedPolicy(policy.arn(), PolicyDocument.parse(policy.document()));
    }
}
