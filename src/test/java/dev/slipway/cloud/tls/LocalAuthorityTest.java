package dev.slipway.cloud.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cloud.http.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalAuthorityTest {
    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir
    private Path directory;

    private LocalAuthority open() throws IOException {
        return LocalAuthority.open(directory.resolve("tls"), CLOCK, new SecureRandom());
    }

    @Test
    void isMadeOnceAndItsKeyIsReadableByItsUserAlone() throws Exception {
        String first = Files.readString(open().file());
        assertThat(Files.readString(open().file())).isEqualTo(first);
        assertThat(permissions("tls/ca.key")).isEqualTo("rw-------");
        assertThat(permissions("tls")).isEqualTo("rwx------");
        Files.delete(directory.resolve("tls/ca.pem"));
        String second = Files.readString(open().file());
        assertThat(second).as("after a crash before the end").isNotEqualTo(first);
        InstantSource later = () -> Instant.now().plus(Duration.ofDays(3600));
        LocalAuthority next = LocalAuthority.open(directory.resolve("tls"), later, new SecureRandom());
        assertThat(Files.readString(next.file())).as("renewed before it ends").isNotEqualTo(second);
    }

    private String permissions(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name)));
    }

    @Test
    void saysWhatIsWrongWithFilesThatAreNone() throws Exception {
        open();
        Files.writeString(directory.resolve("tls/ca.key"), "not a key");
        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("tls");
    }

    @Test
    void clientsThatTrustItReachAddressesAndNamesOnThePortThatSpeaksPlainHttpToo() throws Exception {
        LocalAuthority authority = open();
        try (HttpServer server = HttpServer.builder()
                .tls(authority)
                .hosts(host -> host.equals("web.us-east-1.awsapprunner.com"))
                .fallback(exchange -> exchange.respond(200, "hello".getBytes(StandardCharsets.US_ASCII)))
                .start(0)) {
            server.bind(InetAddress.getByName("127.77.1.2"));
            SSLContext trusting = trusting(authority);
            for (String host : List.of("127.0.0.1", "127.77.1.2", "localhost")) {
                assertThat(get(trusting, host, server.port())).isEqualTo("hello");
            }
            assertThat(namesShown(trusting(authority), server.port(), "web.us-east-1.awsapprunner.com"))
                    .contains("web.us-east-1.awsapprunner.com", "127.0.0.1");
            assertThat(namesShown(trusting(authority), server.port(), "evil.example"))
                    .doesNotContain("evil.example");
            assertThatThrownBy(() -> get(SSLContext.getDefault(), "127.0.0.1", server.port()))
                    .isInstanceOf(SSLHandshakeException.class);
            try (InputStream plain = new URL("http://127.0.0.1:" + server.port() + "/").openStream()) {
                assertThat(new String(plain.readAllBytes(), StandardCharsets.US_ASCII))
                        .isEqualTo("hello");
            }
        }
    }

    private static String get(SSLContext context, String host, int port) throws IOException {
        HttpsURLConnection connection =
                (HttpsURLConnection) new URL("https://" + host + ":" + port + "/").openConnection();
        connection.setSSLSocketFactory(context.getSocketFactory());
        try (InputStream body = connection.getInputStream()) {
            return new String(body.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static String namesShown(SSLContext context, int port, String name) throws Exception {
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(name)));
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return shown.getSubjectAlternativeNames().toString();
        }
    }

    private static SSLContext trusting(LocalAuthority authority) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream pem = Files.newInputStream(authority.file())) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), new SecureRandom());
        return context;
    }
}
