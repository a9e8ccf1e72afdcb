package dev.slipway.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pulumi.Context;
import dev.slipway.ImageService;
import dev.slipway.ImageServiceArgs;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The example of the README, word for word; {@link ReadmeTest} sees to that. */
final class HelloIT {
    @RegisterExtension
    static final SlipwayExtension slipway =
            SlipwayExtension.deploying(HelloIT::stack).config("image", "public.ecr.aws/slipway/hello:latest");

    static void stack(Context ctx) {
        var hello = new ImageService(
                "hello",
                ImageServiceArgs.builder()
                        .image(ctx.config().require("image"))
                        .environment(Map.of("GREETING", "Hello from a test"))
                        .build());
        ctx.export("url", hello.url());
    }

    @Test
    void greets() throws Exception {
        var request = HttpRequest.newBuilder(URI.create(slipway.output("url"))).build();
        var response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(200, response.statusCode());
        assertTrue(response.body().contains("Hello from a test"));
    }
}
