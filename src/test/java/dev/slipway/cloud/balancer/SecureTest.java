package dev.slipway.cloud.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cloud.http.Certificates;
import dev.slipway.cloud.http.HttpServer;
import dev.slipway.cloud.tls.LocalAuthority;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A service behind TLS, and plain HTTP on the same port. */
@Timeout(60)
final class SecureTest {
    @TempDir
    private Path directory;

    @Test
    void answersHttpsAndRedirectsTheRest() throws Exception {
        Balancer balancer = new Balancer(Stage.LIMITS, InstantSource.system());
        TargetGroup group = balancer.newGroup("secure");
        balancer.route(InetAddress.getLoopbackAddress(), group);
        AtomicReference<String> seen = new AtomicReference<>();
        Certificates authority = LocalAuthority.open(directory, InstantSource.system(), new SecureRandom());
        try (HttpServer server =
                        HttpServer.builder().route(balancer).tls(authority).start(0);
                Backend backend = new Backend(connection -> {
                    for (String head = connection.readRequest(); head != null; head = connection.readRequest()) {
                        seen.set(head);
                        connection.answer("x".repeat(500_000));
                    }
                })) {
            group.add(backend.target("a", 10));
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
            try (Client plain = new Client(address)) {
                plain.send("POST /a?b HTTP/1.1\r\nhost: localhost:1\r\ncontent-length: 2\r\n\r\nab");
                Client.Answer moved = plain.read();
                assertThat(moved.status()).isEqualTo(301);
                assertThat(moved.head()).contains("location: https://localhost:1/a?b\r\n");
                plain.send("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n");
                assertThat(plain.read().status()).as("the connection lives on").isEqualTo(301);
            }
            assertThat(seen).hasValue(null);
            try (SSLSocket socket = (SSLSocket)
                    trustingAll().getSocketFactory().createSocket(address.getAddress(), address.getPort())) {
                for (int i = 0; i < 3; i++) {
                    String last = i < 2 ? "" : "connection: close\r\n";
                    socket.getOutputStream()
                            .write(("GET / HTTP/1.1\r\nhost: localhost\r\n" + last + "\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
                    StringBuilder head = new StringBuilder();
                    while (head.indexOf("\r\n\r\n") < 0) {
                        head.append((char) socket.getInputStream().read());
                    }
                    assertThat(head).startsWith("HTTP/1.1 200");
                    assertThat(socket.getInputStream().readNBytes(500_000)).hasSize(500_000);
                    assertThat(seen.get()).contains("x-forwarded-proto: https\r\n");
                }
                assertThat(socket.getInputStream().read()).as("a clean end").isEqualTo(-1);
            }
        }
    }

    private static SSLContext trustingAll() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustingAll()}, new SecureRandom());
        return context;
    }

    /** Whom to trust is the authority's test. */
    private static final class TrustingAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(java.security.cert.X509Certificate[] chain, String kind) {}

        @Override
        public void checkServerTrusted(java.security.cert.X509Certificate[] chain, String kind) {}

        @Override
        public java.security.cert.X509Certificate[] getAcceptedIssuers() {
            return new java.security.cert.X509Certificate[0];
        }
    }
}
