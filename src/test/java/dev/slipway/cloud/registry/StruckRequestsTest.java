package dev.slipway.cloud.registry;

import static dev.slipway.cloud.registry.RegistryServer.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.trouble.Kind;
import dev.slipway.cloud.trouble.Scope;
import dev.slipway.cloud.trouble.Trouble;
import dev.slipway.oci.Digest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What registry clients see of the troubles that strike their requests. */
final class StruckRequestsTest {
    private static final byte[] NONE = new byte[0];
    private static final byte[] BLOB = "0123456789".getBytes(StandardCharsets.UTF_8);
    private static final String BASE = "/v2/" + APP.path();
    private static final String ONE_BLOB = BASE + "/blobs/uploads/?digest=" + Digest.of(BLOB);

    @TempDir
    private Path directory;

    private RegistryServer registry;

    @BeforeEach
    void start() {
        registry = new RegistryServer(directory, Store.inMemory());
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private static Trouble of(Kind kind, String operation) {
        return Trouble.of(kind, null).in(new Scope(null, "registry", operation, null));
    }

    @ParameterizedTest
    @CsvSource({"THROTTLE, 429, TOOMANYREQUESTS", "ERROR, 500, UNKNOWN", "CLOSED_ACCOUNT, 403, DENIED"})
    void aRequestIsRefusedAndNothingHappens(Kind kind, int status, String code) throws Exception {
        registry.troubles.add(of(kind, "START_UPLOAD").next(1));

        HttpResponse<byte[]> refused = registry.send("POST", ONE_BLOB, BLOB);

        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(new String(refused.body(), StandardCharsets.UTF_8)).contains("{\"errors\":[{\"code\":\"" + code);
        assertThat(registry.asked()).isEmpty();
        assertThat(registry.content.blobSize(APP, Digest.of(BLOB))).isEmpty();
        assertThat(registry.send("POST", ONE_BLOB, BLOB).statusCode()).isEqualTo(201);
    }

    @Test
    void aLostAnswerWasCarriedOut() throws Exception {
        registry.troubles.add(of(Kind.LOST, "START_UPLOAD").next(1));

        assertThatThrownBy(() -> registry.send("POST", ONE_BLOB, BLOB)).isInstanceOf(IOException.class);

        assertThat(registry.content.blobSize(APP, Digest.of(BLOB))).hasValue(10L);
        // Not for one request only: the client itself repeats what it may.
        registry.troubles.add(of(Kind.LOST, "READ_BLOB"));
        String blob = BASE + "/blobs/" + Digest.of(BLOB);
        assertThatThrownBy(() -> registry.send("GET", blob, NONE)).isInstanceOf(IOException.class);
        registry.troubles.clear(any -> true);
        assertThat(registry.send("GET", blob, NONE).body()).isEqualTo(BLOB);
    }

    @Test
    void aSlowAnswerComes() throws Exception {
        registry.troubles.add(Trouble.of(Kind.SLOW, Duration.ofSeconds(3)).in(new Scope(null, null, null, "team/app")));

        assertThat(registry.send("GET", BASE + "/tags/list", NONE).statusCode()).isEqualTo(200);

        assertThat(registry.paused).containsExactly(Duration.ofSeconds(3));
    }

    @Test
    void whatIsAboutOthersPasses() throws Exception {
        registry.troubles.add(of(Kind.ERROR, "WRITE_MANIFEST"));
        registry.troubles.add(Trouble.of(Kind.ERROR, null).in(new Scope("444455556666", null, null, null)));
        registry.troubles.add(Trouble.of(Kind.ERROR, null).in(new Scope(null, "ecr", null, null)));
        registry.troubles.add(Trouble.of(Kind.ERROR, null).in(new Scope(null, null, null, "team/other")));

        assertThat(registry.send("GET", BASE + "/tags/list", NONE).statusCode()).isEqualTo(200);
    }

    @Test
    void whoIsUnknownIsToldSoFirst() throws Exception {
        registry.troubles.add(of(Kind.ERROR, null).next(1));
        registry.loggedIn = false;

        assertThat(registry.send("GET", BASE + "/tags/list", NONE).statusCode()).isEqualTo(401);

        registry.loggedIn = true;
        assertThat(registry.send("GET", "/v2/", NONE).statusCode()).isEqualTo(200);
        assertThat(registry.send("GET", BASE + "/tags/list", NONE).statusCode()).isEqualTo(500);
    }
}
