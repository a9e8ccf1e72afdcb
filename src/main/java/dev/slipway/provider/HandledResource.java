package dev.slipway.provider;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyPath;
import dev.slipway.property.PropertyValue;
import dev.slipway.protocol.CheckRequest;
import dev.slipway.protocol.CheckResponse;
import dev.slipway.protocol.CreateRequest;
import dev.slipway.protocol.CreateResponse;
import dev.slipway.protocol.DeleteRequest;
import dev.slipway.protocol.DiffRequest;
import dev.slipway.protocol.DiffResponse;
import dev.slipway.protocol.InitializationFailed;
import dev.slipway.protocol.PropertyDiff;
import dev.slipway.protocol.ProviderException;
import dev.slipway.protocol.ProviderHost;
import dev.slipway.protocol.ReadRequest;
import dev.slipway.protocol.ReadResponse;
import dev.slipway.protocol.UpdateRequest;
import dev.slipway.protocol.UpdateResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.stream.Collectors;

/** One handler with the codecs of its records: the protocol's property objects on the outside, records on the inside. */
final class HandledResource<I extends Record, S extends Record> {
    private final ResourceHandler<I, S> handler;
    private final RecordCodec<I> inputs;
    private final RecordCodec<S> state;
    private final ProviderHost host;

    HandledResource(ResourceHandler<I, S> handler, ProviderHost host) {
        this.handler = handler;
        this.inputs = RecordCodec.of(handler.inputs());
        this.state = RecordCodec.of(handler.state());
        this.host = host;
    }

    CheckResponse check(CheckRequest given) {
        var request = new CheckRequest(
                given.urn(), given.olds(), inputs.withDefaults(given.news()), given.randomSeed(), given.autonaming());
        Decoded<I> decoded = inputs.decode(request.news());
        I value = decoded.value();
        if (value == null) {
            return new CheckResponse(request.news(), decoded.failures());
        }
        var checking = new Checking<>(request, value, decoded, host);
        handler.physicalName().ifPresent(checking::nameIfAbsent);
        handler.check(checking);
        return checking.response();
    }

    DiffResponse diff(DiffRequest request) {
        var diffs = new ArrayList<>(InputDiff.between(inputs, request));
        Decoded<I> news = inputs.decode(request.newInputs());
        S recorded = state.decodeRecorded(request.oldOutputs()).value();
        I olds = inputs.decodeRecorded(request.oldInputs()).value();
        if (news.value() != null
                && recorded != null
                && olds != null
                && news.unknown().isEmpty()) {
            handler.drift(new ResourceHandler.Drift<>(request.urn(), olds, news.value(), recorded)).stream()
                    .filter(drift -> !InputDiff.ignored(drift.path(), request.ignoreChanges()))
                    .forEach(diffs::add);
        }
        if (!(handler instanceof ResourceHandler.Updatable)) {
            diffs.replaceAll(diff -> new PropertyDiff(diff.path(), diff.kind().asReplace(), diff.reason()));
        }
        boolean replaces = diffs.stream().anyMatch(diff -> diff.kind().replaces());
        return new DiffResponse(diffs, replaces && nameIsTaken(request), handler.stables());
    }

    /**
     * Whether the replacement would want the name that the old resource still has. A name that was made automatically doesn't count: the
     * engine checks a replacement afresh, without the old inputs, and so gets another name.
     */
    private boolean nameIsTaken(DiffRequest request) {
        return handler.physicalName()
                .filter(name -> {
                    Optional<String> old = request.oldInputs().text(name.property());
                    return old.isPresent()
                            && old.equals(request.newInputs().text(name.property()))
                            && !AutoName.madeIn(request.oldInputs(), request.urn(), name);
                })
                .isPresent();
    }

    CreateResponse create(CreateRequest request) {
        if (request.preview()) {
            return new CreateResponse("", known(request.inputs()));
        }
        try {
            var made = handler.create(
                    new ResourceHandler.Create<>(request.urn(), require(request.inputs()), request.timeout()));
            return new CreateResponse(made.id(), Secrets.carry(request.inputs(), state.encode(made.state())));
        } catch (Unhealthy e) {
            throw initializationFailed(e, request.inputs(), request.inputs());
        }
    }

    UpdateResponse update(UpdateRequest request) {
        if (!(handler instanceof ResourceHandler.Updatable<I, S> updatable)) {
            throw new ProviderException(request.urn().type() + " can't be changed in place; it has to be replaced");
        }
        if (request.preview()) {
            var outputs = new LinkedHashMap<String, PropertyValue>();
            handler.stables()
                    .forEach(name -> request.oldOutputs().get(name).ifPresent(value -> outputs.put(name, value)));
            outputs.putAll(known(request.newInputs()).values());
            return new UpdateResponse(new PropertyMap(outputs));
        }
        try {
            S updated = updatable.update(new ResourceHandler.Update<>(
                    request.id(),
                    request.urn(),
                    recorded(inputs, request.oldInputs()),
                    recorded(state, request.oldOutputs()),
                    require(request.newInputs()),
                    request.timeout()));
            return new UpdateResponse(Secrets.carry(request.newInputs(), state.encode(updated)));
        } catch (Unhealthy e) {
            throw initializationFailed(e, request.newInputs(), request.oldInputs());
        }
    }

