package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.display.Terminal;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A project in a directory, and commands that are run in it as {@code slipway} runs them. */
final class CommandLineBench {
    final Path root;
    final Map<String, String> environment = new HashMap<>();
    String input = "";
    boolean interactive;

    CommandLineBench(Path root) throws IOException {
        this.root = root;
        Files.writeString(root.resolve("Pulumi.yaml"), "name: app\nruntime: java\n");
        environment.put("PULUMI_HOME", root.resolve("home").toString());
    }

    /** What a command printed, and what it ended with. */
    record Ran(int code, String out, String err) {
        Ran well() {
            assertThat(code).as(out + err).isZero();
            return this;
        }

        Ran badly(String... told) {
            assertThat(code).as(out + err).isEqualTo(Failure.CODE);
            assertThat(err).contains(told).doesNotContain("\tat ", "defect in slipway");
            return this;
        }
    }

    Ran run(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new BufferedReader(new StringReader(input)),
                interactive,
                false);
        int code = Main.run(new Context(terminal, environment, root), arguments);
        return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    String read(String file) throws IOException {
        return Files.readString(root.resolve(file));
    }

    void write(String file, String text) throws IOException {
        Files.writeString(root.resolve(file), text);
    }

    /** A deployment of two resources, the second of which needs the first. */
    static String deployment(String stack) {
        return """
                {"version": 3, "deployment": {"manifest": {"time": "2026-01-01T00:00:00Z", "magic": "", "version": ""},
                 "resources": [
                  {"urn": "urn:pulumi:STACK::app::pulumi:pulumi:Stack::app-STACK", "custom": false, "type": "pulumi:pulumi:Stack",
                   "outputs": {"url": "http://it's", "count": 2}},
                  {"urn": "urn:pulumi:STACK::app::t:i:T::a", "custom": true, "id": "1", "type": "t:i:T",
                   "parent": "urn:pulumi:STACK::app::pulumi:pulumi:Stack::app-STACK"},
                  {"urn": "urn:pulumi:STACK::app::t:i:T::b", "custom": true, "id": "2", "type": "t:i:T",
                   "parent": "urn:pulumi:STACK::app::pulumi:pulumi:Stack::app-STACK",
                   "dependencies": ["urn:pulumi:STACK::app::t:i:T::a"]}]}}
                """.replace("STACK", stack);
    }
}
