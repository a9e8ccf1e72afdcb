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
import java.util.TreeMap;

/**
 * What really exists in a generated test, in regions: each configured provider sees one. A creation takes over what this stack made under the
 * same name; somebody else's thing is a failure. What is deleted takes along the things that name it as their owner.
 */
final class Realm {
    static final String OWNER = "owner";
    static final String LINK = "link";

    private final Map<String, Thing> things = new TreeMap<>();
    private final List<Misuse> misuses = new ArrayList<>();
    final List<String> calls = new ArrayList<>();

    /** @param ours whether this stack made it */
    record Thing(PropertyMap inputs, boolean ours) {
        /** What is not deleted with its declaration may be left over. */
        boolean mayStay() {
            return inputs.text("keep").isPresent();
        }
    }

    synchronized CreateResponse create(String region, CreateRequest request) {
        if (request.preview()) {
            return new CreateResponse("", request.inputs().with("url", PropertyValue.Unknown.VALUE));
        }
        String id = region + "/" + request.inputs().text("name").orElseThrow();
        Thing there = things.get(id);
        if (there != null && !there.ours()) {
            throw new ProviderException("there is a " + id + " already");
        }
        calls.add("create " + request.urn().name());
        things.put(id, new Thing(request.inputs().reveal(), true));
        return new CreateResponse(id, outputs(request.inputs(), id));
    }

    synchronized UpdateResponse update(String region, UpdateRequest request) {
        if (!request.preview()) {
            calls.add("update " + request.urn().name());
            Thing there = things.get(request.id());
            if (there == null || !request.id().startsWith(region)) {
                throw new ProviderException("there is no " + request.id() + " in " + region);
            }
            things.put(request.id(), new Thing(request.newInputs().reveal(), there.ours()));
        }
        return new UpdateResponse(outputs(request.newInputs(), request.id()));
    }

    synchronized ReadResponse read(String region, ReadRequest request) {
        Thing thing = request.id().startsWith(region) ? things.get(request.id()) : null;
        return thing == null
                ? ReadResponse.GONE
                : new ReadResponse(request.id(), thing.inputs(), outputs(thing.inputs(), request.id()));
    }

    /** What was deleted while another thing used it: right only where the new one can't be made before. */
    record Misuse(String name, String what) {}

    synchronized void delete(String region, DeleteRequest request) {
        calls.add("delete " + request.urn().name());
        if (!request.id().startsWith(region)) {
            throw new IllegalStateException(
                    request.urn() + " is looked for in " + region + " and not where it is: " + request.id());
        }
        things.forEach((id, thing) -> {
            if (thing.inputs().text(LINK).filter(url(request.id())::equals).isPresent()) {
                String what = request.id() + " is deleted while " + id + " uses it";
                misuses.add(new Misuse(request.urn().name(), what));
            }
        });
        remove(request.id());
    }

    private void remove(String id) {
        things.remove(id);
        things.entrySet().stream()
                .filter(entry -> entry.getValue()
                        .inputs()
                        .text(OWNER)
                        .filter(url(id)::equals)
                        .isPresent())
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::remove);
    }

    static String url(String id) {
        return "http://" + id;
    }

    private static PropertyMap outputs(PropertyMap inputs, String id) {
        return inputs.with("url", PropertyValue.of(url(id)));
    }

    synchronized void put(String id, PropertyMap inputs) {
        things.put(id, new Thing(inputs, false));
    }

    synchronized void vanish(String id) {
        things.remove(id);
    }

    synchronized void drift(String id, String key, String value) {
        things.computeIfPresent(
                id, (same, thing) -> new Thing(thing.inputs().with(key, PropertyValue.of(value)), thing.ours()));
    }

    synchronized Map<String, Thing> things() {
        return new TreeMap<>(things);
    }

    /** Emptied by being asked. */
    synchronized List<Misuse> misuses() {
        List<Misuse> all = List.copyOf(misuses);
        misuses.clear();
        return all;
    }
}