    ReadResponse read(ReadRequest request) {
        boolean importing = request.inputs().values().isEmpty()
                && request.outputs().values().isEmpty();
        var call = new ResourceHandler.Read<I, S>(
                request.id(),
                request.urn(),
                importing ? Optional.empty() : Optional.of(recorded(inputs, request.inputs())),
                importing ? Optional.empty() : Optional.of(recorded(state, request.outputs())));
        return handler.read(call)
                .map(found -> {
                    PropertyMap really = inputs.withDefaults(inputs.encode(found.inputs()));
                    PropertyMap told = importing ? really : onlyGiven(request.inputs(), really);
                    return new ReadResponse(
                            found.id(),
                            Secrets.carry(request.inputs(), told),
                            Secrets.carry(request.inputs(), inputs.withDefaults(state.encode(found.state()))));
                })
                .orElse(ReadResponse.GONE);
    }

    void delete(DeleteRequest request) {
        handler.delete(new ResourceHandler.Delete<>(
                request.id(), request.urn(), recorded(state, request.outputs()), request.timeout()));
    }

    /** The inputs that a program gave, with the values that are really there: what it left to the cloud stays left to the cloud. */
    private static PropertyMap onlyGiven(PropertyMap given, PropertyMap really) {
        var told = new LinkedHashMap<String, PropertyValue>();
        given.values().forEach((name, value) -> {
            if (name.startsWith("__")) {
                told.put(name, value);
            }
            really.get(name).ifPresent(seen -> told.put(name, equalMeaning(value, seen) ? value : seen));
        });
        return new PropertyMap(told);
    }

    private static boolean equalMeaning(PropertyValue given, PropertyValue seen) {
        PropertyValue open = given.reveal();
        if (open instanceof PropertyMap part && seen instanceof PropertyMap whole) {
            return part.values().entrySet().stream().allMatch(entry -> whole.get(entry.getKey())
                    .filter(entry.getValue()::equals)
                    .isPresent());
        }
        return open.equals(seen);
    }

    /**
     * What a preview can say of the outputs: the inputs, without those that hold an unknown, and without a record whose other members are the
     * cloud's choice.
     */
    private PropertyMap known(PropertyMap given) {
        var known = new LinkedHashMap<String, PropertyValue>();
        for (RecordCodec.Property property : state.properties()) {
            given.get(property.name())
                    .filter(value -> !value.containsUnknown() && complete(property.shape(), value.reveal()))
                    .ifPresent(value -> known.put(property.name(), value));
        }
        return new PropertyMap(known);
    }

    private static boolean complete(Shape shape, PropertyValue value) {
        if (!(shape instanceof Shape.Nested nested)) {
            return true;
        }
        return value instanceof PropertyMap members
                && nested.codec().properties().stream().allMatch(member -> members.get(member.name())
                        .filter(inner -> complete(member.shape(), inner))
                        .isPresent());
    }

    private I require(PropertyMap values) {
        Decoded<I> decoded = inputs.decode(values);
        I value = decoded.value();
        boolean complete = decoded.failures().isEmpty() && decoded.unknown().isEmpty();
        if (value == null || !complete) {
            String wrong = decoded.failures().stream()
                    .map(failure -> failure.path() + ": " + failure.reason())
                    .collect(Collectors.joining("; "));
            throw new ProviderException("expected checked and known inputs: " + wrong
                    + decoded.unknown().stream()
                            .map(PropertyPath::toString)
                            .collect(Collectors.joining(", ", " unknown: ", "")));
        }
        return value;
    }

    private static <R extends Record> R recorded(RecordCodec<R> codec, PropertyMap values) {
        R value = codec.decodeRecorded(values).value();
        if (value == null) {
            throw new ProviderException("the recorded properties can't be read; refresh the stack, then try again");
        }
        return value;
    }

    private InitializationFailed initializationFailed(Unhealthy failure, PropertyMap news, PropertyMap olds) {
        PropertyMap inForce = failure.oldInputsInForce() ? olds : news;
        PropertyMap outputs = state.encodeAny(failure.state());
        return new InitializationFailed(
                failure.id(),
                inForce,
                Secrets.carry(news, Secrets.carry(olds, outputs)),
                failure.reasons().stream()
                        .map(reason -> Secrets.redact(olds, Secrets.redact(news, reason)))
                        .toList());
    }
}
