package dev.slipway.cloud.registry;

import dev.slipway.cloud.http.HttpExchange;
import dev.slipway.cloud.registry.RepositoryDirectory.Rules;
import dev.slipway.oci.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
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

    void handle(HttpExchange exchange, Route route, Rules rules) throws IOException {
        Digest digest = Registry.digest(route.last());
        boolean head = exchange.method().equals("HEAD");
        if (!head) {
            rules.upstream().fetchBlob(route.repository(), digest);
        }
        long size = content.blobSize(route.repository(), digest)
                .orElseThrow(() -> RegistryException.blobUnknown(
                        "the repository " + route.repository() + " has no blob " + digest));
        Optional<Range> range =
                head ? Optional.empty() : exchange.header("Range").flatMap(header -> Range.parse(header, size));
        if (range.isPresent() && !range.get().isWithin(size)) {
            exchange.setHeader("Content-Range", "bytes */" + size);
            throw new RegistryException(416, "SIZE_INVALID", "the blob has " + size + " bytes");
        }
        exchange.setHeader("Content-Type", "application/octet-stream");
        exchange.setHeader("Docker-Content-Digest", digest.toString());
        exchange.setHeader("ETag", '"' + digest.toString() + '"');
        exchange.setHeader("Accept-Ranges", "bytes");
        if (head) {
            exchange.respond(200, size, InputStream.nullInputStream());
        } else if (range.isEmpty()) {
            exchange.respond(200, size, content.openBlob(digest));
        } else {
            Range part = range.get();
            exchange.setHeader("Content-Range", "bytes " + part.first() + "-" + part.last() + "/" + size);
            InputStream blob = content.openBlob(digest);
            blob.skipNBytes(part.first());
            exchange.respond(206, part.length(), new Bounded(blob, part.length()));
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

    /** The first bytes of a stream. */
    private static final class Bounded extends FilterInputStream {
        private long left;

        Bounded(InputStream content, long length) {
            super(content);
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = super.read(buffer, offset, (int) Math.min(length, left));
            left -= Math.max(count, 0);
            return count;
        }
    }
}
