package dev.slipway.provider.aws;

import dev.slipway.oci.ImageReference;
import dev.slipway.oci.ImageSource;
import dev.slipway.oci.InvalidImageReference;
import dev.slipway.policy.MalformedPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecr.model.Repository;

/**
 * Looks, before App Runner does, at what a deployment needs: the image, and the roles with their policies. What can't be looked at is
 * left to App Runner.
 */
final class DeploymentPreflight {
    /** App Runner's instances have 3 GB of disk, which the unpacked image shares. */
    private static final long DISK_BYTES = 3L << 30;

    private final AwsSession session;
    private final ServiceInputs inputs;
    private final List<Finding> findings = new ArrayList<>();

    private DeploymentPreflight(AwsSession session, ServiceInputs inputs) {
        this.session = session;
        this.inputs = inputs;
    }

    /** Everything that will go wrong, as far as it can be told; a null in the inputs is not known yet. */
    static List<Finding> of(AwsSession session, ServiceInputs inputs) {
        var preflight = new DeploymentPreflight(session, inputs);
        preflight.image().ifPresent(image -> {
            preflight.lookAtImage(image);
            preflight.lookAtPull(image);
        });
        preflight.role("instanceRoleArn", inputs.instanceRoleArn(), judge -> judge.trust(RoleJudge.RUNNER)
                .ifPresent(preflight.findings::add));
        return preflight.findings;
    }

    private Optional<ImageReference> image() {
        try {
            return inputs.image() == null ? Optional.empty() : Optional.of(ImageReference.parse(inputs.image()));
        } catch (InvalidImageReference e) {
            return Optional.empty();
        }
    }

    private void lookAtImage(ImageReference image) {
        ImageRegistry.Answer answer = session.images().look(image);
        if (answer instanceof ImageRegistry.Unusable unusable) {
            String standing = unusable.there() && image.digest() != null ? "image" : null;
            String property = unusable.there() ? "" : "image: ";
            findings.add(new Finding(true, standing, property + unusable.reason()));
        } else if (answer instanceof ImageRegistry.Found found) {
            if (found.bytes() > DISK_BYTES) {
                findings.add(new Finding(
                        false,
                        "the image " + image + " is too large: " + found.bytes()
                                + " bytes before it is unpacked, and an" + " instance has a disk of 3 GB"));
            }
            lookAtPort(image, GetImage.ports(found.exposedPorts()));
        }
    }

    private void lookAtPort(ImageReference image, List<Integer> exposed) {
        // A number that is no port has a message of its own.
        boolean port = inputs.port() != null && inputs.port() >= 1 && inputs.port() <= 65_535;
        if (port && !exposed.isEmpty() && !exposed.contains(inputs.port())) {
            String ports = exposed.stream().map(String::valueOf).collect(Collectors.joining(", "));
            findings.add(new Finding(
                    false,
                    "the application does not listen on port " + inputs.port() + ": the image " + image + " exposes "
                            + ports
                            + ". Set port to it, unless the application listens on what the variable PORT says"));
        }
    }

    private void lookAtPull(ImageReference image) {
        if (image.source() == ImageSource.ECR_PUBLIC || image.repositoryArn().isEmpty()) {
            return;
        }
        RepositoryName repository = RepositoryName.parse(image.repositoryArn().get());
        boolean automatic = Boolean.TRUE.equals(inputs.autoDeploy()) && image.digest() == null;
        if (automatic) {
            lookAtMutability(image);
        }
        role("accessRoleArn", inputs.accessRoleArn(), judge -> {
            judge.trust(RoleJudge.PULLER).ifPresent(findings::add);
            var policy = new RepositoryPolicies(session).known(repository);
            findings.addAll(judge.pull(repository, policy));
            if (automatic) {
                judge.may(List.of("ecr:DescribeImages"), repository.arn())
                        .ifPresent(finding -> findings.add(
                                new Finding(false, "pushes are not deployed automatically: " + finding.message())));
            }
        });
    }

    /** A tag that can't move is never pushed again. */
    private void lookAtMutability(ImageReference image) {
        try {
            new EcrRepositories(session)
                    .find(image.repository())
                    .map(Repository::imageTagMutabilityAsString)
                    .filter("IMMUTABLE"::equals)
                    .ifPresent(mutability -> findings.add(new Finding(
                            false,
                            "autoDeploy has no effect: the tags of the repository " + image.repository()
                                    + " are IMMUTABLE, so that no push can move " + image.tag())));
        } catch (SdkException e) {
            // Not allowed to look: App Runner decides.
            return;
        }
    }

    /** IAM shows a role that this run made or changed perhaps only later: it is what the program says. */
    private void role(String property, @Nullable String arn, Consumer<RoleJudge> look) {
        if (arn == null || !ServiceCheck.isRole(arn) || session.touchedAny(arn)) {
            return;
        }
        try {
            if (!arn.contains("::" + session.account() + ":role/")) {
                findings.add(new Finding(
                        true,
                        property,
                        "the role " + arn + " is not of the service's account " + session.account()
                                + ", and App Runner takes no other"));
                return;
            }
            Optional<RoleDocuments> found = RoleDocuments.read(session.clients(), RoleKeeper.nameOf(arn));
            if (found.isEmpty()) {
                findings.add(new Finding(true, "there is no role " + arn));
            } else {
                look.accept(new RoleJudge(
                        found.get(), session.account(), session.settings().region()));
            }
        } catch (SdkException | MalformedPolicy e) {
            // Not allowed to look, or written in words that only IAM knows: App Runner decides.
            return;
        }
    }
}
