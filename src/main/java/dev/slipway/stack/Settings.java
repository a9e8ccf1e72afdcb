package dev.slipway.stack;

import dev.slipway.oci.ImageReference;
import dev.slipway.oci.InvalidImageReference;
import java.util.List;
import java.util.Optional;

/** The stack's configuration, understood: what to run, in whose account, and how. */
record Settings(
        ImageReference image,
        Optional<String> accountId,
        Optional<RepositoryAccount> repositoryAccount,
        ServiceConfig service) {

    /** Credentials of the image's account, when it is not the service's. */
    record RepositoryAccount(
            Optional<ConfigValue<String>> accessKey,
            Optional<ConfigValue<String>> secretKey,
            Optional<ConfigValue<String>> sessionToken,
            Optional<ConfigValue<String>> profile,
            Optional<ConfigValue<String>> assumeRoleArn,
            Optional<ConfigValue<String>> assumeRoleExternalId,
            Optional<ConfigValue<String>> region) {
        static final List<String> KEYS = List.of(
                "accessKey", "secretKey", "sessionToken", "profile", "assumeRoleArn", "assumeRoleExternalId", "region");

        static RepositoryAccount read(ConfigObject config) {
            var account = new RepositoryAccount(
                    config.text("accessKey"),
                    config.text("secretKey"),
                    config.text("sessionToken"),
                    config.text("profile"),
                    config.text("assumeRoleArn"),
                    config.text("assumeRoleExternalId"),
                    config.text("region"));
            boolean both = account.accessKey().isPresent() && account.profile().isPresent();
            boolean none = account.accessKey().isEmpty()
                    && account.profile().isEmpty()
                    && account.assumeRoleArn().isEmpty();
            if (both || none) {
                config.problem(
                        "accessKey", "give either accessKey (with secretKey on AWS) or profile, or an assumeRoleArn");
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
        ServiceConfig service = ServiceConfig.read(config);
        return image.map(usable -> new Settings(usable, accountId.map(ConfigValue::value), repositoryAccount, service));
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
