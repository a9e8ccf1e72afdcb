package dev.slipway.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.protocol.ProviderHost;
import dev.slipway.protocol.ResourceProvider;
import dev.slipway.protocol.Severity;
import dev.slipway.provider.aws.AwsProvider;
import dev.slipway.provider.plugin.PluginPackage;
import dev.slipway.provider.plugin.PluginServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The process of Pulumi's plugin {@code pulumi-resource-slipway}. It prints the port that it serves on and nothing else, and ends when its engine
 * is gone.
 */
public final class PluginProcess {
    private static final String SELF = "/com/dev/slipway/plugin.json";
    private static final String SCHEMA = "/dev/slipway/schema.json";
    private static final JsonMapper JSON = new JsonMapper();

    private PluginProcess() {}

    /** @param arguments {@code [--logtostderr] [-v=N] [--tracing URL] [ENGINE-ADDRESS]}, as Pulumi's engine passes them */
    public static void main(String[] arguments) {
        PrintStream answer = System.out;
        System.setOut(System.err);
        String engine = engineAddress(arguments);
        try (PluginServer server = start(System.getenv(), engine)) {
            if (PluginServer.answers(engine)) {
                answer.println(server.port());
                answer.flush();
                server.awaitEnd(engine.isEmpty() ? () -> false : orphaned());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException failure) {
            System.err.println("pulumi-resource-slipway can't start: " + failure);
            System.exit(1);
        }
        System.exit(0);
    }

    static PluginServer start(Map<String, String> environment, String engineAddress) throws IOException {
        Map<String, String> config = config(environment);
        return PluginServer.start(itself(), host -> provider(environment, config, host), engineAddress);
    }

    private static ResourceProvider provider(
            Map<String, String> environment, Map<String, String> config, ProviderHost host) {
        World world =
                World.of(environment, config, message -> host.log(Severity.INFO, Optional.empty(), message, false));
        return world.load(AwsProvider.PACKAGE, host).orElseThrow();
    }

    /** What this plugin provides; its own description is also what Pulumi's Java host finds in a program's class path. */
    static PluginPackage itself() {
        try {
            JsonNode self = JSON.readTree(resource(SELF));
            return new PluginPackage(
                    self.path("name").asText(), self.path("version").asText(), () -> resource(SCHEMA));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String resource(String name) {
        try (InputStream stream = PluginProcess.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("the plugin's jar lacks " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The stack's configuration, which the engine passes beside the provider's own. */
    private static Map<String, String> config(Map<String, String> environment) {
        try {
            var values = new LinkedHashMap<String, String>();
            JSON.readValue(
                            environment.getOrDefault("PULUMI_CONFIG", "{}"),
                            new TypeReference<Map<String, JsonNode>>() {})
                    .forEach((key, value) -> values.put(key, value.asText()));
            return values;
        } catch (JsonProcessingException e) {
            return Map.of();
        }
    }

    /** The engine's own flags say how to log, which this plugin leaves to the engine. */
    private static String engineAddress(String[] arguments) {
        String address = "";
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].equals("--tracing") || arguments[i].equals("-tracing")) {
                i++;
            } else if (!arguments[i].startsWith("-")) {
                address = arguments[i];
            }
        }
        return address;
    }

    /**
     * Whether the process that started this one has ended: then this one is another's child. The launcher knows best who that was: it may have
     * ended while the JVM started. When it had ended before the launcher began, nothing answers at the engine's address.
     */
    private static BooleanSupplier orphaned() {
        long engine = Long.getLong("slipway.parent", parent());
        return () -> parent() != engine;
    }

    private static long parent() {
        return ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L);
    }
}
