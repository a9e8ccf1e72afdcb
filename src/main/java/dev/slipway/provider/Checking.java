package dev.slipway.provider;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyPath;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import dev.slipway.protocol.Autonaming;
import dev.slipway.protocol.CheckFailure;
import dev.slipway.protocol.CheckRequest;
import dev.slipway.protocol.CheckResponse;
import dev.slipway.protocol.ProviderHost;
import dev.slipway.protocol.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One check of a resource's inputs: what is known of them, and what a handler finds. A handler adds failures, defaults and warnings; it
 * must be deterministic.
 *
 * @param <I> the inputs' record; a component is null when it is absent, wrong or unknown
 */
public final class Checking<I extends Record> {
    private final CheckRequest request;
    private final I inputs;
    private final Set<PropertyPath> unknown;
    private final ProviderHost host;
    private final List<CheckFailure> failures;
    private PropertyMap checked;

    Checking(CheckRequest request, I inputs, Decoded<I> decoded, ProviderHost host) {
        this.request = request;
        this.inputs = inputs;
        this.unknown = decoded.unknown();
        this.failures = new ArrayList<>(decoded.failures());
        this.host = host;
        this.checked = request.news();
    }

    public Urn urn() {
        return request.urn();
    }

    public I inputs() {
        return inputs;
    }

    /** The inputs as they came, for the names inside of maps whose values are not known yet. */
    public PropertyMap news() {
        return request.news();
    }

    /** What the inputs have by now, with the defaults that were set. */
    public Optional<PropertyValue> checked(String property) {
        return checked.get(property);
    }

    /** The checked inputs of the last successful run. */
    public Optional<PropertyMap> olds() {
        return request.olds();
    }

    /** Whether a property, or anything in it, will be known only after an operation. */
    public boolean unknown(String property) {
        return unknown.stream().anyMatch(path -> path.topLevel().equals(property));
    }

    /** Whether a property is neither given nor to be known later. */
    public boolean absent(String property) {
        return !unknown(property)
                && request.news().get(property).map(PropertyValue::reveal).orElse(PropertyValue.Null.VALUE)
                        instanceof PropertyValue.Null;
    }

    /** Notes that the value at a property can't be used, and why. */
    public void fail(String property, String reason) {
        fail(PropertyPath.of(property), reason);
    }

    /** Notes that the value at a path can't be used, and why. */
    public void fail(PropertyPath path, String reason) {
        failures.add(new CheckFailure(path, reason));
    }

    /** Tells a person something that doesn't stop the run. */
    public void warn(String message) {
        host.log(Severity.WARNING, Optional.of(request.urn()), message, false);
    }

    /** Sets a default or a normal form; what was secret stays secret. */
    public void set(String property, PropertyValue value) {
        boolean secret =
                checked.get(property).map(PropertyValue::containsSecret).orElse(false);
        checked = checked.with(property, secret ? new PropertyValue.Secret(value) : value);
    }

    /** Gives the resource a physical name when the program gave none; one made in an earlier run is kept. */
    void nameIfAbsent(ResourceHandler.PhysicalName physical) {
        String property = physical.property();
        if (!absent(property)) {
            return;
        }
        Optional<String> kept = request.olds()
                .filter(olds -> AutoName.madeIn(olds, request.urn(), physical))
                .flatMap(olds -> olds.text(property));
        Optional<Autonaming> wish = request.autonaming();
        if (wish.isEmpty()) {
            set(
                    property,
                    PropertyValue.of(kept.orElseGet(() -> AutoName.of(request.urn(), request.randomSeed(), physical))));
        } else if (wish.get().mode() == Autonaming.Mode.DISABLE) {
            fail(property, "required, because automatic names are switched off (pulumi:autonaming)");
        } else {
            set(property, PropertyValue.of(kept.orElseGet(() -> AutoName.fitted(wish.get(), physical))));
            checked = AutoName.remember(checked, property);
        }
    }

    CheckResponse response() {
        return new CheckResponse(checked, failures);
    }
}
