package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.slipway.cli.project.Project;
import dev.slipway.cli.project.StackFile;
import dev.slipway.engine.state.Circumstances;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What Pulumi's command line writes of a run's surroundings into a stack's history. */
final class Surroundings {
    /** Pulumi's environment variables that say yes or no; of all others only the name is told. */
    private static final Set<String> SWITCHES = Set.of(
            "PULUMI_CONTINUE_ON_ERROR",
            "PULUMI_DEBUG_COMMANDS",
            "PULUMI_DEV",
            "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION",
            "PULUMI_DISABLE_JOURNALING",
            "PULUMI_DISABLE_PROVIDER_PREVIEW",
            "PULUMI_DISABLE_SECRET_CACHE",
            "PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS",
            "PULUMI_DIY_BACKEND_GZIP",
            "PULUMI_DIY_BACKEND_RETAIN_CHECKPOINTS",
            "PULUMI_ENABLE_LEGACY_DIFF",
            "PULUMI_ENABLE_LEGACY_REFRESH_DIFF",
            "PULUMI_EXPERIMENTAL",
            "PULUMI_FALLBACK_TO_STATE_SECRETS_MANAGER",
            "PULUMI_IGNORE_AMBIENT_PLUGINS",
            "PULUMI_PARALLEL_DIFF",
            "PULUMI_SKIP_CHECKPOINTS",
            "PULUMI_SKIP_CONFIRMATIONS",
            "PULUMI_SKIP_UPDATE_CHECK");

    private Surroundings() {}

    /**
     * @param flags the long names of the flags that were given, to {@code true}, {@code false} or {@code set}
     * @param message why; the title of the last commit when it is empty
     */
    static Circumstances of(
            Map<String, String> variables, Project project, StackFile file, Map<String, String> flags, String message) {
        Map<String, String> told = new HashMap<>();
        variables.forEach((name, value) -> {
            if (name.startsWith("PULUMI_")) {
                told.put("pulumi.env." + name, SWITCHES.contains(name) ? Boolean.toString(truthy(value)) : "set");
            }
        });
        flags.forEach((name, value) -> told.put("pulumi.flag." + name, value));
        told.put("pulumi.version", "slipway");
        told.put("pulumi.os", os());
        told.put("pulumi.arch", arch());
        told.put("exec.kind", "cli");
        told.put("updatePlan", "false");
        told.put("stack.environments", "[]");
        told.put("runtime.name", "java");
        var checkout = Checkout.around(project.root());
        told.putAll(checkout.facts());
        return new Circumstances(message.isEmpty() ? checkout.title() : message, told, config(project, file));
    }

    private static Map<String, JsonNode> config(Project project, StackFile file) {
        Map<String, JsonNode> config = new TreeMap<>();
        file.entries(project)
                .forEach((key, value) ->
                        config.put(key, value.isContainerNode() ? value : TextNode.valueOf(StackFile.text(value))));
        return config;
    }

    private static boolean truthy(String value) {
        return value.equalsIgnoreCase("true") || value.equals("1");
    }

    private static String os() {
        String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return name.startsWith("mac") ? "darwin" : name.startsWith("windows") ? "windows" : name;
    }

    private static String arch() {
        String name = System.getProperty("os.arch", "");
        return switch (name) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> name;
        };
    }
}
