package dev.slipway.cloud.registry;

import dev.slipway.cloud.http.HttpExchange;
import dev.slipway.cloud.http.HttpHandler;
import java.io.IOException;
import java.util.random.RandomGenerator;

/**
 * OCI distribution over HTTP, mounted at {@code /v2/}. A repository is named by the host ({@code ACCOUNT.dkr.ecr.REGION.amazonaws.com},
 * {@code public.ecr.aws}) or by the path ({@code /v2/ACCOUNT/REGION/NAME/…}, {@code /v2/public.ecr.aws/NAME/…}).
 */
public final class Registry implements HttpHandler {
    /** @param random makes upload ids; must not be predictable */
    public Registry(
            RegistryContent content,
            RepositoryDirectory repositories,
            RegistryAuthorizer authorizer,
            RandomGenerator random) {}

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        throw new UnsupportedOperationException("not written yet");
    }
}
