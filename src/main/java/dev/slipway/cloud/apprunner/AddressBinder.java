package dev.slipway.cloud.apprunner;

import java.io.IOException;
import java.net.InetAddress;

/** Lets the one HTTP server listen on further loopback addresses, each service having its own. Thread-safe. */
public interface AddressBinder {
    /**
     * Listens on {@code address} too, at {@link #port()}; an address that is bound already stays so.
     *
     * @throws IOException when this machine does not have the address or the port is taken there
     */
    void bind(InetAddress address) throws IOException;

    /** Stops listening on {@code address}; does nothing when it is not bound. */
    void unbind(InetAddress address);

    /** The TCP port that all addresses share. */
    int port();
}
