package dev.slipway.engine;

import dev.slipway.engine.state.Change;
import dev.slipway.engine.state.Ledger;
import dev.slipway.engine.state.PendingOperation;
import dev.slipway.engine.state.PendingOperation.Kind;
import dev.slipway.engine.state.ResourceState;
import dev.slipway.property.Urn;
import dev.slipway.protocol.ProviderException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Resolves what a run left unfinished when its process died: names it, and asks the provider what became of it. */
final class Leftovers {
    private final Run run;
    private final ProviderRegistry providers;
    private final Refresher refresher;
    private final StepExecutor executor;

    Leftovers(Run run, ProviderRegistry providers, Refresher refresher, StepExecutor executor) {
        this.run = run;
        this.providers = providers;
        this.refresher = refresher;
        this.executor = executor;
    }

    /** Updates and deletions are read: what is there becomes what is recorded. Creations wait until it is clear whether they are wanted. */
    void resolve() {
        List<Ledger.Entry> asked = new ArrayList<>();
        List<Integer> settled = new ArrayList<>();
        Map<Integer, PendingOperation> leftovers = run.ledger().leftovers();
        leftovers.forEach((position, operation) -> {
            boolean creation = operation.kind() == Kind.CREATING;
            warn(operation, creation);
            if (!creation) {
                settled.add(position);
                recorded(operation).ifPresent(entry -> {
                    if (asked.stream().noneMatch(other -> other.key() == entry.key())) {
                        asked.add(entry);
                    }
                });
            }
        });
        if (!settled.isEmpty()) {
            refresher.refresh(withFollowers(asked), settled);
        }
    }

    /** What was deleted may have taken others along ({@code deletedWith}). */
    private List<Ledger.Entry> withFollowers(List<Ledger.Entry> asked) {
        Set<Integer> keys = asked.stream().map(Ledger.Entry::key).collect(Collectors.toSet());
        Set<Urn> names =
                asked.stream().map(entry -> entry.state().urn()).collect(Collectors.toCollection(HashSet::new));
        List<Ledger.Entry> all = new ArrayList<>();
        for (Ledger.Entry entry : run.ledger().entries()) {
            Urn owner = entry.state().links().deletedWith();
            if (keys.contains(entry.key()) || owner != null && names.contains(owner)) {
                all.add(entry);
                names.add(entry.state().urn());
            }
        }
        return all;
    }

    private void warn(PendingOperation operation, boolean creation) {
        ResourceState resource = operation.resource();
        String doing = operation.kind().name().toLowerCase(Locale.ROOT);
        String next = creation
                ? "It may or may not exist. Its provider is asked to make it with the same inputs, and takes over what is there already."
                : "Its provider is asked what is there now.";
        run.events()
                .tell(Diagnostic.warning(
                        resource.urn(),
                        "an earlier run was interrupted while " + doing + " " + StepGenerator.title(resource.urn()),
                        next));
    }

    private Optional<Ledger.Entry> recorded(PendingOperation operation) {
        ResourceState resource = operation.resource();
        return run.ledger().entries().stream()
                .filter(entry -> entry.state().urn().equals(resource.urn())
                        && entry.state().id().equals(resource.id()))
                .findFirst();
    }

    /**
     * Finishes those interrupted creations that no step of this run has resolved, and marks what they made for deletion. Made with the same
     * inputs, the provider finds the resource when it is there.
     */
    void reclaim() {
        if (run.preview()) {
            return;
        }
        run.ledger().leftovers().forEach((position, operation) -> {
            if (operation.kind() == Kind.CREATING
                    && run.scope().names(operation.resource().urn())) {
                reclaim(position, operation.resource());
            }
        });
    }

    private void reclaim(int position, ResourceState resource) {
        if (resource.isProvider() || resource.provider().isEmpty()) {
            // A provider exists only inside the process that died.
            run.ledger().record(Change.NONE.settle(List.of(position)));
            return;
        }
        try {
            var provider = providers.get(resource.provider().get());
            executor.execute(new ReclaimStep(position, resource, provider, run.ledger(), run.clock()));
        } catch (ProviderException e) {
            throw run.fail(
                    resource.urn(),
                    StepGenerator.title(resource.urn()) + " may be left over",
                    String.valueOf(e.getMessage()));
        }
    }
}
