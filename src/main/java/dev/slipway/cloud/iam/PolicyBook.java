package dev.slipway.cloud.iam;

import java.util.function.UnaryOperator;

/** Putting policies on a user or role and taking them off: the rules that both share. */
final class PolicyBook {
    /** Managed policies on one user or role. */
    private static final int MOST_ATTACHED = 10;

    private static final int MOST_USER_INLINE = 2048;
    private static final int MOST_ROLE_INLINE = 10_240;

    private final ManagedPolicies managed;

    PolicyBook(ManagedPolicies managed) {
        this.managed = managed;
    }

    <T extends Identity<T>> UnaryOperator<T> put(String name, String text) {
        new Constraints().name("policyName", name, 128).check();
        Documents.identity(text);
        return identity -> {
            PolicySet changed = identity.policies().withInline(name, text);
            boolean user = identity instanceof UserRecord;
            int most = user ? MOST_USER_INLINE : MOST_ROLE_INLINE;
            if (changed.inline().values().stream().mapToInt(Documents::size).sum() > most) {
                throw Faults.limit("Maximum policy size of " + most + " bytes exceeded for " + kind(identity) + " "
                        + identity.name());
            }
            return identity.with(changed);
        };
    }

    /** @throws dev.slipway.cloud.wire.AwsException {@code NoSuchEntity} */
    String get(Identity<?> identity, String name) {
        String text = identity.policies().inline().get(name);
        if (text == null) {
            throw Faults.noSuch("The " + kind(identity) + " policy with name " + name + " cannot be found.");
        }
        return text;
    }

    <T extends Identity<T>> UnaryOperator<T> delete(String name) {
        return identity -> {
            get(identity, name);
            return identity.with(identity.policies().withoutInline(name));
        };
    }

    <T extends Identity<T>> UnaryOperator<T> attach(String arn) {
        return identity -> {
            managed.requireAttachable(identity.account(), arn);
            PolicySet changed = identity.policies().withAttached(arn);
            if (changed.attached().size() > MOST_ATTACHED) {
                throw Faults.limit("Cannot exceed quota for PoliciesPer"
                        + (identity instanceof UserRecord ? "User" : "Role") + ": " + MOST_ATTACHED);
            }
            return identity.with(changed);
        };
    }

    <T extends Identity<T>> UnaryOperator<T> detach(String arn) {
        return identity -> {
            if (!identity.policies().attached().contains(arn)) {
                throw Faults.noSuch("Policy " + arn + " was not found.");
            }
            return identity.with(identity.policies().withoutAttached(arn));
        };
    }

    <T extends Identity<T>> UnaryOperator<T> limit(String boundary) {
        return identity -> {
            managed.requireAttachable(identity.account(), boundary);
            return identity.with(identity.policies().withBoundary(boundary));
        };
    }

    <T extends Identity<T>> UnaryOperator<T> unlimit() {
        return identity -> identity.with(identity.policies().withBoundary(null));
    }

    /** @throws dev.slipway.cloud.wire.AwsException {@code DeleteConflict} while policies are on it */
    void requireBare(Identity<?> identity) {
        if (!identity.policies().attached().isEmpty()) {
            throw Faults.conflict("Cannot delete entity, must detach all policies first.");
        }
        if (!identity.policies().inline().isEmpty()) {
            throw Faults.conflict("Cannot delete entity, must delete policies first.");
        }
    }

    private static String kind(Identity<?> identity) {
        return identity instanceof UserRecord ? "user" : "role";
    }
}
