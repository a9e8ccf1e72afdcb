package dev.slipway.cli.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What `config set` and `config rm` make of files as people write them. */
final class YamlTextTest {
    @TempDir
    private Path root;

    private String edited = "";

    private StackFileEdit open(String yaml) throws IOException {
        Files.writeString(root.resolve("Pulumi.yaml"), "name: app\nruntime: java\n");
        Files.writeString(root.resolve("Pulumi.dev.yaml"), yaml);
        return StackFileEdit.of(Project.find(root), "dev");
    }

    private String set(String yaml, String name, JsonNode value, Object... path) throws IOException {
        StackFileEdit edit = open(yaml);
        edit.set(new ConfigKey("app", name, List.of(path)), value);
        return saved(edit);
    }

    private String remove(String yaml, String name, Object... path) throws IOException {
        StackFileEdit edit = open(yaml);
        assertThat(edit.remove(new ConfigKey("app", name, List.of(path)))).isTrue();
        return saved(edit);
    }

    private String saved(StackFileEdit edit) throws IOException {
        edit.save();
        edited = Files.readString(root.resolve("Pulumi.dev.yaml"));
        return edited;
    }

    private static JsonNode text(String text) {
        return TextNode.valueOf(text);
    }

    @Test
    void anEmptyFileGetsItsFirstValue() throws IOException {
        assertThat(set("", "port", text("80"))).isEqualTo("config:\n  app:port: \"80\"\n");
        assertThat(set("# mine\n", "image", text("a/b:1"))).isEqualTo("# mine\nconfig:\n  app:image: a/b:1\n");
        assertThat(set("config:\n", "a", text("b"))).isEqualTo("config:\n  app:a: b\n");
        assertThat(set("config: {}\n", "a", text("b"))).isEqualTo("config:\n  app:a: b\n");
        assertThat(set("encryptionsalt: v1:x\n", "a", text("b")))
                .isEqualTo("encryptionsalt: v1:x\nconfig:\n  app:a: b\n");
    }

    @Test
    void aChangedValueLeavesEverythingElseAsItIs() throws IOException {
        String yaml = """
                # first
                config:
                    # about the image
                    app:image:   'old'   # why

                    app:port: 80
                # last
                """;
        assertThat(set(yaml, "image", text("new"))).isEqualTo(yaml.replace("  'old'", "new"));
    }

    @Test
    void aNewValueStandsAfterTheLastOneAndBeforeTheNextBlock() throws IOException {
        String yaml = """
                config:
                  app:image: a  # x
                  # a comment below

                other: 1
                """;
        assertThat(set(yaml, "port", text("80"))).isEqualTo(yaml.replace("# x\n", "# x\n  app:port: \"80\"\n"));
        assertThat(set("config:\n  a: 1", "b", text("2"))).isEqualTo("config:\n  a: 1\n  app:b: \"2\"\n");
    }

    @Test
    void aKeyWithoutNamespaceIsTheSameOne() throws IOException {
        assertThat(set("config:\n  image: a\n", "image", text("b"))).isEqualTo("config:\n  image: b\n");
    }

    @Test
    void objectsAndListsAreChangedInside() throws IOException {
        String yaml = """
                config:
                  app:scaling:
                    minSize: 1 # least
                    maxSize: 3
                  app:names:
                    - a
                    - b
                  app:flow: {a: 1, b: [x, y]}
                """;
        assertThat(set(yaml, "scaling", IntNode.valueOf(2), "minSize"))
                .isEqualTo(yaml.replace("1 # least", "2 # least"));
        assertThat(set(yaml, "scaling", IntNode.valueOf(9), "maxConcurrency"))
                .isEqualTo(yaml.replace("maxSize: 3\n", "maxSize: 3\n    maxConcurrency: 9\n"));
        assertThat(set(yaml, "names", text("c"), 2)).isEqualTo(yaml.replace("- b\n", "- b\n    - c\n"));
        assertThat(set(yaml, "names", text("z"), 0)).isEqualTo(yaml.replace("- a\n", "- z\n"));
        assertThat(set(yaml, "flow", BooleanNode.TRUE, "b", 1)).isEqualTo(yaml.replace("[x, y]", "[x, true]"));
        assertThat(set(yaml, "flow", text("d"), "c")).isEqualTo(yaml.replace("[x, y]}", "[x, \"y\"], c: d}"));
        assertThat(set(yaml, "new", text("v"), "a", "b", 0))
                .isEqualTo(yaml + "  app:new:\n    a:\n      b:\n        - v\n");
    }

