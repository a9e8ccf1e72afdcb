package dev.slipway.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.ImportProgram.Import;
import dev.slipway.engine.state.Snapshot;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description =
                "Takes over resources that exist already, as they are, and prints the code to put into the program."
                        + " For example: slipway import slipway:index:Service web arn:aws:apprunner:…")
final class ImportCommand implements Callable<Integer> {
    private static final List<String> MISSING = List.of("type, name, and id", "name and id", "id");

    private final Context context;

    @Mixin
    private final StackOptions stackOptions = new StackOptions();

    @Mixin
    private final RunOptions options = new RunOptions();

    @Option(
            names = {"-y", "--yes"},
            description = "Approve the import without asking. PULUMI_SKIP_CONFIRMATIONS=true means the same.")
    private boolean yes;

    @Option(names = "--skip-preview", description = "Do not preview first; approves the import, too.")
    private boolean skipPreview;

    @Parameters(
            arity = "0..*",
            paramLabel = "TYPE NAME ID",
            hideParamSyntax = true,
            description = "The type's token, the resource's new name in the program, and what the provider calls it.")
    private List<String> resource = new ArrayList<>();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "A JSON file of resources to import, in Pulumi's format, instead of TYPE NAME ID.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "Write the code to this file.")
    private Optional<Path> out = Optional.empty();

    @Option(
            names = "--generate-code",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Print the code (default).")
    private boolean generateCode = true;

    @Option(
            names = "--protect",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Protect what is imported from being deleted (default).")
    private boolean protect = true;

    @Option(
            names = "--parent",
            paramLabel = "[NAME=]URN",
            description = "The recorded resource to put it below; NAME is its name in the code.")
    private Optional<String> parent = Optional.empty();

    @Option(
            names = "--provider",
            paramLabel = "[NAME=]URN",
            description = "The recorded provider that manages it, instead of the default one.")
    private Optional<String> provider = Optional.empty();

    @Option(
            names = "--properties",
            paramLabel = "NAME,NAME",
            split = ",",
            description = "Which inputs to import. As with Pulumi, all that are there are imported nevertheless.")
    private List<String> properties = new ArrayList<>();

    @Option(
            names = "--from",
            paramLabel = "CONVERTER",
            hidden = true,
            description = "Pulumi's converters of other tools' records are not supported.")
    private Optional<String> from = Optional.empty();

    @Option(names = "--preview-only", description = "Only show what would be imported.")
    private boolean previewOnly;

    ImportCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        refuseMixtures();
        Workspace workspace = Workspace.open(context, stackOptions);
        Workspace.Stack stack = workspace.stack();
        Snapshot recorded = workspace.load(stack).orElseGet(() -> Snapshot.empty(Instant.EPOCH));
        List<Import> imports = file.isPresent()
                ? ImportFile.read(context.directory().resolve(file.get()), stack.name(), recorded, protect)
                : ImportFile.read(single(), "the import", stack.name(), recorded, protect);
        if (imports.isEmpty()) {
            context.terminal().out().println("Nothing changed: what is to be imported is recorded already.");
            return 0;
        }
        EngineRun run = EngineRun.importing(context, workspace, stack, options, imports);
        if (previewOnly) {
            return run.preview();
        }
        int code = run.apply(ApproveOptions.of(yes, skipPreview));
        if (code == 0 && generateCode && !options.json()) {
            tell(workspace.recorded(stack), stack, imports);
        }
        return code;
    }

    private void refuseMixtures() {
        boolean inline = !resource.isEmpty() || parent.isPresent() || provider.isPresent() || !properties.isEmpty();
        if (file.isPresent() && inline) {
            throw new Failure("an inline resource may not be specified in conjunction with an import file: with --file,"
                    + " leave TYPE NAME ID, --parent, --provider and --properties away");
        }
        if (file.isPresent() && from.isPresent()) {
            throw new Failure("a converter may not be specified in conjunction with an import file");
        }
        if (from.isPresent()) {
            throw new Failure("--from " + from.get() + ": converters are not supported here; let `pulumi import --from "
                    + from.get() + "` import, or write an import file for --file");
        }
        if (file.isEmpty() && resource.size() != 3) {
            throw new Failure((resource.size() > 3
                            ? "only expected at most three arguments"
                            : "an inline resource must be specified if no import file is used, missing "
                                    + MISSING.get(resource.size()))
                    + "; `slipway import --help` shows both ways");
        }
    }

    private ObjectNode single() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ObjectNode table = root.putObject("nameTable");
        ObjectNode item = root.putArray("resources")
                .addObject()
                .put("type", resource.get(0))
                .put("name", resource.get(1))
                .put("id", resource.get(2));
        refer("parent", parent, table, item);
        refer("provider", provider, table, item);
        return root;
    }

    private static void refer(String role, Optional<String> text, ObjectNode table, ObjectNode item) {
        text.map(given -> ImportFile.reference(role, given))
                .ifPresent(named -> named.forEach((name, urn) -> {
                    if (table.has(name)) {
                        throw new Failure("provider and parent must have distinct names, both were '" + name + "'");
                    }
                    table.put(name, urn);
                    item.put(role, name);
                }));
    }

    private void tell(Snapshot snapshot, Workspace.Stack stack, List<Import> imports) {
        String code = imports.stream()
                .flatMap(item -> snapshot
                        .find(item.urn(stack.name().stack(), stack.name().project()))
                        .stream())
                .map(CodeSnippet::of)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("\n"));
        PrintStream terminal = context.terminal().out();
        terminal.println(
                "Put the following code into the program. Without it the next `up` would delete what was imported"
                        + (protect
                                ? "; it is protected, so that would fail. To destroy it, take `protect` away first."
                                : "."));
        terminal.println();
        if (out.isEmpty()) {
            terminal.print(code);
            return;
        }
        try {
            Files.writeString(context.directory().resolve(out.get()), code);
            terminal.println("It is in " + out.get());
        } catch (IOException e) {
            throw new Failure("can't write " + out.get() + ": " + e.getMessage());
        }
    }
}
