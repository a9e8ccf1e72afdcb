package dev.slipway.provider.aws;

import dev.slipway.policy.MalformedPolicy;
import dev.slipway.policy.NamedPolicy;
import dev.slipway.policy.PolicyDocument;
import dev.slipway.protocol.ProviderException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryPolicyRequest;
import software.amazon.awssdk.services.ecr.model.EcrException;
import software.amazon.awssdk.services.ecr.model.GetRepositoryPolicyRequest;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;
import software.amazon.awssdk.services.ecr.model.RepositoryPolicyNotFoundException;
import software.amazon.awssdk.services.ecr.model.SetRepositoryPolicyRequest;

/**
 * ECR's one policy per repository, changed by read, change, write. It has no version, so that changes of this process take turns, each
 * looks again just before it writes whether someone else has written, and afterwards whether someone else has undone it.
 */
final class RepositoryPolicies {
    private static final int LONGEST = 10_240;
    private static final int TRIES = 5;

    /** A role that was just made is known to ECR only some seconds later. */
    private static final Duration PROPAGATION = Duration.ofMinutes(2);

    private final AwsSession session;

    RepositoryPolicies(AwsSession session) {
        this.session = session;
    }

    /** Empty when the repository has no policy, or is not there. */
    Optional<PolicyText> find(RepositoryName repository) {
        try {
            return Optional.of(read(repository));
        } catch (RepositoryPolicyNotFoundException | RepositoryNotFoundException e) {
            return Optional.empty();
        }
    }

    /** The policy as far as it can be seen: another account's mostly can't. */
    Known known(RepositoryName repository) {
        try {
            return new Known(
                    true,
                    new NamedPolicy(
                            "repository policy",
                            PolicyDocument.parse(read(repository).text())));
        } catch (RepositoryPolicyNotFoundException e) {
            return new Known(true, null);
        } catch (SdkException | MalformedPolicy | ProviderException e) {
            return new Known(false, null);
        }
    }

    /** @param policy null when there is none, or when it could not be read */
    record Known(boolean read, @Nullable NamedPolicy policy) {}

    /** Changes the policy; {@code change} takes and answers null for "no policy". Answers the policy as it is then. */
    Optional<PolicyText> change(RepositoryName repository, String sid, UnaryOperator<@Nullable PolicyText> change) {
        synchronized (session.lock(repository.arn())) {
            for (int tried = 0; tried < TRIES; tried++) {
                PolicyText before = find(repository).orElse(null);
                PolicyText wanted = change.apply(before);
                if (!same(before, find(repository).orElse(null))) {
                    // Someone wrote in between, and our text would undo it.
                    continue;
                }
                write(repository, wanted);
                Optional<PolicyText> after = find(repository);
                boolean there = after.flatMap(policy -> policy.statement(sid)).isPresent();
                if (there == (wanted != null && wanted.statement(sid).isPresent())) {
                    return after;
                }
            }
        }
        throw new ProviderException("someone else keeps changing the policy of repository " + repository.arn()
                + "; make sure that one program at a time edits it, then run again");
    }

    private static boolean same(@Nullable PolicyText left, @Nullable PolicyText right) {
        return left == null || right == null ? left == right : left.text().equals(right.text());
    }

    private PolicyText read(RepositoryName repository) {
        return PolicyText.parse(session.clients()
                .ecr(repository.region())
                .getRepositoryPolicy(GetRepositoryPolicyRequest.builder()
                        .registryId(repository.account())
                        .repositoryName(repository.repository())
                        .build())
                .policyText());
    }

    private void write(RepositoryName repository, @Nullable PolicyText policy) {
        if (policy == null) {
            remove(repository);
            return;
        }
        if (policy.text().getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            throw new ProviderException("the policy of repository " + repository.arn() + " would be longer than "
                    + LONGEST + " bytes, which is all that ECR takes; remove statements or principals from it");
        }
        session.waiting().retry(PROPAGATION, RepositoryPolicies::principalNotFound, () -> {
            session.clients()
                    .ecr(repository.region())
                    .setRepositoryPolicy(SetRepositoryPolicyRequest.builder()
                            .registryId(repository.account())
                            .repositoryName(repository.repository())
                            .policyText(policy.text())
                            .build());
            return policy;
        });
    }

    private void remove(RepositoryName repository) {
        try {
            session.clients()
                    .ecr(repository.region())
                    .deleteRepositoryPolicy(DeleteRepositoryPolicyRequest.builder()
                            .registryId(repository.account())
                            .repositoryName(repository.repository())
                            .build());
        } catch (RepositoryPolicyNotFoundException | RepositoryNotFoundException e) {
            // gone already: what was wanted
        }
    }

    private static boolean principalNotFound(RuntimeException failure) {
        return failure instanceof EcrException ecr && AwsErrors.message(ecr).contains("Principal not found");
    }
}
