package dev.slipway.engine;

import dev.slipway.engine.StepExecutor.Done;
import dev.slipway.engine.state.ResourceState;
import dev.slipway.property.PropertyMap;
import dev.slipway.protocol.ProviderException;
import dev.slipway.protocol.ReadRequest;
import dev.slipway.protocol.ReadResponse;
import dev.slipway.protocol.ResourceProvider;
import java.util.List;
import java.util.Optional;

/** Takes over resources that exist already (the option {@code import}), in the place of a recorded one if there is one. */
final class Imports {
    private final Run run;
    private final Checker checker;
    private final StepExecutor executor;

    Imports(Run run, Checker checker, StepExecutor executor) {
        this.run = run;
        this.checker = checker;
        this.executor = executor;
    }

    /** Whether the goal names an id under which the resource is not managed yet. */
    boolean applies(Found found) {
        Optional<String> id = found.goal().options().importId();
        if (id.isEmpty() || !found.goal().custom()) {
            return false;
        }
        return found.oldState()
                .map(old -> old.marks().external() || !id.get().equals(importedAs(old)))
                .orElse(true);
    }

    private static String importedAs(ResourceState old) {
        String id = old.options().importId();
        return id == null ? old.id() : id;
    }

    Done take(Found found) {
        String id = found.goal().options().importId().orElseThrow();
        ResourceProvider provider = found.provider().orElseThrow();
        ReadResponse there =
                provider.read(new ReadRequest(id, found.urn(), PropertyMap.EMPTY, PropertyMap.EMPTY, Optional.empty()));
        if (there.gone()) {
            throw new ProviderException("It can't be imported: there is none with the id `" + id + "`.");
        }
        boolean adopting = run.request().options().adopting();
        // What is there is where defaults and a generated name come from.
        ResourceState wanted = adopting
                ? checker.adopted(found, there.inputs())
                : checker.wanted(found, Optional.of(there.inputs()), checker.withoutIgnored(found, there.inputs()));
        Optional<ResourceState> replaced =
                found.oldState().filter(old -> !old.marks().pendingReplacement());
        Op op = replaced.isPresent() ? Op.IMPORT_REPLACEMENT : Op.IMPORT;
        var place = found.place(replaced.isPresent());
        Done done = executor.execute(new ImportStep(op, id, wanted, there, place, provider, adopting, run.clock()));
        replaced.ifPresent(old -> executor.execute(new ReplaceStep(old, wanted, List.of())));
        return done;
    }
}
