package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.display.Table;
import dev.slipway.cli.project.ConfigKey;
import dev.slipway.cli.project.StackFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description =
                "Lists a stack's configuration; its commands read and change Pulumi.STACK.yaml in place, comments and"
                        + " order kept. KEY is NAME for the project's own keys, NAMESPACE:NAME for others; with --path it may"
                        + " lead into objects and lists: `parent.name`, `names[0]`, `[\"a.b\"].c`.")
final class ConfigCommand implements Runnable {
    private static final String PATH = "KEY leads into an object or a list.";

    private final Context context;

    @Mixin
    private final StackOptions options = new StackOptions();

    @Option(names = "--show-secrets", description = "Show secrets in clear.")
    private boolean showSecrets;

    @Option(
            names = {"-j", "--json"},
            description = "Print JSON.")
    private boolean json;

    ConfigCommand(Context context) {
        this.context = context;
    }

    /** How a value that is set is kept. */
    static final class Kind {
        @Option(names = "--secret", description = "Encrypt the value.")
        boolean secret;

        @Option(names = "--plaintext", description = "Keep the value in clear, whatever it looks like.")
        boolean plaintext;

        @Option(names = "--type", paramLabel = "TYPE", description = "Keep it as a string, bool, int or float.")
        String type = "";
    }

    @Override
    public void run() {
        Workspace workspace = Workspace.open(context, options);
        Workspace.Stack stack = workspace.stack();
        Map<String, JsonNode> entries = stack.file().entries(workspace.project());
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        var table = new Table("KEY", "VALUE");
        entries.forEach((key, value) -> {
            boolean secret = StackFile.isSecret(value);
            JsonNode shown = StackFile.reveal(
                    value, text -> showSecrets ? stack.secrets().decrypt(text) : "[secret]");
            all.set(key, json(shown, secret, showSecrets));
            String own = workspace.project().name() + ":";
            table.row(key.startsWith(own) ? key.substring(own.length()) : key, StackFile.text(shown));
        });
        if (json) {
            context.terminal().out().println(all.toPrettyString());
        } else {
            table.print(context.terminal().out(), "");
        }
    }

