package dev.slipway.cloud.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostRuleTest {
    private final HostRule rule = new HostRule(name -> name.equals("web.awsapprunner.com"));

    private static HttpRequest request(String host) {
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
        request.headers().set("Host", host);
        return request;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.0.0.1:4780",
                "127.93.12.7:4780",
                "localhost",
                "LOCALHOST:1",
                "localhost.",
                "[::1]:4780",
                "111122223333.dkr.ecr.eu-west-1.localhost:4780",
                "host.docker.internal:4780",
                "web.awsapprunner.com",
                "Web.AwsAppRunner.com:80"
            })
    void namesOfTheLoopbackAndKnownNamesPass(String host) {
        assertThat(rule.allows(request(host))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:4780",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "127.0.0.1.nip.io:4780",
                "xlocalhost",
                "0.0.0.0",
                "10.0.0.1",
                "[::]",
                "127.0.0.1@evil.example",
                "web.awsapprunner.com.evil.example"
            })
    void everyOtherNameIsRefused(String host) {
        assertThat(rule.allows(request(host))).isFalse();
    }

    @Test
    void aRefusedNameReachesNoHandlerAndNoRoute() throws IOException {
        try (HttpServer server = HttpServer.builder()
                        .hosts(name -> false)
                        .fallback(exchange -> exchange.respond(200, "in".getBytes(StandardCharsets.US_ASCII)))
                        .start(0);
                RawClient client = new RawClient(server)) {
            client.send("POST / HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 2\r\n\r\nhi");
            assertThat(client.head() + client.bytes(24))
                    .startsWith("HTTP/1.1 421 ")
                    .doesNotContain("\r\n\r\nin");
        }
    }
}
