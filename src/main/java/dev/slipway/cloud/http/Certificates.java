package dev.slipway.cloud.http;

import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Which certificate a client of TLS is shown. */
public interface Certificates {
    /**
     * Called on an event loop for every connection: takes milliseconds the first time, and nothing later.
     *
     * @param name that the client gave, one that this server goes by; null when it gave none, as with addresses, or another
     */
    SslContext forClient(InetAddress local, @Nullable String name) throws IOException;
}
