package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.ImportProgram.Import;
import dev.slipway.engine.state.Snapshot;
import dev.slipway.engine.state.StackName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImportFileTest {
    private static final StackName STACK = StackName.of("app", "dev");

    @TempDir
    private Path root;

    private List<Import> read(String json) throws IOException {
        Path file = root.resolve("import.json");
        Files.writeString(file, json);
        return ImportFile.read(file, STACK, Snapshot.empty(Instant.EPOCH), true);
    }

    private void refused(String json, String... told) {
        Assertions.assertThatThrownBy(() -> read(json))
                .isInstanceOf(Failure.class)
                .message()
                .contains(told);
    }

    @Test
    void parentsStandBeforeTheirChildren() throws IOException {
        List<Import> imports = read("""
                {"resources": [
                  {"type": "slipway:index:Service", "name": "web", "id": "arn:1", "parent": "group", "version": "1.0.0"},
                  {"type": "app:index:Group", "name": "group", "component": true}]}
                """);
        assertThat(imports).extracting(Import::name).containsExactly("group", "web");
        assertThat(imports.get(1).urn("dev", "app").text())
                .isEqualTo("urn:pulumi:dev::app::app:index:Group$slipway:index:Service::web");
        assertThat(imports.get(1).id()).contains("arn:1");
        assertThat(imports.get(1).protect()).isTrue();
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        refused(
                """
                {"resources": [
                  {"name": "a", "id": "1"}, {"type": "t:i:T", "id": "1"}, {"type": "t:i:T", "name": "c"},
                  {"type": "t:i:T", "name": "d", "id": "1", "component": true}, {"type": "t:i:T", "name": "a", "id": "1"}]}
                """,
                "resources[0]: has no type",
                "resources[1]: has no name",
                "resources[2]: has no id",
                "resources[3]: has an id, but is a component",
                "resources[4]: the name `a` stands there twice");
        refused("{}", "resources: expected a list");
        refused("{ nothing", "not valid JSON");
        refused("""
                {"resources": [
                  {"type": "t:i:T", "name": "a", "id": "1", "parent": "b"}, {"type": "t:i:T", "name": "b", "id": "2", "parent": "a"}]}
                """, "is its own parent");
        refused(
                """
                {"nameTable": {"p": "urn:pulumi:dev::app::t:i:P::p", "q": "p"}, "resources": [
                  {"type": "t:i:T", "name": "a", "id": "1", "parent": "p"}, {"type": "t:i:T", "name": "b", "id": "1", "parent": "x"},
                  {"type": "t:i:T", "name": "c", "id": "1", "provider": "q"}]}
                """,
                "a: its parent urn:pulumi:dev::app::t:i:P::p is not recorded",
                "b: its parent `x` has no entry in nameTable",
                "nameTable.q: expected urn:pulumi");
    }

    @Test
    void whatTheCommandLineSaysIsReadInTheSameWay() throws IOException {
        var slipway = new CommandLineBench(root);
        slipway.run("stack", "init", "dev").well();
        slipway.input = CommandLineBench.deployment("dev");
        slipway.run("stack", "import").well();
        slipway.run("import", "t:i:T", "a", "other", "-y")
                .badly("has a resource urn:pulumi:dev::app::t:i:T::a already");
        slipway.run("import", "t:i:T", "c").badly("missing id");
        slipway.run("import", "-y").badly("missing type, name, and id");
        slipway.run("import", "t:i:T", "c", "1", "2").badly("only expected at most three arguments");
        slipway.run("import", "t:i:T", "c", "1", "--parent", "x=urn:pulumi:dev::app::t:i:T::no")
                .badly("is not recorded");
        slipway.run(
                        "import",
                        "t:i:T",
                        "c",
                        "1",
                        "--parent",
                        "x=urn:pulumi:dev::app::t:i:T::a",
                        "--provider",
                        "x=urn:pulumi:dev::app::t:i:T::a")
                .badly("must have distinct names");
    }

    @Test
    void whatIsRecordedUnderTheSameIdIsLeftAlone() throws IOException {
        var slipway = new CommandLineBench(root);
        slipway.run("stack", "init", "dev").well();
        slipway.input = CommandLineBench.deployment("dev");
        slipway.run("stack", "import").well();
        String before = slipway.run("stack", "export").well().out();
        assertThat(slipway.run("import", "t:i:T", "a", "1", "-y", "--properties", "x,y")
                        .well()
                        .out())
                .contains("Nothing changed");
        assertThat(slipway.run("stack", "export").well().out()).isEqualTo(before);
    }

    @Test
    void aFileAndAnInlineResourceDoNotGoTogether() throws IOException {
        Files.writeString(
                root.resolve("f.json"), "{\"resources\": [{\"type\": \"t:i:T\", \"name\": \"a\", \"id\": \"1\"}]}");
        var slipway = new CommandLineBench(root);
        String told = "an inline resource may not be specified in conjunction with an import file";
        slipway.run("import", "--file", "f.json", "t:i:T", "c", "1").badly(told);
        slipway.run("import", "--file", "f.json", "--parent", "urn:x").badly(told);
        slipway.run("import", "--file", "f.json", "--provider", "urn:x").badly(told);
        slipway.run("import", "--file", "f.json", "--properties", "x").badly(told);
        slipway.run("import", "--file", "f.json", "--from", "terraform")
                .badly("a converter may not be specified in conjunction with an import file");
        slipway.run("import", "--from", "terraform", "state.json")
                .badly("--from terraform: converters are not supported");
    }

    @Test
    void whatCannotBeFollowedIsRefused() {
        refused("""
                {"providerInputs": {"p": {}}, "resources": [
                  {"type": "t:i:T", "name": "a", "id": "1", "inputs": {"x": 1}, "properties": ["x"]}]}
                """, "providerInputs: not supported here", "resources[0]: has `inputs`, which is not supported here");
    }
}
