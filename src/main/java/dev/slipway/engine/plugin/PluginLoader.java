package dev.slipway.engine.plugin;

import dev.slipway.protocol.ProviderHost;
import dev.slipway.protocol.ProviderLoader;
import dev.slipway.protocol.ResourceProvider;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Provider plugins that Pulumi's registry, or somebody else, made: executables {@code pulumi-resource-PACKAGE} that speak Pulumi's protocol.
 * Each configured provider has a process of its own, from its first call until it is closed. Thread-safe.
 */
public final class PluginLoader implements ProviderLoader {
    private final PluginFinder finder;
    private final Path directory;
    private final Map<String, String> environment;
    private final Map<String, PluginProcess> spare = new HashMap<>();

    /**
     * @param named where the plugins of packages are ({@code plugins.providers} of Pulumi.yaml), absolute
     * @param directory the project's, in which plugins run
     * @param environment says where else plugins are, and is what they are started with
     */
    public PluginLoader(Map<String, Path> named, Path directory, Map<String, String> environment) {
        this.finder = new PluginFinder(named, environment);
        this.directory = directory;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Optional<ResourceProvider> load(String packageName, ProviderHost host) {
        return finder.find(packageName)
                .map(program -> new PluginProvider(packageName, new Source(packageName, program, host)));
    }

    /**
     * Where the providers of one package get their process: one that only checked a configuration leaves it to the next one, so that checking
     * and configuring cost one start.
     */
    final class Source {
        private final String packageName;
        private final Path program;
        private final ProviderHost host;

        private Source(String packageName, Path program, ProviderHost host) {
            this.packageName = packageName;
            this.program = program;
            this.host = host;
        }

        PluginProcess take() {
            PluginProcess waiting;
            synchronized (spare) {
                waiting = spare.remove(packageName);
            }
            return waiting == null ? PluginProcess.start(packageName, program, directory, environment, host) : waiting;
        }

        /** Gives back a process that was never configured; a second one is not needed. */
        void leave(PluginProcess process) {
            PluginProcess other;
            synchronized (spare) {
                other = spare.putIfAbsent(packageName, process);
            }
            if (other != null) {
                process.close();
            }
        }

        /** Ends the process that waits, if one does. */
        void close() {
            PluginProcess waiting;
            synchronized (spare) {
                waiting = spare.remove(packageName);
            }
            if (waiting != null) {
                waiting.close();
            }
        }
    }
}
