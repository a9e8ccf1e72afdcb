package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.apprunner.Configuration.Source;
import dev.slipway.oci.ImageReference;
import dev.slipway.oci.ImageSource;
import dev.slipway.oci.InvalidImageReference;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apprunner.model.ImageConfiguration;
import software.amazon.awssdk.services.apprunner.model.ImageRepository;
import software.amazon.awssdk.services.apprunner.model.SourceConfiguration;

/** Where a service's image comes from: what may be asked for, what follows from it, and what an update leaves as it is. */
final class SourceRules {
    static final Pattern ROLE_ARN = Pattern.compile("arn:aws:iam::[0-9]{12}:role/[\\w+=,.@\\-/]{1,1000}");

    private static final int DEFAULT_PORT = 8080;
    private static final String AT = "sourceConfiguration.";
    private static final String CONFIGURATION = AT + "imageRepository.imageConfiguration.";

    private final String account;
    private final Problems problems;
    private final Predicate<String> isReference;

    /** @param isReference whether a text can name a secret or a parameter */
    SourceRules(String account, Problems problems, Predicate<String> isReference) {
        this.account = account;
        this.problems = problems;
        this.isReference = isReference;
    }

    /** The source that is wanted; empty when it can't be, after saying why to the problems. */
    Optional<Source> source(SourceConfiguration wanted, @Nullable Source current) {
        ImageRepository repository = wanted.imageRepository();
        if (wanted.codeRepository() != null) {
            problems.add(
                    repository != null
                            ? "SourceConfiguration has both a CodeRepository and an ImageRepository; give exactly one"
                            : current != null
                                    ? "The source of a service can't change from an image to code"
                                    : noCode(wanted));
            return Optional.empty();
        }
        if (repository == null) {
            if (current == null) {
                problems.add("SourceConfiguration needs an ImageRepository");
                return Optional.empty();
            }
            return checked(current, new Draft(current.image(), current.repositoryType(), null), wanted);
        }
        if (repository.imageIdentifier() == null || repository.imageRepositoryTypeAsString() == null) {
            problems.add("ImageRepository needs an ImageIdentifier and an ImageRepositoryType");
            return Optional.empty();
        }
        return checked(
                current,
                new Draft(
                        repository.imageIdentifier(),
                        repository.imageRepositoryTypeAsString(),
                        repository.imageConfiguration()),
                wanted);
    }

    /** What App Runner says when a connection's handshake is not complete, which it never is here. */
    private static String noCode(SourceConfiguration wanted) {
        boolean connected = wanted.authenticationConfiguration() != null
                && wanted.authenticationConfiguration().connectionArn() != null;
        return connected
                ? "Failed to retrieve the latest commit from your source repository. Be sure you configure your service"
                        + " with a valid connection to your GitHub repository. (The local cloud can't complete a"
                        + " connection's handshake; it runs images: give an ImageRepository.)"
                : "A CodeRepository needs the ConnectionArn of an AVAILABLE connection in AuthenticationConfiguration."
                        + " (The local cloud runs images: give an ImageRepository.)";
    }

    private record Draft(
            String image, String type, @Nullable ImageConfiguration configuration) {}

    private Optional<Source> checked(@Nullable Source current, Draft draft, SourceConfiguration wanted) {
        Optional<ImageReference> image = image(draft);
        ImageConfiguration configuration =
                draft.configuration() == null ? ImageConfiguration.builder().build() : draft.configuration();
        @Nullable
        String role = wanted.authenticationConfiguration() == null
                ? null
                : wanted.authenticationConfiguration().accessRoleArn();
        problems.matches(AT + "authenticationConfiguration.accessRoleArn", role, ROLE_ARN);
        if (role == null && current != null) {
            role = current.accessRoleArn();
        }
        if (image.isPresent() && image.get().source() == ImageSource.ECR && role == null) {
            problems.add("AuthenticationConfiguration.AccessRoleArn is required for an image in Amazon ECR");
        }
        boolean automatic = image.isPresent() && automatic(image.get(), wanted.autoDeploymentsEnabled(), current);
        int port = port(configuration.port(), current);
        Map<String, String> variables = variables(configuration, current);
        Map<String, String> secrets = secrets(configuration, current, variables);
        @Nullable String command = startCommand(configuration.startCommand(), current);
        return Optional.of(new Source(draft.image(), draft.type(), port, command, variables, secrets, role, automatic));
    }

