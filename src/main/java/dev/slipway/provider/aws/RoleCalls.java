package dev.slipway.provider.aws;

import dev.slipway.policy.MalformedPolicy;
import dev.slipway.property.Urn;
import dev.slipway.protocol.ProviderException;
import dev.slipway.provider.Unhealthy;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.apprunner.model.InvalidRequestException;

/** Calls with which App Runner at once assumes the roles of a service. */
final class RoleCalls {
    /** IAM shows a new role everywhere within seconds; two minutes is what others found to be always enough. */
    private static final Duration ROLE_PROPAGATION = Duration.ofMinutes(2);

    private final AwsSession session;
    private final Urn urn;
    private final ServiceInputs inputs;

    RoleCalls(AwsSession session, Urn urn, ServiceInputs inputs) {
        this.session = session;
        this.urn = urn;
        this.inputs = inputs;
    }

    /** Calls again while App Runner doesn't yet see a role that this very run has made. */
    <T> T call(Supplier<T> call) {
        boolean fresh = session.touchedAny(inputs.accessRoleArn(), inputs.instanceRoleArn());
        try {
            return fresh ? session.waiting().retry(ROLE_PROPAGATION, RoleCalls::roleNotSeen, call) : call.get();
        } catch (InvalidRequestException e) {
            throw roleNotSeen(e) ? roleFailure(e) : e;
        }
    }

    /**
     * Deploys again while App Runner doesn't yet see what an access role that this very run has made may do: IAM can show a role's trust policy
     * before its permissions.
     *
     * @param again deploys once more, after a first deployment that failed
     */
    <T> T deploy(Supplier<T> first, Supplier<T> again) {
        if (!session.touchedAny(inputs.accessRoleArn(), null)) {
            return first.get();
        }
        var next = new AtomicReference<>(first);
        return session.waiting().retry(ROLE_PROPAGATION, RoleCalls::pullNotAllowed, () -> next.getAndSet(again)
                .get());
    }

    private static boolean pullNotAllowed(RuntimeException failure) {
        return failure instanceof Unhealthy
                && String.valueOf(failure.getMessage()).contains("Failed to pull your application image")
                && String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("access role");
    }

    private static boolean roleNotSeen(RuntimeException failure) {
        return failure instanceof InvalidRequestException e
                && (AwsErrors.message(e).contains("Error in assuming access role")
                        || AwsErrors.message(e).contains("Error in assuming instance role"));
    }

    private ProviderException roleFailure(InvalidRequestException e) {
        boolean access = AwsErrors.message(e).contains("access role");
        String role = String.valueOf(access ? inputs.accessRoleArn() : inputs.instanceRoleArn());
        return new ProviderException(
                "deploy Service " + urn.name() + ": App Runner can't assume the role " + role + ": "
                        + AwsErrors.sentence(AwsErrors.message(e)) + " "
                        + why(role, access ? RoleJudge.PULLER : RoleJudge.RUNNER),
                e);
    }

    /** What is wrong with the role, as far as the credentials may see it. */
    private String why(String role, String service) {
        try {
            Optional<RoleDocuments> found = RoleDocuments.read(session.clients(), RoleKeeper.nameOf(role));
            if (found.isEmpty()) {
                return "There is no such role; declare one, or correct the ARN.";
            }
            var judge = new RoleJudge(
                    found.get(), session.account(), session.settings().region());
            return AwsErrors.sentence(judge.trust(service)
                    .map(Finding::message)
                    .orElse("Its trust policy allows it to " + service
                            + "; IAM may need a minute to show a change everywhere, so run again"));
        } catch (SdkException | MalformedPolicy failure) {
            return "The role must exist, and its trust policy must allow sts:AssumeRole to " + service + ".";
        }
    }
}
