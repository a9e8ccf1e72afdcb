package dev.slipway.stack;

import com.pulumi.Context;
import com.pulumi.core.Output;
import com.pulumi.deployment.Deployment;
import dev.slipway.HealthCheckArgs;
import dev.slipway.ImageService;
import dev.slipway.ImageServiceArgs;
import dev.slipway.NetworkArgs;
import dev.slipway.ObservabilityArgs;
import dev.slipway.Provider;
import dev.slipway.ProviderArgs;
import dev.slipway.ScalingArgs;
import dev.slipway.Slipway;
import dev.slipway.oci.ImageSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The repository's own program: one service, of which the stack's configuration file says everything. {@code Pulumi.yaml}
 * lists the keys.
 */
public final class Main {
    private static final String NAME = "service";

    private Main() {}

    public static void main(String[] args) {
        Slipway.run(Main::stack);
    }

    /**
     * Declares what the configuration says.
     *
     * @throws com.pulumi.exceptions.RunException with everything that is wrong in the configuration
     */
    public static void stack(Context context) {
        var deployment = Deployment.getInstance();
        var values = deployment.getConfig();
        var config = new ConfigObject(context.projectName(), values::getConfig, values::isConfigSecret);
        var settings = Settings.read(config);
        if (!deployment.isDryRun()) {
            config.throwIfProblems();
        }
        settings.ifPresent(readable -> declare(context, readable));
        // A preview makes nothing, so it went on and tells the provider's findings together with ours.
        config.throwIfProblems();
    }

    private static void declare(Context context, Settings settings) {
        var service = new ImageService(NAME, args(context, settings));

        context.export("url", service.url());
        context.export("serviceArn", service.serviceArn());
        context.export("status", service.status());
        if (settings.image().source() == ImageSource.ECR) {
            context.export("accessRoleArn", service.accessRoleArn().applyValue(arn -> arn.orElse("")));
        }
    }

    private static ImageServiceArgs args(Context context, Settings settings) {
        ServiceConfig service = settings.service();
        return ImageServiceArgs.builder()
                .image(settings.image().toString())
                .accountId(settings.accountId().orElse(null))
                .repositoryProvider(repositoryProvider(context, settings).orElse(null))
                .serviceName(output(service.name()))
                .accessRoleArn(output(service.accessRoleArn()))
                .port(output(service.port()))
                .startCommand(output(service.startCommand()))
                // Always given, because a variable that is taken out of the file shall go away.
                .environment(service.environment().output())
                .environmentSecrets(given(service.environmentSecrets()))
                .instanceRoleArn(output(service.instanceRoleArn()))
                .cpu(output(service.cpu()))
                .memory(output(service.memory()))
                .healthCheck(output(service.healthCheck(), Main::healthCheck))
                .scaling(output(service.scaling(), Main::scaling))
                .autoScalingConfigurationArn(output(service.autoScalingConfigurationArn()))
                .network(output(service.network(), Main::network))
                .observability(output(service.observability(), Main::observability))
                .kmsKey(output(service.kmsKey()))
                .autoDeploy(output(service.autoDeploy()))
                .paused(output(service.paused()))
                .redeployOn(given(service.redeployOn()))
                .redeployMovedTag(output(service.redeployMovedTag()))
                .tags(service.tags().output())
                .build();
    }

    private static HealthCheckArgs healthCheck(ServiceConfig.HealthCheck check) {
        return HealthCheckArgs.builder()
                .protocol(output(check.protocol()))
                .path(output(check.path()))
                .interval(output(check.interval()))
                .timeout(output(check.timeout()))
                .healthyThreshold(output(check.healthyThreshold()))
                .unhealthyThreshold(output(check.unhealthyThreshold()))
                .build();
    }

    private static ScalingArgs scaling(ServiceConfig.Scaling scaling) {
        return ScalingArgs.builder()
                .minSize(output(scaling.minSize()))
                .maxSize(output(scaling.maxSize()))
                .maxConcurrency(output(scaling.maxConcurrency()))
                .build();
    }

    private static NetworkArgs network(ServiceConfig.Network network) {
        return NetworkArgs.builder()
                .egressType(output(network.egressType()))
                .vpcConnectorArn(output(network.vpcConnectorArn()))
                .isPubliclyAccessible(output(network.isPubliclyAccessible()))
                .ipAddressType(output(network.ipAddressType()))
                .build();
    }

    private static ObservabilityArgs observability(ServiceConfig.Observability observability) {
        return ObservabilityArgs.builder()
                .enabled(output(observability.enabled()))
                .configurationArn(output(observability.configurationArn()))
                .build();
    }

    /** The image's account speaks to the same cloud as the service's, in the image's region unless told otherwise. */
    private static Optional<Provider> repositoryProvider(Context context, Settings settings) {
        if (settings.image().source() != ImageSource.ECR) {
            return Optional.empty();
        }
        return settings.repositoryAccount()
                .map(account -> new Provider(
                        "repository-account",
                        ProviderArgs.builder()
                                .endpoint(context.config("slipway")
                                        .get("endpoint")
                                        .map(Output::of)
                                        .orElse(null))
                                .region(account.region()
                                        .map(ConfigValue::output)
                                        .orElseGet(() -> Output.ofNullable(
                                                settings.image().region())))
                                .accessKey(output(account.accessKey()))
                                .secretKey(output(account.secretKey()))
                                .sessionToken(output(account.sessionToken()))
                                .profile(output(account.profile()))
                                .assumeRoleArn(output(account.assumeRoleArn()))
                                .assumeRoleExternalId(output(account.assumeRoleExternalId()))
                                .build()));
    }

    private static <T> @Nullable Output<T> output(Optional<ConfigValue<T>> value) {
        return value.map(ConfigValue::output).orElse(null);
    }

    private static <C, A> @Nullable Output<A> output(Optional<C> config, Function<C, A> args) {
        return config.map(args).map(Output::of).orElse(null);
    }

    private static @Nullable Output<Map<String, String>> given(ConfigValue<Map<String, String>> texts) {
        return texts.value().isEmpty() ? null : texts.output();
    }
}
