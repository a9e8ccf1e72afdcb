package dev.slipway.cli;

import dev.slipway.engine.state.Snapshot;
import dev.slipway.engine.state.StackEditor;
import dev.slipway.engine.state.StateEdit;
import dev.slipway.property.Urn;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "state",
        mixinStandardHelpOptions = true,
        description =
                "Edits the stack's record by hand. What is deployed is not touched; the record before is kept beside"
                        + " the new one. `slipway stack --show-urns` shows the URNs; quote them, they hold `$`.")
final class StateCommand implements Runnable {
    private static final String CONFIRM = "This command will edit your stack's state directly. Confirm?";

    private final Context context;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    StateCommand(Context context) {
        this.context = context;
    }

    @Override
    public void run() {
        spec.commandLine().usage(context.terminal().out());
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Forgets a resource that nothing else needs. It stays where it is.")
    int delete(
            @Mixin StackOptions options,
            @Mixin YesOption yes,
            @Parameters(arity = "0..1", paramLabel = "URN") Optional<String> urn,
            @Option(names = "--all", description = "Forget every resource of the stack.") boolean all,
            @Option(names = "--force", description = "Also protected resources.") boolean force,
            @Option(names = "--target-dependents", description = "Also everything that needs the resource.")
                    boolean dependents) {
        return edit(
                options,
                yes,
                one(urn, all)
                        .map(name -> StateEdit.delete(name, force, dependents))
                        .orElseGet(() -> StateEdit.deleteAll(force)),
                all ? "Resources deleted" : "Resource deleted");
    }

    @Command(mixinStandardHelpOptions = true, description = "Protects a resource from being deleted.")
    int protect(
            @Mixin StackOptions options,
            @Mixin YesOption yes,
            @Parameters(arity = "0..1", paramLabel = "URN") Optional<String> urn,
            @Option(names = "--all", description = "Protect every resource.") boolean all) {
        return mark(options, yes, one(urn, all), true);
    }

    @Command(mixinStandardHelpOptions = true, description = "Lets a protected resource be deleted again.")
    int unprotect(
            @Mixin StackOptions options,
            @Mixin YesOption yes,
            @Parameters(arity = "0..1", paramLabel = "URN") Optional<String> urn,
            @Option(names = "--all", description = "Unprotect every resource.") boolean all) {
        return mark(options, yes, one(urn, all), false);
    }

    private int mark(StackOptions options, YesOption yes, Optional<Urn> urn, boolean protect) {
        String done = protect ? "protected" : "unprotected";
        return edit(
                options,
                yes,
                urn.map(name -> StateEdit.protect(name, protect)).orElseGet(() -> StateEdit.protectAll(protect)),
                urn.isPresent() ? "Resource " + done : "All resources " + done);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Gives a resource another name; the program must then use that name, too.")
    int rename(
            @Mixin StackOptions options,
            @Mixin YesOption yes,
            @Parameters(index = "0", paramLabel = "URN") String urn,
            @Parameters(index = "1", paramLabel = "NEW-NAME") String name) {
        return edit(options, yes, StateEdit.rename(urn(urn), name), "Resource renamed");
    }

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "Mends a record that can't be trusted: puts resources in order and drops references to what is"
                            + " not there. A record that would still be wrong afterwards is left as it is.")
    int repair(@Mixin StackOptions options, @Mixin YesOption yes) {
        StackEditor editor = editor(options);
        List<String> changes = editor.planRepair().changes();
        if (changes.isEmpty()) {
            context.terminal().out().println("The snapshot is already valid; skipping repair");
            return 0;
        }
        changes.forEach(change -> context.terminal().out().println("  " + change));
        yes.approve(context, CONFIRM);
        editor.repair();
        context.terminal().out().println("State repaired successfully");
        return 0;
    }

    private int edit(StackOptions options, YesOption yes, UnaryOperator<Snapshot> edit, String done) {
        StackEditor editor = editor(options);
        yes.approve(context, CONFIRM);
        editor.edit(edit);
        context.terminal().out().println(done);
        return 0;
    }

    private StackEditor editor(StackOptions options) {
        Workspace workspace = Workspace.open(context, options);
        Workspace.Stack stack = workspace.stack();
        if (!workspace.store().exists(stack.name())) {
            throw new Failure("the stack '" + stack.name().stack() + "' was never deployed");
        }
        return workspace.store().editor(stack.name(), stack.secrets());
    }

    /** Empty for all of them. */
    private static Optional<Urn> one(Optional<String> urn, boolean all) {
        if (all && urn.isPresent()) {
            throw new Failure("cannot specify a resource URN together with --all");
        }
        if (!all && urn.isEmpty()) {
            throw new Failure("missing resource URN; `slipway stack --show-urns` shows them");
        }
        return urn.map(StateCommand::urn);
    }

    private static Urn urn(String text) {
        try {
            return new Urn(text);
        } catch (IllegalArgumentException e) {
            throw new Failure("The provided input URN is not valid: " + e.getMessage());
        }
    }
}
