package dev.slipway.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.protocol.ProviderException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Real clients of the SDK, against nothing and against a server that always refuses. */
final class AwsErrorsTest {
    @Test
    void saysThatNothingAnswersAtTheEndpoint() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        try (EcrLogin login = open(port)) {
            assertThatThrownBy(login::login)
                    .isInstanceOf(ProviderException.class)
                    .hasMessageStartingWith("log in to the image registry: ")
                    .hasMessageContainingAll(
                            "GetAuthorizationToken",
                            "http://127.0.0.1:" + port,
                            "connection refused",
                            "slipway:endpoint");
        }
    }

    @Test
    void saysThatAnAccountCanNoLongerUseAppRunner() throws IOException {
        for (String code : List.of("SubscriptionRequiredException", "OptInRequired")) {
            assertThat(refusedWith(code, "The AWS Access Key Id needs a subscription for the service"))
                    .contains("closed it to new customers", "an account that has used it before", "ECS Express Mode");
        }
    }

    @Test
    void saysWhatAwsSaysAndWhatToDoNext() throws IOException {
        assertThat(refusedWith(
                        "AccessDeniedException",
                        "User: arn:aws:iam::111122223333:user/u is not authorized to perform: ecr:X"))
                .contains(
                        "GetAuthorizationToken",
                        "AccessDeniedException",
                        "is not authorized to perform: ecr:X",
                        "give them the action");
        assertThat(refusedWith("UnrecognizedClientException", "The security token included in the request is invalid."))
                .contains("access key is not known there", "slipway:accessKey");
        assertThat(refusedWith("InvalidSignatureException", "The request signature we calculated does not match"))
                .contains("secret key does not belong");
        assertThat(refusedWith("SomethingNew", "no idea")).contains("SomethingNew: no idea");
    }

    private static String refusedWith(String code, String message) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] body =
                ("{\"__type\":\"" + code + "\",\"message\":\"" + message + "\"}").getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(400, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try (EcrLogin login = open(server.getAddress().getPort())) {
            login.login();
            throw new AssertionError("was not refused");
        } catch (ProviderException e) {
            return e.getMessage();
        } finally {
            server.stop(0);
        }
    }

    private static EcrLogin open(int port) {
        var endpoint = new NamedEndpoint(
                URI.create("http://127.0.0.1:" + port), Optional.of("111122223333"), Optional.of("hush-hush"));
        return EcrLogin.open(
                new ProviderEnvironment(
                        Map.of("there", endpoint),
                        "there",
                        InstantSource.system(),
                        (duration, cancelled) -> true,
                        Map.of()),
                Map.of());
    }
}
