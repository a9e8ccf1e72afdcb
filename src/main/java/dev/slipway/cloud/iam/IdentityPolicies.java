package dev.slipway.cloud.iam;

import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Page;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;

/** The policies of users, of roles or of groups: inline, attached, and the boundary. */
final class IdentityPolicies<T extends Identity<T>> {
    /** Managed policies on one user, role or group. */
    static final int MOST_ATTACHED = 10;

    private final Register<T> register;
    private final ManagedPolicies managed;

    IdentityPolicies(Register<T> register, ManagedPolicies managed) {
        this.register = register;
        this.managed = managed;
    }

    void put(Call call, String name, String policy, String text) {
        Documents.identity(text);
        int most = register.kind().mostInline();
        change(call, name, identity -> {
            PolicySet changed = identity.policies().withInline(policy, text);
            if (changed.inline().values().stream().mapToInt(Documents::size).sum() > most) {
                throw Faults.limit("Maximum policy size of " + most + " bytes exceeded for "
                        + register.kind().word() + " " + identity.name());
            }
            return identity.with(changed);
        });
    }

    /** The text, encoded as IAM answers it. */
    String get(Call call, String name, String policy) {
        return Documents.encoded(text(register.get(call.account(), name), policy));
    }

    void delete(Call call, String name, String policy) {
        change(call, name, identity -> {
            text(identity, policy);
            return identity.with(identity.policies().withoutInline(policy));
        });
    }

    void attach(Call call, String name, String arn) {
        change(call, name, identity -> {
            managed.requireAttachable(call.account(), arn);
            PolicySet changed = identity.policies().withAttached(arn);
            if (changed.attached().size() > MOST_ATTACHED) {
                throw Faults.limit(
                        "Cannot exceed quota for PoliciesPer" + register.kind().title() + ": " + MOST_ATTACHED);
            }
            return identity.with(changed);
        });
    }

    void detach(Call call, String name, String arn) {
        ManagedPolicies.requireArn(arn);
        change(call, name, identity -> {
            if (!identity.policies().attached().contains(arn)) {
                throw Faults.noPolicy(arn);
            }
            return identity.with(identity.policies().withoutAttached(arn));
        });
    }

    void limit(Call call, String name, String boundary) {
        register.get(call.account(), name);
        managed.requireBoundary(call.account(), boundary);
        change(call, name, identity -> identity.with(identity.policies().withBoundary(boundary)));
    }

    void unlimit(Call call, String name) {
        change(call, name, identity -> {
            if (identity.policies().boundary() == null) {
                throw Faults.noSuch(register.kind().title() + " " + name + " does not have a permissions boundary.");
            }
            return identity.with(identity.policies().withBoundary(null));
        });
    }

    Page<String> inline(Call call, String name, @Nullable String marker, @Nullable Integer most) {
        PolicySet policies = register.get(call.account(), name).policies();
        return Pages.of(List.copyOf(policies.inline().keySet()), policy -> policy, marker, most);
    }

    Page<AttachedPolicy> attached(
            Call call, String name, @Nullable String prefix, @Nullable String marker, @Nullable Integer most) {
        List<AttachedPolicy> attached = register.get(call.account(), name).policies().attached().stream()
                .flatMap(arn -> managed.find(call.account(), arn).stream())
                .filter(policy -> prefix == null || policy.path().startsWith(prefix))
                .map(policy -> AttachedPolicy.builder()
                        .policyArn(policy.arn())
                        .policyName(policy.name())
                        .build())
                .toList();
        return Pages.of(attached, AttachedPolicy::policyArn, marker, most);
    }

    /** @throws dev.slipway.cloud.wire.AwsException {@code DeleteConflict} while policies are on it */
    void requireBare(T identity) {
        if (!identity.policies().attached().isEmpty()) {
            throw Faults.conflict("Cannot delete entity, must detach all policies first.");
        }
        if (!identity.policies().inline().isEmpty()) {
            throw Faults.conflict("Cannot delete entity, must delete policies first.");
        }
    }

    private void change(Call call, String name, UnaryOperator<T> change) {
        register.change(call.account(), name, identity -> {
            if (identity instanceof RoleRecord role) {
                role.requireOurs();
            }
            return change.apply(identity);
        });
    }

    private String text(T identity, String policy) {
        String text = identity.policies().inline().get(policy);
        if (text == null) {
            throw Faults.noSuch("The " + register.kind().word() + " policy with name " + policy + " cannot be found.");
        }
        return text;
    }
}
