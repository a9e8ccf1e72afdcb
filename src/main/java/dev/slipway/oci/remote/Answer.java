package dev.slipway.oci.remote;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A registry's answer.
 *
 * @param target what was asked, after redirects
 * @param headers by name, whose case means nothing
 */
record Answer(int status, URI target, Map<String, List<String>> headers, InputStream body) {
    private static final int SHORT_BODY = 8192;

    static Answer of(HttpURLConnection connection, URI target) throws IOException {
        int status = connection.getResponseCode();
        if (status < 0) {
            throw new IOException("the answer is not HTTP");
        }
        InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream();
        return new Answer(
                status, target, connection.getHeaderFields(), body == null ? InputStream.nullInputStream() : body);
    }

    Optional<String> first(String header) {
        return all(header).stream().findFirst();
    }

    List<String> all(String header) {
        var values = new ArrayList<String>();
        headers.forEach((name, some) -> {
            // The status line has no name.
            if (header.equalsIgnoreCase(name)) {
                values.addAll(some);
            }
        });
        return values;
    }

    /** Nothing of the body is wanted. A short one is read to its end, so that the connection can be used again. */
    void discard() {
        try (body) {
            body.readNBytes(SHORT_BODY);
        } catch (IOException e) {
            return;
        }
    }
}
