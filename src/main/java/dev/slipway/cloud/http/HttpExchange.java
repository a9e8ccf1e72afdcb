package dev.slipway.cloud.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One request and its answer. Used by one thread. Bodies are streamed both ways with back-pressure. */
public interface HttpExchange {
    String method();

    /** The request target as it was sent: path and query, still percent-encoded. */
    String target();

    /** The percent-encoded path, without the query. */
    default String path() {
        int question = target().indexOf('?');
        return question < 0 ? target() : target().substring(0, question);
    }

    /** The percent-encoded query, empty when there is none. */
    default String query() {
        int question = target().indexOf('?');
        return question < 0 ? "" : target().substring(question + 1);
    }

    /** All headers, names in lower case, in order. */
    Map<String, List<String>> headers();

    /** The first value of a header, by a name in any case. */
    Optional<String> header(String name);

    InetSocketAddress localAddress();

    InetSocketAddress remoteAddress();

    /** The request body; reading blocks until bytes come. A client that asked for {@code 100-continue} is answered on the first read. */
    InputStream body();

    /** Reads the whole body; throws {@link BodyTooLarge} past {@code limit} bytes. */
    byte[] readBody(int limit) throws IOException;

    /** Adds a header to the answer. */
    void setHeader(String name, String value);

    /** Answers with a whole body; a HEAD request gets its length and no bytes. */
    void respond(int status, byte[] body) throws IOException;

    /** Answers with a body of {@code length} bytes that is read from {@code body}, which is closed. */
    void respond(int status, long length, InputStream body) throws IOException;

    /** Closes the connection without an answer. */
    void drop();

    /** Answers with {@code length} bytes of {@code file} from {@code offset} on, without a copy where the system can; closes the file. */
    void respond(int status, FileChannel file, long offset, long length) throws IOException;

    final class BodyTooLarge extends IOException {
        private static final long serialVersionUID = 1L;

        public BodyTooLarge(int limit) {
            super("the body is larger than " + limit + " bytes");
        }
    }
}
