package dev.slipway.provider.plugin;

import dev.slipway.protocol.ResourceProvider;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A provider served by a plugin in the test's own process, and asked over its socket. */
public final class ServedProvider {
    private ServedProvider() {}

    /** Closing what this returns ends the server and the provider, too. */
    public static PluginClient serve(ResourceProvider provider) {
        try {
            PluginServer server = PluginServer.start(
                    new PluginPackage("slipway", "1.2.3", () -> "{\"name\":\"slipway\"}"), host -> provider, "");
            return new PluginClient(server.port(), server::close);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
