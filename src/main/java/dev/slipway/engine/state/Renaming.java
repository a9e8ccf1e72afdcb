package dev.slipway.engine.state;

import dev.slipway.engine.state.ResourceState.Links;
import dev.slipway.property.Urn;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes references to a resource follow when it is found under another name (an alias), and with them what it replaced and still has the former
 * name: a reference does not say which of them it means.
 */
record Renaming(Map<Urn, Urn> names) {
    ResourceState apply(ResourceState state) {
        if (names.isEmpty()) {
            return state;
        }
        Links links = state.links();
        Map<String, List<Urn>> byProperty = new TreeMap<>();
        links.propertyDependencies().forEach((property, urns) -> byProperty.put(property, all(urns)));
        return state.withUrn(name(state.urn()))
                .withLinks(new Links(
                        links.parent() == null ? null : name(links.parent()),
                        all(links.dependencies()),
                        byProperty,
                        links.provider() == null ? null : provider(links.provider()),
                        links.deletedWith() == null ? null : name(links.deletedWith())));
    }

    /** Everything under its new name, pending operations too. */
    Snapshot rename(Snapshot snapshot) {
        return new Snapshot(
                snapshot.time(),
                snapshot.version(),
                snapshot.secretsState(),
                snapshot.resources().stream().map(this::rename).toList(),
                snapshot.pending().stream()
                        .map(operation -> new PendingOperation(rename(operation.resource()), operation.kind()))
                        .toList());
    }

    private ResourceState rename(ResourceState state) {
        return apply(state).withUrn(name(state.urn()));
    }

    private List<Urn> all(List<Urn> urns) {
        return urns.stream().map(this::name).distinct().toList();
    }

    private Urn name(Urn urn) {
        return names.getOrDefault(urn, urn);
    }

    String provider(String reference) {
        if (names.isEmpty() || !reference.contains("::")) {
            return reference;
        }
        var parsed = ProviderReference.parse(reference);
        return new ProviderReference(name(parsed.urn()), parsed.id()).toString();
    }
}
