package dev.slipway.cloud.iam;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Managed policies of AWS and of customers, and what an identity's policies come to. */
final class ManagedPolicies {
    private static final Pattern ARN = Pattern.compile("arn:aws:iam::(\\d{12}|aws):policy/.+");

    private final Directory directory;

    ManagedPolicies(Directory directory) {
        this.directory = directory;
    }

    /**
     * A policy and where it is from.
     *
     * @param id the name under which a simulation speaks of it
     * @param name the name under which an explanation speaks of it
     */
    record Source(String id, String name, String text) {}

    /** An AWS-made policy, or one of this account. */
    Optional<ManagedPolicy> find(String account, String arn) {
        return AwsManaged.find(arn).or(() -> directory.policies().get(arn).filter(policy -> policy.owner()
                .equals(account)));
    }

    /** @throws dev.slipway.cloud.wire.AwsException {@code NoSuchEntity} */
    ManagedPolicy get(String account, String arn) {
        return find(account, requireArn(arn)).orElseThrow(() -> Faults.noPolicy(arn));
    }

    /** @throws dev.slipway.cloud.wire.AwsException {@code NoSuchEntity}, {@code ValidationError} */
    void requireAttachable(String account, String arn) {
        if (find(account, requireArn(arn)).isEmpty()) {
            throw Faults.noSuch("Policy " + arn + " does not exist or is not attachable.");
        }
    }

    /** @throws dev.slipway.cloud.wire.AwsException {@code NoSuchEntity}, {@code InvalidInput} */
    void requireBoundary(String account, String arn) {
        if (!ARN.matcher(arn).matches()) {
            throw Faults.invalid(notAnArn(arn));
        }
        if (find(account, arn).isEmpty()) {
            throw Faults.noSuch("Scope ARN: " + arn + " does not exist or is not attachable.");
        }
    }

    /** @throws dev.slipway.cloud.wire.AwsException {@code ValidationError} */
    static String requireArn(String arn) {
        if (!ARN.matcher(arn).matches()) {
            throw Faults.validation(notAnArn(arn));
        }
        return arn;
    }

    private static String notAnArn(String arn) {
        return "ARN " + arn + " is not valid.";
    }

    /** Inline and attached policies; a user's groups' too. */
    List<Source> of(Identity<?> identity) {
        List<Source> sources = new ArrayList<>(own(identity));
        if (identity instanceof UserRecord user) {
            directory.groupsOf(user).forEach(group -> sources.addAll(own(group)));
        }
        return sources;
    }

    Optional<Source> boundaryOf(Identity<?> identity) {
        return Optional.ofNullable(identity.policies().boundary())
                .flatMap(arn -> find(identity.account(), arn))
                .map(ManagedPolicies::source);
    }

    private List<Source> own(Identity<?> identity) {
        String word = identity.kind().word();
        List<Source> sources = new ArrayList<>();
        identity.policies()
                .inline()
                .forEach((name, text) -> sources.add(new Source(
                        word + "_" + identity.name() + "_" + name,
                        "the inline policy " + name + " of the " + word + " " + identity.name(),
                        text)));
        for (String arn : identity.policies().attached()) {
            find(identity.account(), arn).map(ManagedPolicies::source).ifPresent(sources::add);
        }
        return sources;
    }

    static Source source(ManagedPolicy policy) {
        return new Source(policy.name(), policy.arn(), policy.document());
    }
}