    private static ObjectNode json(JsonNode value, boolean secret, boolean shown) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (!secret || shown) {
            node.put("value", StackFile.text(value));
            if (value.isContainerNode()) {
                node.set("objectValue", value);
            }
        }
        return node.put("secret", secret);
    }

    @Command(mixinStandardHelpOptions = true, description = "Prints one value, in clear.")
    int get(
            @Mixin StackOptions stackOptions,
            @Parameters(paramLabel = "KEY") String key,
            @Option(names = "--path", description = PATH) boolean path,
            @Option(
                            names = {"-j", "--json"},
                            description = "Print JSON.")
                    boolean asJson) {
        Workspace workspace = Workspace.open(context, stackOptions);
        Workspace.Stack stack = workspace.stack();
        ConfigKey wanted = ConfigEditor.key(workspace, key, path);
        JsonNode value = Optional.ofNullable(
                        stack.file().entries(workspace.project()).get(wanted.full()))
                .flatMap(found -> at(found, wanted.path()))
                .orElseThrow(() -> new Failure("configuration key '" + key + "' not found for stack '"
                        + stack.name().stack() + "'"));
        JsonNode clear = StackFile.reveal(value, stack.secrets()::decrypt);
        context.terminal()
                .out()
                .println(
                        asJson ? json(clear, StackFile.isSecret(value), true).toPrettyString() : StackFile.text(clear));
        return 0;
    }

    private static Optional<JsonNode> at(JsonNode value, List<Object> path) {
        JsonNode node = value;
        for (Object segment : path) {
            node = segment instanceof Integer position ? node.path(position) : node.path((String) segment);
        }
        return node.isMissingNode() ? Optional.empty() : Optional.of(node);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Sets one value: the argument, or what stands on standard input.")
    int set(
            @Mixin StackOptions stackOptions,
            @Parameters(index = "0", paramLabel = "KEY") String key,
            @Parameters(index = "1", arity = "0..1", paramLabel = "VALUE") Optional<String> value,
            @Option(names = "--path", description = PATH) boolean path,
            @ArgGroup(multiplicity = "0..1") Kind kind) {
        Workspace workspace = Workspace.open(context, stackOptions);
        ConfigKey wanted = ConfigEditor.key(workspace, key, path);
        var editor = new ConfigEditor(workspace, workspace.stack());
        String text = value.orElseGet(this::read);
        if (kind != null && kind.secret) {
            editor.setSecret(wanted, text);
        } else {
            editor.setPlain(wanted, text, kind == null ? "" : kind.type, kind != null && kind.plaintext);
        }
        editor.save();
        return 0;
    }

    private String read() {
        if (context.terminal().interactive()) {
            return context.terminal().ask("value").orElse("");
        }
        return context.terminal().in().lines().collect(Collectors.joining("\n"));
    }

    @Command(name = "set-all", mixinStandardHelpOptions = true, description = "Sets several values at once.")
    int setAll(
            @Mixin StackOptions stackOptions,
            @Option(names = "--plaintext", paramLabel = "KEY=VALUE", description = "A value to keep in clear.")
                    List<String> plain,
            @Option(names = "--secret", paramLabel = "KEY=VALUE", description = "A value to encrypt.")
                    List<String> secret,
            @Option(names = "--path", description = PATH) boolean path) {
        Workspace workspace = Workspace.open(context, stackOptions);
        var editor = new ConfigEditor(workspace, workspace.stack());
        for (String pair : plain == null ? List.<String>of() : plain) {
            editor.setPlain(ConfigEditor.key(workspace, before(pair), path), after(pair), "", true);
        }
        for (String pair : secret == null ? List.<String>of() : secret) {
            editor.setSecret(ConfigEditor.key(workspace, before(pair), path), after(pair));
        }
        editor.save();
        return 0;
    }

    private static String before(String pair) {
        int equals = pair.indexOf('=');
        if (equals < 0) {
            // The rest of it may be a secret.
            throw new Failure("expected KEY=VALUE, got a text without `=`");
        }
        return pair.substring(0, equals);
    }

    private static String after(String pair) {
        return pair.substring(pair.indexOf('=') + 1);
    }

    @Command(mixinStandardHelpOptions = true, description = "Removes one value.")
    int rm(
            @Mixin StackOptions stackOptions,
            @Parameters(paramLabel = "KEY") String key,
            @Option(names = "--path", description = PATH) boolean path) {
        return removeAll(stackOptions, List.of(key), path);
    }

    @Command(name = "rm-all", mixinStandardHelpOptions = true, description = "Removes several values at once.")
    int removeAll(
            @Mixin StackOptions stackOptions,
            @Parameters(arity = "1..*", paramLabel = "KEY") List<String> keys,
            @Option(names = "--path", description = PATH) boolean path) {
        Workspace workspace = Workspace.open(context, stackOptions);
        var editor = new ConfigEditor(workspace, workspace.stack());
        keys.forEach(key -> editor.remove(ConfigEditor.key(workspace, key, path)));
        editor.save();
        return 0;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Copies one value, or all, to another stack; secrets are encrypted anew.")
    int cp(
            @Mixin StackOptions stackOptions,
            @Parameters(arity = "0..1", paramLabel = "KEY") Optional<String> key,
            @Option(
                            names = {"-d", "--dest"},
                            paramLabel = "STACK",
                            required = true,
                            description = "The stack to copy to.")
                    String destination) {
        Workspace workspace = Workspace.open(context, stackOptions);
        Workspace.Stack source = workspace.stack();
        Workspace.Stack target = workspace.stack(workspace.ownName(destination));
        if (source.name().equals(target.name())) {
            throw new Failure("current stack and destination stack are the same");
        }
        if (key.isEmpty()) {
            ConfigEditor.copyAll(workspace, source.name().stack(), target.name().stack());
            return 0;
        }
        ConfigKey wanted = ConfigKey.parse(workspace.project(), key.get());
        var editor = new ConfigEditor(workspace, target);
        editor.take(
                source,
                wanted,
                Optional.ofNullable(source.file().own(workspace.project()).get(wanted.full()))
                        .orElseThrow(() -> new Failure("configuration key '" + key.get() + "' not found for stack '"
                                + source.name().stack() + "'")));
        editor.save();
        return 0;
    }
}
