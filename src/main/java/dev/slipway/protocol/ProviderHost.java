package dev.slipway.protocol;

import dev.slipway.property.Urn;
import java.util.Optional;

/** What a provider may ask of whoever runs it. Must not block. */
public interface ProviderHost {
    ProviderHost SILENT = (severity, urn, message, ephemeral) -> {};

    /** Tells a person something. An {@code ephemeral} message is progress: the next one may take its place. */
    void log(Severity severity, Optional<Urn> urn, String message, boolean ephemeral);
}
