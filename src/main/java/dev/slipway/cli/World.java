package dev.slipway.cli;

import dev.slipway.cli.local.LocalControl;
import dev.slipway.cli.local.LocalFailure;
import dev.slipway.cli.local.LocalOptions;
import dev.slipway.cli.local.LocalProcess;
import dev.slipway.protocol.ProviderException;
import dev.slipway.protocol.ProviderHost;
import dev.slipway.protocol.ProviderLoader;
import dev.slipway.protocol.ResourceProvider;
import dev.slipway.provider.aws.AwsProvider;
import dev.slipway.provider.aws.NamedEndpoint;
import dev.slipway.provider.aws.Pause;
import dev.slipway.provider.aws.Place;
import dev.slipway.provider.aws.ProviderEnvironment;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a program's endpoints mean here: {@code local} is the running local cloud, which is started when it is needed. */
final class World implements ProviderLoader {
    private static final String LOCAL = "local";
    /** Whose root a program is in the local cloud when its configuration names no access key. */
    private static final String USUAL_ACCOUNT = "111122223333";

    private final ProviderEnvironment environment;

    private World(ProviderEnvironment environment) {
        this.environment = environment;
    }

    /** A world whose usual endpoint is the local cloud, which runs from now on, or else AWS. */
    static World of(Context context, boolean local) {
        var cloud = new LocalPlace(context.environment(), context.terminal().err()::println);
        if (local) {
            cloud.start();
        }
        return of(context.environment(), cloud, local);
    }

    /**
     * The world of a stack. The local cloud is started when something is asked of it.
     *
     * @param config the stack's configuration
     * @param tell hears when the local cloud is started
     */
    static World of(Map<String, String> environment, Map<String, String> config, Consumer<String> tell) {
        return of(environment, new LocalPlace(environment, tell), isLocal(config));
    }

    private static World of(Map<String, String> environment, Place cloud, boolean local) {
        var endpoint = new NamedEndpoint(cloud, Optional.of(USUAL_ACCOUNT), Optional.of("local"));
        return new World(new ProviderEnvironment(
                Map.of(LOCAL, endpoint),
                local ? LOCAL : ProviderEnvironment.AWS,
                InstantSource.system(),
                Pause.real(),
                environment));
    }

    private static boolean isLocal(Map<String, String> config) {
        return config.getOrDefault("slipway:endpoint", LOCAL).equals(LOCAL);
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

    /** The local cloud of this user; looked for once. */
    private static final class LocalPlace implements Place {
        private final Map<String, String> environment;
        private final Consumer<String> tell;
        private @Nullable Location found;

        LocalPlace(Map<String, String> environment, Consumer<String> tell) {
            this.environment = environment;
            this.tell = tell;
        }

        @Override
        public synchronized Optional<Location> now() {
            if (found == null) {
                control().running().ifPresent(this::remember);
            }
            return Optional.ofNullable(found);
        }

        @Override
        public Location reach() {
            try {
                return start();
            } catch (LocalFailure e) {
                throw new ProviderException(String.valueOf(e.getMessage()), e);
            }
        }

        synchronized Location start() {
            return now().orElseGet(() -> {
                tell.accept("Starting the local cloud...");
                return remember(control().ensure(LocalOptions.of(environment)));
            });
        }

        private Location remember(LocalProcess process) {
            if (!process.build().equals(LocalCommand.build())) {
                tell.accept(
                        "The local cloud runs another build of slipway than this one; `slipway local stop` ends it, and the"
                                + " next command starts this one.");
            }
            found = new Location(process.endpoint(), process.serviceScheme());
            return found;
        }

        private LocalControl control() {
            return LocalCommand.control(environment);
        }
    }
}
