package dev.slipway.provider.aws;

import dev.slipway.oci.ImageReference;
import dev.slipway.oci.ImageSource;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apprunner.model.AuthenticationConfiguration;
import software.amazon.awssdk.services.apprunner.model.ImageConfiguration;
import software.amazon.awssdk.services.apprunner.model.ImageRepository;
import software.amazon.awssdk.services.apprunner.model.ImageRepositoryType;
import software.amazon.awssdk.services.apprunner.model.SourceConfiguration;

/**
 * The source that App Runner is asked for: the image, how it is started, and who pulls it. A map that is left out of a request keeps what
 * the service has; one that is to be empty is sent empty.
 */
final class SourceRequests {
    private SourceRequests() {}

    /**
     * @param olds the inputs of the last run: a map that was set then and is not now is cleared
     * @param actual the source as it is now; an empty one for a new service
     */
    static SourceConfiguration wanted(ServiceInputs inputs, @Nullable ServiceInputs olds, SourceConfiguration actual) {
        String identifier = Given.of(inputs.image(), "image");
        boolean open = ImageReference.parse(identifier).source() == ImageSource.ECR_PUBLIC;
        ImageRepository.Builder repository = ImageRepository.builder()
                .imageIdentifier(identifier)
                .imageRepositoryType(open ? ImageRepositoryType.ECR_PUBLIC : ImageRepositoryType.ECR)
                .imageConfiguration(image(inputs, olds, actual.imageRepository()));
        SourceConfiguration.Builder source = SourceConfiguration.builder()
                .imageRepository(repository.build())
                .autoDeploymentsEnabled(
                        inputs.autoDeploy() == null ? actual.autoDeploymentsEnabled() : inputs.autoDeploy());
        if (inputs.accessRoleArn() != null) {
            source.authenticationConfiguration(AuthenticationConfiguration.builder()
                    .accessRoleArn(inputs.accessRoleArn())
                    .build());
        }
        return source.build();
    }

    private static ImageConfiguration image(
            ServiceInputs inputs, @Nullable ServiceInputs olds, @Nullable ImageRepository actual) {
        ImageConfiguration old = actual == null || actual.imageConfiguration() == null
                ? ImageConfiguration.builder().build()
                : actual.imageConfiguration();
        ImageConfiguration.Builder image = old.toBuilder();
        if (inputs.port() != null) {
            image.port(inputs.port().toString());
        }
        if (inputs.startCommand() != null) {
            image.startCommand(inputs.startCommand());
        }
        if (inputs.environment() != null) {
            image.runtimeEnvironmentVariables(inputs.environment());
        } else if (olds != null && olds.environment() != null) {
            image.runtimeEnvironmentVariables(Map.of());
        }
        if (inputs.environmentSecrets() != null) {
            image.runtimeEnvironmentSecrets(inputs.environmentSecrets());
        } else if (olds != null && olds.environmentSecrets() != null) {
            image.runtimeEnvironmentSecrets(Map.of());
        }
        return image.build();
    }

    static boolean same(SourceConfiguration wanted, SourceConfiguration actual) {
        ImageRepository left = wanted.imageRepository();
        ImageRepository right = actual.imageRepository();
        boolean sameRole = wanted.authenticationConfiguration() == null
                || wanted.authenticationConfiguration().equals(actual.authenticationConfiguration());
        return right != null
                && sameRole
                && Objects.equals(left.imageIdentifier(), right.imageIdentifier())
                && Objects.equals(left.imageRepositoryType(), right.imageRepositoryType())
                && Objects.equals(wanted.autoDeploymentsEnabled(), actual.autoDeploymentsEnabled())
                && sameImage(left.imageConfiguration(), right.imageConfiguration());
    }

    private static boolean sameImage(ImageConfiguration left, @Nullable ImageConfiguration right) {
        return right != null
                && Objects.equals(left.port(), right.port())
                && Objects.equals(left.startCommand(), right.startCommand())
                && left.runtimeEnvironmentVariables().equals(right.runtimeEnvironmentVariables())
                && left.runtimeEnvironmentSecrets().equals(right.runtimeEnvironmentSecrets());
    }
}
