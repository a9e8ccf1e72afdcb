package dev.slipway.engine;

import dev.slipway.engine.Goal.GoalOptions;
import dev.slipway.engine.ResourceMonitor.Registered;
import dev.slipway.engine.ResourceMonitor.RegistrationFailed;
import dev.slipway.engine.state.ResourceState;
import dev.slipway.engine.state.Snapshot;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.Urn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Stands in for a program when existing resources are taken over by hand ({@code pulumi import}): declares them, and above them what is recorded
 * already. To be run with a {@link Selection} of the imports' URNs and {@link Request.Options#adopting}, so that nothing else changes.
 */
public final class ImportProgram implements Program {
    private final List<Import> imports;
    private final Snapshot recorded;

    /**
     * A resource to take over.
     *
     * @param id the provider's name for it; empty for a component, which only groups others
     * @param parent recorded, or an import that stands before
     * @param provider a recorded provider; empty for the parent's or the default one
     */
    public record Import(
            String type,
            String name,
            Optional<String> id,
            Optional<Urn> parent,
            Optional<Urn> provider,
            String version,
            boolean protect) {
        public Urn urn(String stack, String project) {
            return Urn.of(stack, project, parent.map(Urn::qualifiedType).orElse(""), type, name);
        }
    }

    /** @param recorded the stack's record before the run */
    public ImportProgram(List<Import> imports, Snapshot recorded) {
        this.imports = List.copyOf(imports);
        this.recorded = recorded;
    }

    @Override
    public void run(ProgramInfo info, ResourceMonitor monitor) throws ProgramFailed {
        try {
            Registered stack = monitor.register(goal(
                            Urn.STACK_TYPE,
                            info.project() + "-" + info.stack(),
                            false,
                            Optional.empty(),
                            Optional.empty(),
                            GoalOptions.NONE))
                    .join();
            Set<Urn> declared = new HashSet<>(Set.of(stack.urn()));
            imports.forEach(item -> declared.add(item.urn(info.stack(), info.project())));
            for (Import item : imports) {
                item.parent().ifPresent(parent -> declareRecorded(parent, declared, monitor));
            }
            List<CompletableFuture<Registered>> answers = new ArrayList<>();
            for (Import item : imports) {
                answers.add(monitor.register(goal(item, stack.urn())));
                if (item.id().isEmpty()) {
                    // The children of a component can be declared only when it is.
                    answers.get(answers.size() - 1).join();
                }
            }
            answers.forEach(CompletableFuture::join);
            monitor.registerOutputs(stack.urn(), recorded.stackOutputs()).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RegistrationFailed failed) {
                throw new ProgramFailed("nothing more is imported, because a resource failed", failed);
            }
            throw e;
        }
    }

    /** What is recorded stays as it is, whatever is declared of it here; it only has to be there for its children. */
    private void declareRecorded(Urn urn, Set<Urn> declared, ResourceMonitor monitor) {
        if (!declared.add(urn)) {
            return;
        }
        ResourceState state =
                recorded.find(urn).orElseThrow(() -> new RegistrationFailed("there is no resource " + urn));
        state.parent().ifPresent(parent -> declareRecorded(parent, declared, monitor));
        monitor.register(goal(
                        state.type(), urn.name(), state.custom(), state.parent(), state.provider(), GoalOptions.NONE))
                .join();
    }

    private Goal goal(Import item, Urn stack) {
        GoalOptions none = GoalOptions.NONE;
        var options = new GoalOptions(
                Optional.of(item.protect()),
                none.retainOnDelete(),
                none.deleteBeforeReplace(),
                none.ignoreChanges(),
                none.replaceOnChanges(),
                none.additionalSecretOutputs(),
                none.aliases(),
                item.id(),
                none.deletedWith(),
                none.timeouts(),
                item.version());
        Optional<String> provider = item.provider().map(urn -> recorded.find(urn)
                .map(ResourceState::reference)
                .orElseThrow(() -> new RegistrationFailed("there is no provider " + urn)));
        return goal(
                item.type(),
                item.name(),
                item.id().isPresent(),
                Optional.of(item.parent().orElse(stack)),
                provider,
                options);
    }

    private static Goal goal(
            String type,
            String name,
            boolean custom,
            Optional<Urn> parent,
            Optional<String> provider,
            GoalOptions options) {
        return new Goal(type, name, custom, parent, PropertyMap.EMPTY, Set.of(), Map.of(), provider, Map.of(), options);
    }
}
