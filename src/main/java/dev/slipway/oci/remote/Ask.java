package dev.slipway.oci.remote;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One request to a registry.
 *
 * @param doing what it is for, for a person: "read the manifest of …"
 * @param repository which one the conversation is about; each has a token of its own
 * @param patience how long the registry may be silent
 */
record Ask(
        String doing,
        String repository,
        String method,
        URI target,
        Duration patience,
        String accept,
        Optional<Content> content) {
    private static final String ANYTHING = "*/*";

    Ask(String doing, String repository, String method, URI target, Duration patience) {
        this(doing, repository, method, target, patience, ANYTHING, Optional.empty());
    }

    static Ask get(String doing, String repository, URI target, Duration patience) {
        return new Ask(doing, repository, "GET", target, patience);
    }

    /** This with the {@code Accept} header. */
    Ask accepting(String types) {
        return new Ask(doing, repository, method, target, patience, types, content);
    }

    Ask with(Content body) {
        return new Ask(doing, repository, method, target, patience, accept, Optional.of(body));
    }

    /** Whether it can be sent again. */
    boolean repeatable() {
        return content.isEmpty() || !content.get().streamed();
    }

    /**
     * What is sent: bytes in memory, or a stream that is read once.
     *
     * @param type the {@code Content-Type}
     * @param length bytes
     */
    record Content(String type, long length, boolean streamed, Supplier<InputStream> source) {
        static Content of(String type, byte[] bytes) {
            return new Content(type, bytes.length, false, () -> new ByteArrayInputStream(bytes));
        }

        static Content of(String type, long length, InputStream once) {
            return new Content(type, length, true, () -> once);
        }
    }
}
