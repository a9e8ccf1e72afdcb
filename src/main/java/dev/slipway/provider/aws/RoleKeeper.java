package dev.slipway.provider.aws;

import dev.slipway.property.Urn;
import dev.slipway.protocol.OutcomeUnknown;
import dev.slipway.protocol.ProviderException;
import dev.slipway.provider.Unhealthy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.iam.model.Role;

/** Makes an IAM role what it shall be, whatever it is for, and never touches one that someone else made. */
final class RoleKeeper {
    private final AwsSession session;
    private final IamRoles roles;

    RoleKeeper(AwsSession session) {
        this.session = session;
        this.roles = new IamRoles(session.clients());
    }

    /** The name of a role that is named by it or by its ARN. */
    static String nameOf(String nameOrArn) {
        return nameOrArn.startsWith("arn:") ? nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1) : nameOrArn;
    }

    /** Empty when there is no such role. */
    Optional<ActualRole> find(String name, String policyName) {
        return roles.find(name)
                .map(role -> new ActualRole(
                        role,
                        IamRoles.trustOf(role),
                        roles.policy(name, policyName).orElse(null),
                        roles.attached(name),
                        IamRoles.boundaryOf(role)));
    }

    /** A role that must be there already, of which nothing is changed. */
    ActualRole existing(Urn urn, String name, String policyName) {
        return find(name, policyName)
                .orElseThrow(() -> new ProviderException("use " + kind(urn) + " " + urn.name() + ": there is no role "
                        + name + "; existing says that there is"));
    }

    /** A person's tags of a role, as they are recorded. */
    @Nullable
    Map<String, String> tags(String name, @Nullable Map<String, String> asked) {
        return Tags.shown(roles.tags(name), asked);
    }

    /**
     * Makes the role, or finds the one that an earlier call has made.
     *
     * @param state what is recorded of the role when it is there, but not as it should be
     */
    ActualRole create(Urn urn, RoleWish wish, Function<ActualRole, Record> state) {
        Role role = roles.create(wish, Tags.owned(wish.tags(), urn)).orElseGet(() -> ours(urn, wish.name()));
        session.touchedRole(role.arn());
        try {
            return makeSo(urn, role, wish, null);
        } catch (SdkException e) {
            throw Unhealthy.withNewInputs(
                    wish.name(),
                    state.apply(unfinished(role, wish)),
                    List.of("the role " + role.arn() + " is there, but it could not be made as it should be: "
                            + AwsErrors.words(e, session.settings().where())));
        }
    }

    private ActualRole unfinished(Role role, RoleWish wish) {
        try {
            return find(wish.name(), wish.policyName()).orElseThrow();
        } catch (SdkException e) {
            return new ActualRole(role, IamRoles.trustOf(role), null, List.of(), IamRoles.boundaryOf(role));
        }
    }

    /** The role is there already: ours from a run whose answer was lost, or someone else's. */
    private Role ours(Urn urn, String name) {
        String doing = "create " + kind(urn) + " " + urn.name() + ": ";
        try {
            Role role = roles.find(name)
                    .orElseThrow(() -> new ProviderException("role " + name + " was there and is gone now; run again"));
            if (!OwnershipTag.isOf(roles.tags(name), urn)) {
                throw new ProviderException(doing + "the role " + role.arn()
                        + " exists already and was not made by this stack; choose another roleName, set existing to true to"
                        + " use it as it is, or import it");
            }
            return role;
        } catch (SdkException e) {
            throw new OutcomeUnknown(
                    doing + "a role of its name is there, but whose it is can't be seen: "
                            + AwsErrors.words(e, session.settings().where()),
                    e);
        }
    }

    /** @param before what the role was to be in the last run: only what we gave it then is taken away again */
    ActualRole update(Urn urn, RoleWish wish, RoleWish before) {
        Role role = roles.find(wish.name())
                .orElseThrow(() -> new ProviderException("update " + kind(urn) + " " + urn.name() + ": the role "
                        + wish.name() + " is gone; refresh the stack, then run again"));
        return makeSo(urn, role, wish, before);
    }

    private ActualRole makeSo(Urn urn, Role role, RoleWish wish, @Nullable RoleWish before) {
        String name = wish.name();
        boolean changed = false;
        // A role that was just made comes without its trust policy.
        String trust = IamRoles.trustOf(role);
        if (!trust.isEmpty() && !PullPolicy.same(trust, wish.trust())) {
            roles.putTrust(name, wish.trust());
            changed = true;
        }
        changed |= putBoundary(role, wish, before);
        changed |= putPolicy(wish);
        changed |= putManaged(wish, before == null ? List.of() : before.managed());
        Map<String, String> oldTags = before == null ? null : before.tags();
        if (oldTags != null || wish.tags() != null) {
            roles.putTags(name, oldTags, Tags.owned(wish.tags(), urn));
        }
        if (changed) {
            session.touchedRole(role.arn());
        }
        boolean theirs = wish.boundary() == null && !bounded(before);
        return new ActualRole(
                role,
                wish.trust(),
                wish.policy(),
                wish.managed(),
                theirs ? IamRoles.boundaryOf(role) : wish.boundary());
    }

    private boolean putBoundary(Role role, RoleWish wish, @Nullable RoleWish before) {
        String actual = IamRoles.boundaryOf(role);
        boolean same = wish.boundary() == null
                ? actual == null || !bounded(before)
                : wish.boundary().equals(actual);
        if (!same) {
            roles.putBoundary(wish.name(), wish.boundary());
        }
        return !same;
    }

    private static boolean bounded(@Nullable RoleWish before) {
        return before != null && before.boundary() != null;
    }

    private boolean putPolicy(RoleWish wish) {
        Optional<String> actual = roles.policy(wish.name(), wish.policyName());
        String policy = wish.policy();
        if (policy == null) {
            actual.ifPresent(found -> roles.deletePolicy(wish.name(), wish.policyName()));
            return actual.isPresent();
        }
        boolean same = actual.filter(found -> PullPolicy.same(found, policy)).isPresent();
        if (!same) {
            roles.putPolicy(wish.name(), wish.policyName(), policy);
        }
        return !same;
    }

    private boolean putManaged(RoleWish wish, List<String> before) {
        if (wish.managed().isEmpty() && before.isEmpty()) {
            return false;
        }
        List<String> actual = roles.attached(wish.name());
        List<String> missing =
                wish.managed().stream().filter(arn -> !actual.contains(arn)).toList();
        List<String> surplus = before.stream()
                .filter(arn -> actual.contains(arn) && !wish.managed().contains(arn))
                .toList();
        missing.forEach(arn -> roles.attach(wish.name(), arn));
        surplus.forEach(arn -> roles.detach(wish.name(), arn));
        return !missing.isEmpty() || !surplus.isEmpty();
    }

    void delete(String name, String policyName, List<String> managed) {
        roles.deletePolicy(name, policyName);
        managed.forEach(arn -> roles.detach(name, arn));
        roles.delete(name);
    }

    private static String kind(Urn urn) {
        return urn.type().substring(urn.type().lastIndexOf(':') + 1);
    }
}
