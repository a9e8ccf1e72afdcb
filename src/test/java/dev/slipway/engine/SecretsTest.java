package dev.slipway.engine;

import static dev.slipway.engine.Script.res;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.engine.state.StateException;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.PropertyValue.Secret;
import dev.slipway.protocol.CreateResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets go where they should and nowhere else. */
final class SecretsTest {
    private static final PropertyValue WORD = new Secret(PropertyValue.of("hunter2"));

    @TempDir
    Path directory;

    private Workbench bench;

    @BeforeEach
    void open() {
        bench = new Workbench(directory);
        bench.passphrase = Optional.of("correct horse");
    }

    private String everythingWritten() throws IOException {
        var text = new StringBuilder();
        try (var files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }

    @Test
    void aSecretInputMakesItsOutputSecretAndIsNeverWrittenInClear() throws IOException {
        var script = Script.of(res("a").with("word", WORD))
                .export(
                        "word",
                        answers -> answers.get("a").outputs().get("word").orElseThrow());
        OperationResult result = bench.up(script);
        assertThat(result.outputs().get("word")).contains(WORD);
        assertThat(bench.state("a").outputs().get("word")).contains(WORD);
        assertThat(everythingWritten()).contains("ciphertext").doesNotContain("hunter2");
        assertThat(bench.events.toString()).doesNotContain("hunter2");
        assertThat(bench.world.things().values().iterator().next().inputs().text("word"))
                .contains("hunter2");
    }

    @Test
    void unchangedSecretsKeepTheirCiphertext() throws IOException {
        var script = Script.of(res("a").with("word", WORD), res("b").with("size", "1"));
        bench.up(script);
        Path file = directory.resolve(".pulumi/stacks/proj/dev.json");
        String before = ciphertext(Files.readString(file));
        bench.up(Script.of(res("a").with("word", WORD), res("b").with("size", "2")));
        assertThat(ciphertext(Files.readString(file))).isEqualTo(before);
    }

    private static String ciphertext(String json) {
        int start = json.indexOf("\"ciphertext\"");
        return json.substring(start, json.indexOf('}', start));
    }

    @Test
    void namedOutputsBecomeSecret() {
        bench.up(Script.of(res("a").secretOutput("url")));
        assertThat(bench.state("a").outputs().get("url")).containsInstanceOf(Secret.class);
    }

    @Test
    void secretConfigurationOfAProviderStaysSecret() throws IOException {
        bench.config = Map.of("test:secretKey", "hunter2");
        bench.secretKeys = Set.of("test:secretKey");
        bench.up(Script.of(res("a")));
        assertThat(bench.state("default").inputs().get("secretKey")).contains(WORD);
        assertThat(everythingWritten()).doesNotContain("hunter2");
    }

    @Test
    void aSecretWithoutAPassphraseIsRefusedBeforeAnythingIsTouched() {
        bench.passphrase = Optional.empty();
        OperationResult result = bench.up(Script.of(res("a").with("word", WORD)));
        assertThat(result.succeeded()).isFalse();
        assertThat(bench.told()).contains("PULUMI_CONFIG_PASSPHRASE").doesNotContain("hunter2");
        assertThat(bench.world.calls).isEmpty();
    }

    @Test
    void aRecordWithSecretsCanNotBeUsedWithoutThePassphrase() {
        bench.up(Script.of(res("a").with("word", WORD)));
        bench.passphrase = Optional.empty();
        assertThatThrownBy(bench::destroy)
                .isInstanceOf(StateException.class)
                .hasMessageContaining("PULUMI_CONFIG_PASSPHRASE");
        bench.passphrase = Optional.of("wrong");
        assertThatThrownBy(bench::destroy)
                .isInstanceOf(StateException.class)
                .hasMessageContaining("passphrase of this stack is wrong");
        bench.passphrase = Optional.of("correct horse");
        assertThat(bench.state("a").inputs().get("word")).contains(WORD);
    }

    @Test
    void anUnforeseenSecretThatCanNotBeRecordedDoesNotLoseTheResource() {
        bench.passphrase = Optional.empty();
        bench.provider.onCreate = request -> {
            var response = bench.world.create(request);
            return new CreateResponse(response.id(), response.outputs().with("token", WORD));
        };
        assertThat(bench.up(Script.of(res("a"))).succeeded()).isFalse();
        assertThat(bench.state("a").outputs().get("token")).isEmpty();
        assertThat(bench.state("a").initErrors()).singleElement().asString().contains("secret outputs");
        assertThat(bench.world.ids()).containsExactly(bench.state("a").id());
    }
}
