package dev.slipway.engine.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Pulumi's own form, read and written without a difference. */
final class SnapshotJsonTest {
    private static final String EVERYTHING = """
            {"version":3,"deployment":{
             "manifest":{"time":"2026-01-01T00:00:00Z","magic":"","version":""},
             "resources":[
              {"urn":"urn:pulumi:dev::p::pulumi:pulumi:Stack::p-dev","custom":false,"type":"pulumi:pulumi:Stack",
               "outputs":{"n":1.5,"big":9007199254740991,"none":null,"yes":true,"list":[1,"x",{"deep":[]}]}},
              {"urn":"urn:pulumi:dev::p::pulumi:providers:t::default","custom":true,"id":"04a1","type":"pulumi:providers:t"},
              {"urn":"urn:pulumi:dev::p::t:i:T::a","custom":true,"delete":true,"id":"1","type":"t:i:T",
               "inputs":{"text":{"4dabf18193072939515e22adb298388d":"c44067f5952c0a294b673a41bacd8c17","text":"hello","hash":"h"},
                         "zip":{"4dabf18193072939515e22adb298388d":"0def7320c3a5731c473e5ecbe6d01bc7","assets":{},"hash":"z"},
                         "ref":{"4dabf18193072939515e22adb298388d":"5cf8f73096256a8f31e491e813e4eb8e",
                                "urn":"urn:pulumi:dev::p::t:i:T::b","id":"","packageVersion":"1.0.0"},
                         "nan":{"4dabf18193072939515e22adb298388d":"8ad145fe-0d11-4827-bfd7-1abcbf086f5c","value":"7ff8000000000000"}},
               "parent":"urn:pulumi:dev::p::pulumi:pulumi:Stack::p-dev","protect":true,"external":true,
               "dependencies":["urn:pulumi:dev::p::pulumi:pulumi:Stack::p-dev"],"initErrors":["sad"],
               "provider":"urn:pulumi:dev::p::pulumi:providers:t::default::04a1",
               "propertyDependencies":{"ref":["urn:pulumi:dev::p::pulumi:pulumi:Stack::p-dev"],"zip":[]},
               "pendingReplacement":true,"additionalSecretOutputs":["s"],"customTimeouts":{"create":90,"delete":0.5},
               "importID":"i","retainOnDelete":true,"deletedWith":"urn:pulumi:dev::p::pulumi:pulumi:Stack::p-dev",
               "created":"2026-01-01T00:00:00.123456789Z","modified":"2026-01-02T00:00:00Z","sourcePosition":"project:///x#1",
               "ignoreChanges":["a.b"],"hideDiff":["c"],"replaceOnChanges":["d[0]"]}],
             "pending_operations":[{"resource":{"urn":"urn:pulumi:dev::p::t:i:T::c","custom":true,"type":"t:i:T"},"type":"creating"}],
             "metadata":{}}}
            """;

    @Test
    void writesWhatItRead() throws IOException {
        var secrets = new StackSecrets(Optional.empty(), Optional::empty, new Random(1));
        Snapshot snapshot = SnapshotJson.read(EVERYTHING.getBytes(StandardCharsets.UTF_8), "the test", secrets);
        var mapper = new ObjectMapper();
        assertThat(mapper.readTree(SnapshotJson.export(snapshot, secrets, false)))
                .isEqualTo(mapper.readTree(EVERYTHING));
    }

    @Test
    void secretsAreTheJsonOfWhatTheyHide() throws IOException {
        String state = "v1:fozI5u6B030=:v1:F+6ZduKKd8G0/V7L:PGMFeIzwobWRKmEAzUdaQHqC5mMRIQ==";
        String sealed = PassphraseSecrets.fromSalt(state, "password").encrypt("{\"user\":\"me\"}");
        String record = """
                {"version":3,"deployment":{"manifest":{"time":"2026-01-01T00:00:00Z","magic":"","version":""},
                 "secrets_providers":{"type":"passphrase","state":{"salt":"%s"}},
                 "resources":[{"urn":"urn:pulumi:dev::p::t:i:T::a","custom":true,"id":"1","type":"t:i:T","inputs":
                  {"login":{"4dabf18193072939515e22adb298388d":"1b47061264138c4ac30d75fd1eb44270","ciphertext":"%s"}}}],
                 "metadata":{}}}
                """.formatted(state, sealed);
        var secrets = new StackSecrets(Optional.empty(), () -> Optional.of("password"), new Random(1));
        Snapshot snapshot = SnapshotJson.read(record.getBytes(StandardCharsets.UTF_8), "the test", secrets);
        var mapper = new ObjectMapper();
        assertThat(mapper.readTree(SnapshotJson.export(snapshot, secrets, false)))
                .isEqualTo(mapper.readTree(record));
        assertThat(SnapshotJson.export(snapshot, secrets, true))
                .contains("\"plaintext\" : \"{\\\"user\\\":\\\"me\\\"}\"");
    }
}
