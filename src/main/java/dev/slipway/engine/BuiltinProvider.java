package dev.slipway.engine;

import dev.slipway.engine.state.Snapshot;
import dev.slipway.engine.state.StackName;
import dev.slipway.engine.state.StateException;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyPath;
import dev.slipway.property.PropertyValue;
import dev.slipway.protocol.CheckFailure;
import dev.slipway.protocol.CheckRequest;
import dev.slipway.protocol.CheckResponse;
import dev.slipway.protocol.CreateRequest;
import dev.slipway.protocol.CreateResponse;
import dev.slipway.protocol.DeleteRequest;
import dev.slipway.protocol.DiffRequest;
import dev.slipway.protocol.DiffResponse;
import dev.slipway.protocol.InvokeRequest;
import dev.slipway.protocol.InvokeResponse;
import dev.slipway.protocol.ProviderException;
import dev.slipway.protocol.ReadRequest;
import dev.slipway.protocol.ReadResponse;
import dev.slipway.protocol.ResourceProvider;
import dev.slipway.protocol.UpdateRequest;
import dev.slipway.protocol.UpdateResponse;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The provider of the package {@code pulumi}: references to other stacks, which are only ever read. */
final class BuiltinProvider implements ResourceProvider {
    static final String PACKAGE = "pulumi";
    private static final String STACK_REFERENCE = "pulumi:pulumi:StackReference";
    private static final int PARTS = 3;

    private final Function<StackName, Snapshot> stacks;

    /** @param stacks what is recorded of another stack; throws {@link StateException} when there is none */
    BuiltinProvider(Function<StackName, Snapshot> stacks) {
        this.stacks = stacks;
    }

    @Override
    public ReadResponse read(ReadRequest request) {
        if (!request.urn().type().equals(STACK_REFERENCE)) {
            throw unsupported(request.urn().type());
        }
        String name = request.inputs().text("name").orElse(request.id());
        PropertyMap outputs;
        try {
            outputs = stacks.apply(parse(name)).stackOutputs();
        } catch (StateException | IllegalArgumentException e) {
            throw new ProviderException("The outputs of the stack `" + name + "` can't be read: " + e.getMessage(), e);
        }
        List<PropertyValue> secrets = outputs.values().entrySet().stream()
                .filter(entry -> entry.getValue().containsSecret())
                .map(Map.Entry::getKey)
                .map(PropertyValue::of)
                .toList();
        PropertyMap answer = PropertyMap.of("name", PropertyValue.of(name))
                .with("outputs", outputs)
                .with("secretOutputNames", PropertyValue.of(secrets));
        return new ReadResponse(name, PropertyMap.of("name", PropertyValue.of(name)), answer);
    }

    private static StackName parse(String name) {
        String[] parts = name.split("/", -1);
        if (parts.length != PARTS) {
            throw new IllegalArgumentException("expected ORGANIZATION/PROJECT/STACK");
        }
        return new StackName(parts[0], parts[1], parts[2]);
    }

    @Override
    public CheckResponse checkConfig(CheckRequest request) {
        return new CheckResponse(request.news(), List.of());
    }

    @Override
    public DiffResponse diffConfig(DiffRequest request) {
        return DiffResponse.NONE;
    }

    @Override
    public void configure(PropertyMap config) {}

    @Override
    public CheckResponse check(CheckRequest request) {
        String reason = "resources of the type " + request.urn().type() + " are not supported here";
        return new CheckResponse(request.news(), List.of(new CheckFailure(PropertyPath.ROOT, reason)));
    }

    @Override
    public DiffResponse diff(DiffRequest request) {
        throw unsupported(request.urn().type());
    }

    @Override
    public CreateResponse create(CreateRequest request) {
        throw unsupported(request.urn().type());
    }

    @Override
    public UpdateResponse update(UpdateRequest request) {
        throw unsupported(request.urn().type());
    }

    @Override
    public void delete(DeleteRequest request) {
        throw unsupported(request.urn().type());
    }

    @Override
    public InvokeResponse invoke(InvokeRequest request) {
        throw unsupported(request.token());
    }

    private static ProviderException unsupported(String what) {
        return new ProviderException("`" + what + "` is not supported here.");
    }

    @Override
    public void cancel() {}

    @Override
    public void close() {}
}
