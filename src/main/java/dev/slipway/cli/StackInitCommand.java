package dev.slipway.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description = "Makes an empty stack and selects it. Its configuration is then set with `config set`.")
final class StackInitCommand implements Callable<Integer> {
    private final Context context;

    @Mixin
    private final StackOptions options = new StackOptions();

    @Parameters(arity = "0..1", paramLabel = "STACK", description = "The new stack's name.")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--copy-config-from",
            paramLabel = "STACK",
            description = "Begin with the configuration of this stack.")
    private Optional<String> source = Optional.empty();

    @Option(names = "--no-select", description = "Do not select the new stack.")
    private boolean noSelect;

    @Option(
            names = "--secrets-provider",
            paramLabel = "NAME",
            defaultValue = "passphrase",
            description =
                    "How secrets are encrypted: passphrase (or default, which is the same), with the passphrase of"
                            + " PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE.")
    private String secretsProvider = "passphrase";

    StackInitCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (!secretsProvider.equals("passphrase") && !secretsProvider.equals("default")) {
            throw new Failure(
                    "--secrets-provider: expected passphrase, got `" + secretsProvider + "`; slipway knows no other");
        }
        Workspace workspace = Workspace.open(context, options);
        String wanted = name.or(options::named)
                .or(this::asked)
                .map(workspace::ownName)
                .orElseThrow(() -> new Failure("missing stack name: `slipway stack init STACK`"));
        create(context, workspace, wanted);
        source.ifPresent(from -> ConfigEditor.copyAll(workspace, workspace.ownName(from), wanted));
        if (!noSelect) {
            select(workspace, wanted);
        }
        return 0;
    }

    private Optional<String> asked() {
        return context.terminal().interactive()
                ? context.terminal().ask("Please enter your desired stack name")
                : Optional.empty();
    }

    static void create(Context context, Workspace workspace, String name) {
        Workspace.Stack stack = workspace.unchecked(name);
        if (workspace.store().exists(stack.name())) {
            throw new Failure("stack '" + name + "' already exists");
        }
        workspace.store().create(stack.name(), stack.secrets());
        context.terminal().out().println("Created stack '" + name + "'");
    }

    static void select(Workspace workspace, String name) {
        workspace.selection().write(Optional.of(workspace.unchecked(name).name().toString()));
    }
}