    private Optional<ImageReference> image(Draft draft) {
        try {
            ImageReference image = ImageReference.parse(draft.image());
            String type = image.source() == ImageSource.ECR ? "ECR" : "ECR_PUBLIC";
            if (!draft.type().equals(type)) {
                problems.add("ImageRepositoryType is " + draft.type() + ", but the image " + draft.image() + " is in "
                        + type);
                return Optional.empty();
            }
            return Optional.of(image);
        } catch (InvalidImageReference e) {
            problems.add("ImageIdentifier: " + e.getMessage());
            return Optional.empty();
        }
    }

    private boolean automatic(ImageReference image, @Nullable Boolean wanted, @Nullable Source current) {
        boolean foreign = !image.registryAccount().map(account::equals).orElse(true);
        boolean possible = image.source() == ImageSource.ECR && !foreign;
        boolean enabled = wanted != null ? wanted : current != null ? current.autoDeployments() : possible;
        if (enabled && image.source() == ImageSource.ECR_PUBLIC) {
            problems.add("App Runner doesn't support automatic deployments for an image in an ECR Public repository.");
        } else if (enabled && foreign) {
            problems.add("App Runner doesn't support automatic deployments for an image in an ECR repository in a "
                    + "different AWS account than the one that the service is in.");
        }
        return enabled;
    }

    private int port(@Nullable String text, @Nullable Source current) {
        if (text == null) {
            return current == null ? DEFAULT_PORT : current.port();
        }
        int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
        if (port < 1 || port > 65535) {
            problems.add("Value '" + text + "' at '" + CONFIGURATION
                    + "port' failed to satisfy constraint: Member must be a port between 1 and 65535");
        }
        return port;
    }

    private Map<String, String> variables(ImageConfiguration configuration, @Nullable Source current) {
        if (!configuration.hasRuntimeEnvironmentVariables()) {
            return current == null ? Map.of() : current.variables();
        }
        Map<String, String> variables = configuration.runtimeEnvironmentVariables();
        variables.keySet().forEach(name -> checkName("RuntimeEnvironmentVariables", name));
        if (variables.values().stream().anyMatch(value -> value == null || value.indexOf('\0') >= 0)) {
            problems.add("RuntimeEnvironmentVariables: a value is null or has a NUL character");
        }
        return variables;
    }

    private Map<String, String> secrets(
            ImageConfiguration configuration, @Nullable Source current, Map<String, String> variables) {
        Map<String, String> secrets = configuration.hasRuntimeEnvironmentSecrets()
                ? configuration.runtimeEnvironmentSecrets()
                : current == null ? Map.of() : current.secrets();
        secrets.forEach((name, reference) -> {
            checkName("RuntimeEnvironmentSecrets", name);
            if (variables.containsKey(name)) {
                problems.add("RuntimeEnvironmentSecrets: " + name + " is in RuntimeEnvironmentVariables too");
            }
            if (reference == null || !isReference.test(reference)) {
                // Without the text: whoever mistakes this for a variable has put a secret there.
                problems.add("RuntimeEnvironmentSecrets: the value of " + name + " must be the ARN of a secret in AWS"
                        + " Secrets Manager, or the name or ARN of a parameter in AWS Systems Manager Parameter Store");
            }
        });
        return secrets;
    }

    private void checkName(String at, String name) {
        if (name.equals("PORT")) {
            problems.add(at + ": PORT is a reserved name; set ImageConfiguration.Port");
        } else if (name.startsWith("AWSAPPRUNNER")) {
            problems.add(at + ": " + name + ": names that start with AWSAPPRUNNER are reserved");
        } else if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
            problems.add(at + ": '" + name + "' is no name of a variable");
        }
    }

    private @Nullable String startCommand(@Nullable String text, @Nullable Source current) {
        if (text == null) {
            return current == null ? null : current.startCommand();
        }
        if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
            problems.add("ImageConfiguration.StartCommand must be one line");
        } else {
            try {
                ShellWords.split(text);
            } catch (IllegalArgumentException e) {
                problems.add("ImageConfiguration.StartCommand: " + e.getMessage());
            }
        }
        return text.isBlank() ? null : text;
    }
}