    @Test
    void aValueMayChangeItsShape() throws IOException {
        JsonNode secret = JsonNodeFactory.instance.objectNode().put("secure", "v1:abc=:def+/=");
        assertThat(set("config:\n  app:a: clear # c\n  app:b: 2\n", "a", secret))
                .isEqualTo("config:\n  app:a:\n    secure: v1:abc=:def+/= # c\n  app:b: 2\n");
        assertThat(set("config:\n  app:a:\n    secure: v1:x\n  app:b: 2\n", "a", text("clear")))
                .isEqualTo("config:\n  app:a: clear\n  app:b: 2\n");
        assertThat(set("config:\n  app:a: |\n    two\n    lines\n  app:b: 2\n", "a", text("one\nmore")))
                .isEqualTo("config:\n  app:a: \"one\\nmore\"\n  app:b: 2\n");
    }

    @Test
    void textsThatLookLikeSomethingElseAreQuoted() throws IOException {
        for (String tricky : List.of(
                "true", "12", "1.5", "null", "", "yes", "- a", "a: b", "# x", "{a}", "ä ö", "é😀", "0x1f", "*a",
                "a\tb")) {
            set("config:\n  app:a: 1\n", "a", text(tricky));
            assertThat(YamlFile.read(root.resolve("Pulumi.dev.yaml")).at("/config/app:a"))
                    .isEqualTo(text(tricky));
        }
    }

    @Test
    void aRemovedValueTakesItsLinesAndNoOthers() throws IOException {
        String yaml = """
                config:
                  # one
                  app:a: 1
                  app:scaling:
                    minSize: 1
                    maxSize: 2
                  # three
                  app:c: 3
                """;
        assertThat(remove(yaml, "scaling"))
                .isEqualTo(yaml.replace("  app:scaling:\n    minSize: 1\n    maxSize: 2\n", ""));
        assertThat(remove(yaml, "scaling", "minSize")).isEqualTo(yaml.replace("    minSize: 1\n", ""));
        assertThat(remove(yaml, "c")).isEqualTo(yaml.replace("  app:c: 3\n", ""));
        assertThat(remove("config:\n  app:a: 1\n", "a")).isEqualTo("config: {}\n");
        assertThat(remove("config:\n  app:l:\n    - a\n    - b\n", "l", 0)).isEqualTo("config:\n  app:l:\n    - b\n");
        assertThat(remove("config:\n  app:f: {a: 1, b: 2}\n", "f", "a")).isEqualTo("config:\n  app:f: {b: 2}\n");
    }

    @Test
    void whatIsNotThereIsNotRemoved() throws IOException {
        StackFileEdit edit = open("config:\n  app:a: 1\n");
        assertThat(edit.remove(new ConfigKey("app", "b", List.of()))).isFalse();
        assertThat(edit.remove(new ConfigKey("app", "a", List.of("x")))).isFalse();
    }

    @Test
    void aPathThroughSomethingElseIsToldWithWhatIsThere() {
        assertThatThrownBy(() -> set("config:\n  app:a: text\n", "a", text("v"), "b"))
                .isInstanceOf(ProjectProblem.class)
                .hasMessageContaining("app:a")
                .hasMessageContaining("expected an object, got `text`");
        assertThatThrownBy(() -> set("config:\n  app:a: [x]\n", "a", text("v"), 5))
                .hasMessageContaining("the list has 1 items, so the next position is 1");
        assertThatThrownBy(() -> set("config:\n  app:a: {secure: v1:x}\n", "a", text("v"), "b"))
                .hasMessageContaining("got a secret");
    }
}
