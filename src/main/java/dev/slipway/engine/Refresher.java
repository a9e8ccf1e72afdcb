package dev.slipway.engine;

import dev.slipway.engine.EngineEvent.StepInfo;
import dev.slipway.engine.state.Change;
import dev.slipway.engine.state.Ledger;
import dev.slipway.engine.state.ResourceState;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import dev.slipway.protocol.InitializationFailed;
import dev.slipway.protocol.PropertyDiff;
import dev.slipway.protocol.ProviderException;
import dev.slipway.protocol.ReadRequest;
import dev.slipway.protocol.ReadResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Asks the providers what is really there, and records that. */
final class Refresher {
    private final Run run;
    private final ProviderRegistry providers;
    private final Workers workers;

    Refresher(Run run, ProviderRegistry providers, Workers workers) {
        this.run = run;
        this.providers = providers;
        this.workers = workers;
    }

    /** What was found of one resource; no state when it is gone. */
    private record Finding(Ledger.Entry entry, Optional<ResourceState> state) {}

    /**
     * Everything that a provider manages and that the run may touch.
     *
     * @throws StepFailure as {@link #refresh}, and when something was named that is not recorded
     */
    void refreshSelected() {
        List<Ledger.Entry> entries = run.ledger().entries();
        Set<Urn> recorded = entries.stream().map(entry -> entry.state().urn()).collect(Collectors.toSet());
        List<Urn> named = new ArrayList<>(run.scope().namedTargets());
        named.addAll(run.scope().namedExcludes());
        run.requireThere(named, recorded::contains);
        Predicate<Urn> selected = run.scope().refreshable(entries);
        refresh(
                entries.stream()
                        .filter(entry -> selected.test(entry.state().urn()))
                        .toList(),
                List.of());
    }

    /**
     * @param settle the pending operations that are resolved by this
     * @throws StepFailure when a resource could not be read; what was found of the others is recorded
     */
    void refresh(List<Ledger.Entry> entries, List<Integer> settle) {
        List<Ledger.Entry> asked =
                entries.stream().filter(entry -> isReadable(entry.state())).toList();
        Queue<StepFailure> failures = new ConcurrentLinkedQueue<>();
        List<Finding> findings = workers.all(asked, entry -> read(entry, failures));
        record(findings, failures.isEmpty() ? settle : List.of());
        if (!failures.isEmpty()) {
            throw failures.element();
        }
    }

    private Finding read(Ledger.Entry entry, Queue<StepFailure> failures) {
        try {
            return read(entry);
        } catch (StepFailure e) {
            failures.add(e);
            return new Finding(entry, Optional.of(entry.state()));
        }
    }

    private void record(List<Finding> findings, List<Integer> settle) {
        List<Integer> gone = new ArrayList<>();
        Map<Integer, ResourceState> found = new LinkedHashMap<>();
        for (Finding finding : findings) {
            Ledger.Entry entry = finding.entry();
            if (finding.state().isEmpty()) {
                gone.add(entry.key());
            } else if (!finding.state().get().equals(entry.state())) {
                found.put(entry.key(), finding.state().get());
            }
        }
        if (!gone.isEmpty()) {
            new Pruning(gone).prune(run.ledger().entries(), found);
        }
        if (!gone.isEmpty() || !found.isEmpty() || !settle.isEmpty()) {
            // One change for all: what is left never refers to what is gone.
            run.ledger().record(Change.NONE.remove(gone).set(found).settle(settle));
        }
    }

    private static boolean isReadable(ResourceState state) {
        return state.custom() && !state.isProvider() && !state.marks().pendingReplacement();
    }

    private Finding read(Ledger.Entry entry) {
        if (run.cancelled()) {
            throw new StepFailure("cancelled");
        }
        ResourceState state = entry.state();
        Instant start = run.clock().instant();
        var info = new StepInfo(Op.REFRESH, state.urn(), Optional.of(state), Optional.of(state), List.of());
        run.events().started(info);
        try {
            Finding finding = ask(entry);
            run.events().done(result(finding), since(start));
            return finding;
        } catch (RuntimeException e) {
            StepFailure failure = run.fail(
                    state.urn(), StepGenerator.title(state.urn()) + " could not be read", StepExecutor.detail(e));
            run.events().failed(info, since(start));
            throw failure;
        }
    }

    private Finding ask(Ledger.Entry entry) {
        ResourceState state = entry.state();
        String provider = state.provider()
                .orElseThrow(() -> new ProviderException("The record does not say which provider manages it."));
        try {
            ReadResponse response = providers
                    .get(provider)
                    .read(new ReadRequest(
                            state.id(),
                            state.urn(),
                            state.inputs(),
                            state.outputs(),
                            Seconds.duration(state.options().timeouts().read())));
            if (response.gone()) {
                return new Finding(entry, Optional.empty());
            }
            ResourceState found = merged(state, response.id(), response.inputs(), response.outputs());
            return new Finding(entry, Optional.of(found.withInitErrors(List.of())));
        } catch (InitializationFailed e) {
            String reasons = String.join("\n", e.reasons());
            run.events()
                    .tell(Diagnostic.warning(
                            state.urn(),
                            StepGenerator.title(state.urn()) + " is there but not as it should be",
                            reasons));
            ResourceState found = merged(state, e.id(), e.inputs(), e.outputs()).withInitErrors(e.reasons());
            return new Finding(entry, Optional.of(found));
        }
    }

    /** What was secret stays secret: a provider that reads the real thing can't know. */
    private static ResourceState merged(ResourceState state, String id, PropertyMap inputs, PropertyMap outputs) {
        PropertyMap newInputs = inputs.values().isEmpty() ? state.inputs() : asSecret(state.inputs(), inputs);
        PropertyMap newOutputs = Secrecy.spread(
                newInputs, asSecret(state.outputs(), outputs), state.options().additionalSecretOutputs());
        return state.withId(id).withInputs(newInputs).withOutputs(newOutputs);
    }

    private static PropertyMap asSecret(PropertyMap olds, PropertyMap news) {
        var values = new LinkedHashMap<String, PropertyValue>();
        news.values().forEach((key, value) -> {
            Optional<PropertyValue> old = olds.get(key);
            boolean was = old.map(PropertyValue::containsSecret).orElse(false);
            boolean same = was && old.get().reveal().equals(value.reveal());
            PropertyValue hidden = was && !value.containsSecret() ? new PropertyValue.Secret(value) : value;
            values.put(key, same ? old.get() : hidden);
        });
        return new PropertyMap(values);
    }

    private static StepInfo result(Finding finding) {
        ResourceState old = finding.entry().state();
        Urn urn = old.urn();
        if (finding.state().isEmpty()) {
            return new StepInfo(Op.DELETE, urn, Optional.of(old), Optional.empty(), List.of());
        }
        ResourceState now = finding.state().get();
        List<PropertyDiff> diffs = new ArrayList<>(Differ.structural(old.outputs(), now.outputs()));
        if (diffs.isEmpty()) {
            diffs.addAll(Differ.structural(old.inputs(), now.inputs()));
        }
        Op op = diffs.isEmpty() && old.id().equals(now.id()) ? Op.SAME : Op.UPDATE;
        return new StepInfo(op, urn, Optional.of(old), Optional.of(now), diffs);
    }

    private Duration since(Instant start) {
        return Duration.between(start, run.clock().instant());
    }
}
