package dev.slipway.cloud;

import dev.slipway.cloud.apprunner.AddressBinder;
import dev.slipway.cloud.http.HttpServer;
import java.io.IOException;
import java.net.InetAddress;

/** Gives services addresses on the cloud's own port. */
record ServerAddresses(HttpServer server) implements AddressBinder {
    @Override
    public void bind(InetAddress address) throws IOException {
        server.bind(address);
    }

    @Override
    public void unbind(InetAddress address) {
        server.unbind(address);
    }

    @Override
    public int port() {
        return server.port();
    }
}
