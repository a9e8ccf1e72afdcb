package dev.slipway.engine;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.protocol.CreateRequest;
import dev.slipway.protocol.CreateResponse;
import dev.slipway.protocol.DeleteRequest;
import dev.slipway.protocol.ProviderException;
import dev.slipway.protocol.ReadRequest;
import dev.slipway.protocol.ReadResponse;
import dev.slipway.protocol.UpdateRequest;
import dev.slipway.protocol.UpdateResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What really exists, in a test: resources by name, and every call that touched them. A creation takes over a resource of the same name that
 * the same URN made, as a good provider does; anybody else's is a failure.
 */
final class World {
    private final Map<String, Thing> things = new TreeMap<>();
    final List<String> calls = new ArrayList<>();

    record Thing(String urn, PropertyMap inputs) {}

    synchronized CreateResponse create(CreateRequest request) {
        Optional<String> name = request.inputs().text("name");
        if (request.preview()) {
            return new CreateResponse("", request.inputs().with("url", PropertyValue.Unknown.VALUE));
        }
        String id = "id-" + name.orElseThrow();
        Thing there = things.get(id);
        if (there != null && !there.urn().equals(request.urn().text())) {
            throw new ProviderException("there is a " + id + " already");
        }
        calls.add("create " + request.urn().name());
        things.put(id, new Thing(request.urn().text(), request.inputs()));
        return new CreateResponse(id, outputs(request.inputs(), id));
    }

    synchronized UpdateResponse update(UpdateRequest request) {
        if (!request.preview()) {
            calls.add("update " + request.urn().name());
            if (!things.containsKey(request.id())) {
                throw new ProviderException("there is no " + request.id());
            }
            things.put(request.id(), new Thing(request.urn().text(), request.newInputs()));
        }
        return new UpdateResponse(outputs(request.newInputs(), request.id()));
    }

    synchronized ReadResponse read(ReadRequest request) {
        Thing thing = things.get(request.id());
        return thing == null
                ? ReadResponse.GONE
                : new ReadResponse(request.id(), thing.inputs(), outputs(thing.inputs(), request.id()));
    }

    synchronized void delete(DeleteRequest request) {
        calls.add("delete " + request.urn().name());
        things.remove(request.id());
    }

    synchronized void put(String id, PropertyMap inputs) {
        things.put(id, new Thing("somebody", inputs));
    }

    synchronized void vanish(String id) {
        things.remove(id);
    }

    synchronized List<String> ids() {
        return List.copyOf(things.keySet());
    }

    synchronized Map<String, Thing> things() {
        return new TreeMap<>(things);
    }

    private static PropertyMap outputs(PropertyMap inputs, String id) {
        return inputs.with("url", PropertyValue.of("http://" + id));
    }
}
