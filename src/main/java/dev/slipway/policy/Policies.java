package dev.slipway.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The policies that have a say in one request, by the part that they play.
 *
 * @param identity the principal's own, inline and attached
 * @param boundary what caps the identity policies; none when null
 * @param session the policy given when the session began; none when null
 * @param resource the policy on the resource; none when null
 * @param trust the trust policy of the role to be assumed; none when null. With it, nothing else can allow alone.
 */
public record Policies(
        List<NamedPolicy> identity,
        @Nullable NamedPolicy boundary,
        @Nullable NamedPolicy session,
        @Nullable NamedPolicy resource,
        @Nullable NamedPolicy trust) {
    public Policies {
        identity = List.copyOf(identity);
    }

    public static Policies identity(List<NamedPolicy> identity) {
        return new Policies(identity, null, null, null, null);
    }

    public Policies withBoundary(NamedPolicy policy) {
        return new Policies(identity, policy, session, resource, trust);
    }

    public Policies withSession(NamedPolicy policy) {
        return new Policies(identity, boundary, policy, resource, trust);
    }

    public Policies withResource(NamedPolicy policy) {
        return new Policies(identity, boundary, session, policy, trust);
    }

    public Policies withTrust(NamedPolicy policy) {
        return new Policies(identity, boundary, session, resource, policy);
    }
}
