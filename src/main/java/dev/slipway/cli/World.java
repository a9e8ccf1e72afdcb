package dev.slipway.cli;

import dev.slipway.cli.local.LocalOptions;
import dev.slipway.cli.local.LocalProcess;
import dev.slipway.protocol.ProviderHost;
import dev.slipway.protocol.ProviderLoader;
import dev.slipway.protocol.ResourceProvider;
import dev.slipway.provider.aws.AwsProvider;
import dev.slipway.provider.aws.NamedEndpoint;
import dev.slipway.provider.aws.Pause;
import dev.slipway.provider.aws.ProviderEnvironment;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** What a program's endpoints mean here: {@code local} is the running local cloud, which is started when it is needed. */
final class World implements ProviderLoader {
    private static final String LOCAL = "local";
    /** Whose root a program is in the local cloud when its configuration names no access key. */
    private static final String USUAL_ACCOUNT = "111122223333";

    private final ProviderEnvironment environment;

    private World(ProviderEnvironment environment) {
        this.environment = environment;
    }

    /** The world of a stack's configuration. */
    static World of(Context context, Map<String, String> config) {
        boolean local = config.getOrDefault("slipway:endpoint", LOCAL).equals(LOCAL);
        return of(context, local);
    }

    static World of(Context context, boolean local) {
        Map<String, NamedEndpoint> endpoints = local ? Map.of(LOCAL, endpoint(context)) : Map.of();
        return new World(new ProviderEnvironment(
                endpoints,
                local ? LOCAL : ProviderEnvironment.AWS,
                InstantSource.system(),
                Pause.real(),
                context.environment()));
    }

    private static NamedEndpoint endpoint(Context context) {
        LocalProcess process = LocalCommand.control(context).running().orElseGet(() -> {
            context.terminal().err().println("Starting the local cloud...");
            return LocalCommand.control(context).ensure(LocalOptions.of(context.environment()));
        });
        if (!process.build().equals(LocalCommand.build())) {
            context.terminal()
                    .err()
                    .println("The local cloud runs another build of slipway than this one; `slipway local"
                            + " stop` ends it, and the next command starts this one.");
        }
        return new NamedEndpoint(
                process.endpoint(), Optional.of(USUAL_ACCOUNT), Optional.of("local"), process.serviceScheme());
    }

    ProviderEnvironment environment() {
        return environment;
    }

    @Override
    public Optional<ResourceProvider> load(String packageName, ProviderHost host) {
        return packageName.equals(AwsProvider.PACKAGE)
                ? Optional.of(AwsProvider.create(environment, host))
                : Optional.empty();
    }
}
