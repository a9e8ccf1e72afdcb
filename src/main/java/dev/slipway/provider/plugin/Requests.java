package dev.slipway.provider.plugin;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyPath;
import dev.slipway.property.Urn;
import dev.slipway.property.wire.StructCodec;
import dev.slipway.protocol.Autonaming;
import dev.slipway.protocol.CheckRequest;
import dev.slipway.protocol.CreateRequest;
import dev.slipway.protocol.DeleteRequest;
import dev.slipway.protocol.DiffRequest;
import dev.slipway.protocol.InvokeRequest;
import dev.slipway.protocol.ReadRequest;
import dev.slipway.protocol.UpdateRequest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import pulumirpc.Provider;

/** Reads an engine's requests. */
final class Requests {
    private static final int SEED_BYTES = 32;
    private static final double LONGEST_SECONDS = 1e9;

    private Requests() {}

    static CheckRequest check(Provider.CheckRequest request) {
        return new CheckRequest(
                urn(request.getUrn()),
                Optional.of(StructCodec.fromStruct(request.getOlds()))
                        .filter(olds -> !olds.values().isEmpty()),
                StructCodec.fromStruct(request.getNews()),
                seed(request.getRandomSeed().toByteArray()),
                request.hasAutonaming() ? Optional.of(autonaming(request.getAutonaming())) : Optional.empty());
    }

    /** An engine that has no seed for us wants no plan to be repeated: any will do. */
    private static String seed(byte[] given) {
        byte[] seed = given;
        if (seed.length == 0) {
            seed = new byte[SEED_BYTES];
            new SecureRandom().nextBytes(seed);
        }
        return HexFormat.of().formatHex(seed);
    }

    private static Autonaming autonaming(Provider.CheckRequest.AutonamingOptions options) {
        return new Autonaming(
                options.getProposedName(),
                switch (options.getMode()) {
                    case PROPOSE, UNRECOGNIZED -> Autonaming.Mode.PROPOSE;
                    case ENFORCE -> Autonaming.Mode.ENFORCE;
                    case DISABLE -> Autonaming.Mode.DISABLE;
                });
    }

    /** An engine from before there were old inputs sends none; then the outputs have to do, which repeat them. */
    static DiffRequest diff(Provider.DiffRequest request) {
        PropertyMap outputs = StructCodec.fromStruct(request.getOlds());
        return new DiffRequest(
                request.getId(),
                urn(request.getUrn()),
                request.hasOldInputs() ? StructCodec.fromStruct(request.getOldInputs()) : outputs,
                outputs,
                StructCodec.fromStruct(request.getNews()),
                paths(request.getIgnoreChangesList()));
    }

    static CreateRequest create(Provider.CreateRequest request) {
        return new CreateRequest(
                urn(request.getUrn()),
                StructCodec.fromStruct(request.getProperties()),
                timeout(request.getTimeout()),
                request.getPreview());
    }

    static ReadRequest read(Provider.ReadRequest request) {
        return new ReadRequest(
                request.getId(),
                urn(request.getUrn()),
                StructCodec.fromStruct(request.getInputs()),
                StructCodec.fromStruct(request.getProperties()),
                timeout(request.getTimeout()));
    }

    static UpdateRequest update(Provider.UpdateRequest request) {
        PropertyMap outputs = StructCodec.fromStruct(request.getOlds());
        return new UpdateRequest(
                request.getId(),
                urn(request.getUrn()),
                request.hasOldInputs() ? StructCodec.fromStruct(request.getOldInputs()) : outputs,
                outputs,
                StructCodec.fromStruct(request.getNews()),
                paths(request.getIgnoreChangesList()),
                timeout(request.getTimeout()),
                request.getPreview());
    }

    static DeleteRequest delete(Provider.DeleteRequest request) {
        return new DeleteRequest(
                request.getId(),
                urn(request.getUrn()),
                StructCodec.fromStruct(request.getOldInputs()),
                StructCodec.fromStruct(request.getProperties()),
                timeout(request.getTimeout()));
    }

    static InvokeRequest invoke(Provider.InvokeRequest request) {
        return new InvokeRequest(request.getTok(), StructCodec.fromStruct(request.getArgs()), request.getPreview());
    }

    private static Urn urn(String text) {
        try {
            return new Urn(text);
        } catch (IllegalArgumentException e) {
            throw Failures.invalid(String.valueOf(e.getMessage()));
        }
    }

    private static List<PropertyPath> paths(List<String> texts) {
        try {
            return texts.stream().map(PropertyPath::parse).toList();
        } catch (IllegalArgumentException e) {
            throw Failures.invalid("ignoreChanges: " + e.getMessage());
        }
    }

    /** Seconds; 0 is the provider's own choice. */
    private static Optional<Duration> timeout(double seconds) {
        return seconds > 0
                ? Optional.of(Duration.ofMillis(Math.round(Math.min(seconds, LONGEST_SECONDS) * 1000)))
                : Optional.empty();
    }
}
