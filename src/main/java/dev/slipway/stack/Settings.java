package dev.slipway.stack;

import dev.slipway.oci.ImageReference;
import dev.slipway.oci.InvalidImageReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The stack's configuration, understood. Values that only the cloud can judge (the cpu and memory pair, ranges) are
 * passed on as they are: the provider checks them before anything is touched.
 */
record Settings(
        ImageReference image,
        Optional<String> accountId,
        Optional<RepositoryAccount> repositoryAccount,
        Optional<ConfigValue<String>> name,
        Optional<ConfigValue<Integer>> port,
        Optional<ConfigValue<String>> startCommand,
        ConfigValue<Map<String, String>> environment,
        Optional<ConfigValue<String>> cpu,
        Optional<ConfigValue<String>> memory,
        Optional<HealthCheck> healthCheck,
        Optional<Scaling> scaling,
        Optional<ConfigValue<Boolean>> autoDeploy,
        ConfigValue<Map<String, String>> tags) {

    record HealthCheck(
            Optional<ConfigValue<String>> protocol,
            Optional<ConfigValue<String>> path,
            Optional<ConfigValue<Integer>> interval,
            Optional<ConfigValue<Integer>> timeout,
            Optional<ConfigValue<Integer>> healthyThreshold,
            Optional<ConfigValue<Integer>> unhealthyThreshold) {
        static final List<String> KEYS =
                List.of("protocol", "path", "interval", "timeout", "healthyThreshold", "unhealthyThreshold");

        static HealthCheck read(ConfigObject config) {
            return new HealthCheck(
                    config.text("protocol"),
                    config.text("path"),
                    config.number("interval"),
                    config.number("timeout"),
                    config.number("healthyThreshold"),
                    config.number("unhealthyThreshold"));
        }
    }

    record Scaling(
            Optional<ConfigValue<Integer>> minSize,
            Optional<ConfigValue<Integer>> maxSize,
            Optional<ConfigValue<Integer>> maxConcurrency) {
        static final List<String> KEYS = List.of("minSize", "maxSize", "maxConcurrency");

        static Scaling read(ConfigObject config) {
            return new Scaling(config.number("minSize"), config.number("maxSize"), config.number("maxConcurrency"));
        }
    }

    /** Credentials of the image's account, when it is not the service's. */
    record RepositoryAccount(
            Optional<ConfigValue<String>> accessKey,
            Optional<ConfigValue<String>> secretKey,
            Optional<ConfigValue<String>> sessionToken,
            Optional<ConfigValue<String>> profile,
            Optional<ConfigValue<String>> region) {
        static final List<String> KEYS = List.of("accessKey", "secretKey", "sessionToken", "profile", "region");

        static RepositoryAccount read(ConfigObject config) {
            var account = new RepositoryAccount(
                    config.text("accessKey"),
                    config.text("secretKey"),
                    config.text("sessionToken"),
                    config.text("profile"),
                    config.text("region"));
            if (account.accessKey().isPresent() == account.profile().isPresent()) {
                config.problem("accessKey", "give either accessKey (with secretKey on AWS) or profile");
            }
            return account;
        }
    }

    /**
     * Reads every key and notes in {@code config} what is wrong, each under its path; a value that is wrong counts as not given.
     * Empty when there is no usable image, without which nothing can be declared.
     */
    static Optional<Settings> read(ConfigObject config) {
        Optional<ImageReference> image = image(config);
        Optional<ConfigValue<String>> accountId = config.text("accountId");
        accountId
                .filter(account -> !account.value().matches("[0-9]{12}"))
                .ifPresent(account -> config.problem(
                        "accountId",
                        "expected twelve digits; put them in quotes, because YAML reads them as a number"));
        Optional<RepositoryAccount> repositoryAccount =
                config.object("repositoryAccount", RepositoryAccount.KEYS).map(RepositoryAccount::read);
        Optional<ConfigValue<String>> name = config.text("name");
        Optional<ConfigValue<Integer>> port = config.number("port");
        Optional<ConfigValue<String>> startCommand = config.text("startCommand");
        ConfigValue<Map<String, String>> environment = config.texts("environment");
        Optional<ConfigValue<String>> cpu = config.text("cpu");
        Optional<ConfigValue<String>> memory = config.text("memory");
        Optional<HealthCheck> healthCheck =
                config.object("healthCheck", HealthCheck.KEYS).map(HealthCheck::read);
        Optional<Scaling> scaling = config.object("scaling", Scaling.KEYS).map(Scaling::read);
        Optional<ConfigValue<Boolean>> autoDeploy = config.truth("autoDeploy");
        ConfigValue<Map<String, String>> tags = config.texts("tags");
        return image.map(usable -> new Settings(
                usable,
                accountId.map(ConfigValue::value),
                repositoryAccount,
                name,
                port,
                startCommand,
                environment,
                cpu,
                memory,
                healthCheck,
                scaling,
                autoDeploy,
                tags));
    }

    private static Optional<ImageReference> image(ConfigObject config) {
        Optional<ConfigValue<String>> text = config.text("image");
        if (text.isEmpty()) {
            config.problem("image", "is required: the image to run, for example public.ecr.aws/slipway/hello:latest");
            return Optional.empty();
        }
        try {
            return text.map(image -> ImageReference.parse(image.value()));
        } catch (InvalidImageReference bad) {
            config.problem("image", bad.getMessage());
            return Optional.empty();
        }
    }
}
