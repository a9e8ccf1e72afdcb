package dev.slipway.cloud.wire;

import dev.slipway.cloud.http.HttpExchange;
import dev.slipway.cloud.http.HttpHandler;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.random.RandomGenerator;

/** Where AWS calls come in: finds the service, proves the caller, decodes, asks the authorizer, runs the handler, encodes. */
public final class AwsFront implements HttpHandler {
    /**
     * @param services each with a signing name or target prefix of its own
     * @param clock what signatures and expiry are judged by
     * @param random where request ids come from
     */
    public AwsFront(
            Collection<AwsService> services,
            CredentialsLookup credentials,
            Authorizer authorizer,
            InstantSource clock,
            RandomGenerator random) {}

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        throw new UnsupportedOperationException("not written yet");
    }
}
