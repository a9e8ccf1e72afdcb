package dev.slipway.cloud.registry;

import dev.slipway.cloud.http.HttpExchange;
import dev.slipway.cloud.registry.RepositoryDirectory.Rules;
import dev.slipway.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code /v2/NAME/blobs/DIGEST}: reads blobs, whole or one range of one. */
final class BlobEndpoint {
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

    private final RegistryContent content;

    BlobEndpoint(RegistryContent content) {
        this.content = content;
    }

    void handle(HttpExchange exchange, Client client, Route route, Rules rules) throws IOException {
        Digest digest = Registry.digest(route.last());
        boolean head = exchange.method().equals("HEAD");
        if (!head) {
            rules.upstream().fetchBlob(client, route.repository(), digest);
        }
        Optional<Long> there =
                head ? content.promiseBlob(route.repository(), digest) : content.blobSize(route.repository(), digest);
        long size = there.orElseThrow(
                () -> RegistryException.blobUnknown("the repository " + route.repository() + " has no blob " + digest));
        exchange.setHeader("Docker-Content-Digest", digest.toString());
        if (head) {
            describe(exchange, digest);
            exchange.respond(200, size, InputStream.nullInputStream());
        } else {
            send(exchange, digest, size, content.openBlob(digest));
        }
    }

    private static void describe(HttpExchange exchange, Digest digest) {
        exchange.setHeader("Content-Type", "application/octet-stream");
        exchange.setHeader("ETag", '"' + digest.toString() + '"');
        exchange.setHeader("Accept-Ranges", "bytes");
    }

    /** Sends a blob, or the one range of it that is asked for, and closes it. */
    static void send(HttpExchange exchange, Digest digest, long size, FileChannel blob) throws IOException {
        Optional<Range> range = exchange.header("Range").flatMap(header -> Range.parse(header, size));
        if (range.isPresent() && !range.get().isWithin(size)) {
            blob.close();
            exchange.setHeader("Content-Range", "bytes */" + size);
            throw new RegistryException(416, "SIZE_INVALID", "the blob has " + size + " bytes");
        }
        describe(exchange, digest);
        if (range.isEmpty()) {
            exchange.respond(200, blob, 0, size);
        } else {
            Range part = range.get();
            exchange.setHeader("Content-Range", "bytes " + part.first() + "-" + part.last() + "/" + size);
            exchange.respond(206, blob, part.first(), part.length());
        }
    }

    /** Both ends count. */
    private record Range(long first, long last) {
        /** Empty for what a server may ignore: other units, several ranges, no numbers. */
        static Optional<Range> parse(String header, long size) {
            Matcher match = RANGE.matcher(header.strip());
            if (!match.matches() || (match.group(1).isEmpty() && match.group(2).isEmpty())) {
                return Optional.empty();
            }
            if (match.group(1).isEmpty()) {
                long wanted = Long.parseLong(match.group(2));
                return Optional.of(new Range(wanted == 0 ? size : Math.max(0, size - wanted), size - 1));
            }
            long last = match.group(2).isEmpty() ? size - 1 : Math.min(Long.parseLong(match.group(2)), size - 1);
            return Optional.of(new Range(Long.parseLong(match.group(1)), last));
        }

        boolean isWithin(long size) {
            return first < size && first <= last;
        }

        long length() {
            return last - first + 1;
        }
    }
}
