package dev.slipway.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.Urn;
import dev.slipway.protocol.CheckRequest;
import dev.slipway.protocol.CheckResponse;
import dev.slipway.protocol.CreateRequest;
import dev.slipway.protocol.CreateResponse;
import dev.slipway.protocol.DeleteRequest;
import dev.slipway.protocol.DiffRequest;
import dev.slipway.protocol.InitializationFailed;
import dev.slipway.protocol.ReadRequest;
import dev.slipway.protocol.ResourceProvider;
import dev.slipway.protocol.UpdateRequest;
import java.util.List;
import java.util.Optional;

/** One resource, from its creation to its end, as an engine drives it. */
final class Life {
    private final ResourceProvider provider;
    private final Urn urn;
    String id = "";
    PropertyMap inputs = PropertyMap.EMPTY;
    PropertyMap outputs = PropertyMap.EMPTY;

    Life(ResourceProvider provider, Urn urn) {
        this.provider = provider;
        this.urn = urn;
    }

    void create(PropertyMap news) {
        inputs = checked(news, Optional.empty());
        CreateResponse made = provider.create(new CreateRequest(urn, inputs, Optional.empty(), false));
        id = made.id();
        outputs = made.outputs();
    }

    /** Goes on with what a failed creation recorded. */
    void isThere(InitializationFailed failure) {
        id = failure.id();
        outputs = failure.outputs();
    }

    void update(PropertyMap news) {
        PropertyMap checked = checked(news, Optional.of(inputs));
        assertThat(provider.diff(new DiffRequest(id, urn, inputs, outputs, checked, List.of()))
                        .changes())
                .isTrue();
        outputs = provider.update(
                        new UpdateRequest(id, urn, inputs, outputs, checked, List.of(), Optional.empty(), false))
                .outputs();
        inputs = checked;
    }

    void isAsRecorded() {
        var read = provider.read(new ReadRequest(id, urn, inputs, outputs, Optional.empty()));
        assertThat(read.outputs()).isEqualTo(outputs);
        assertThat(read.inputs()).isEqualTo(inputs);
        assertThat(provider.diff(new DiffRequest(id, urn, inputs, read.outputs(), inputs, List.of()))
                        .diffs())
                .isEmpty();
    }

    void delete() {
        provider.delete(new DeleteRequest(id, urn, inputs, outputs, Optional.empty()));
        assertThat(provider.read(new ReadRequest(id, urn, inputs, outputs, Optional.empty()))
                        .gone())
                .isTrue();
    }

    PropertyMap checked(PropertyMap news, Optional<PropertyMap> olds) {
        CheckResponse response = provider.check(new CheckRequest(urn, olds, news, "5eed".repeat(16)));
        assertThat(response.failures()).isEmpty();
        return response.inputs();
    }
}
