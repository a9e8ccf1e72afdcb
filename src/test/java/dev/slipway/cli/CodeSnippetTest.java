package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.pulumi.resources.CustomResourceOptions;
import dev.slipway.Service;
import dev.slipway.engine.state.ResourceState;
import dev.slipway.engine.state.ResourceState.Links;
import dev.slipway.engine.state.ResourceState.Marks;
import dev.slipway.engine.state.ResourceState.Options;
import dev.slipway.engine.state.ResourceState.Times;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import java.io.File;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CodeSnippetTest {
    @TempDir
    private Path classes;

    private static PropertyValue text(String text) {
        return PropertyValue.of(text);
    }

    private static ResourceState state(String type, String name, PropertyMap inputs, boolean protect) {
        return new ResourceState(
                Urn.of("dev", "app", "", type, name),
                true,
                "id",
                inputs,
                PropertyMap.EMPTY,
                Links.NONE,
                Marks.NONE.withProtect(protect),
                List.of(),
                Options.NONE,
                Times.UNKNOWN);
    }

    private static PropertyMap service() {
        PropertyMap environment = PropertyMap.EMPTY;
        for (int i : IntStream.range(0, 12).toArray()) {
            environment = environment.with("V" + i, text("a \"quoted\" \\ line\n" + i));
        }
        return PropertyMap.of("image", text("public.ecr.aws/slipway/hello:latest"))
                .with("port", PropertyValue.of(8080))
                .with("autoDeploy", PropertyValue.of(false))
                .with("environment", environment)
                .with("tags", PropertyMap.of("team", text("web")))
                .with("healthCheck", PropertyMap.of("path", text("/healthz")).with("interval", PropertyValue.of(5)))
                .with("unheardOf", text("x"));
    }

    @Test
    void declaresAServiceAsItIs() {
        assertThat(CodeSnippet.of(state("slipway:index:Service", "my-web", service(), true)))
                .startsWith("var myWeb = new Service(\"my-web\", ServiceArgs.builder()\n")
                .contains("        .image(\"public.ecr.aws/slipway/hello:latest\")\n", "        .port(8080)\n")
                .contains(".healthCheck(HealthCheckArgs.builder()\n                .interval(5)\n")
                .contains(".tags(Map.of(\"team\", \"web\"))", "Map.entry(\"V11\", \"a \\\"quoted\\\" \\\\ line\\n11\")")
                .endsWith(
                        "        .build(), CustomResourceOptions.builder()\n        .protect(true)\n        .build());\n")
                .doesNotContain("unheardOf");
    }

    @Test
    void isJavaThatCompiles() {
        String code = CodeSnippet.of(state("slipway:index:Service", "my-web", service(), true))
                + CodeSnippet.of(state(
                        "slipway:index:AccessRole",
                        "class",
                        PropertyMap.of("repositories", PropertyValue.of(List.of(text("a"), text("b")))),
                        false))
                + CodeSnippet.of(state(
                        "random:index/randomId:RandomId",
                        "r",
                        PropertyMap.of("byteLength", PropertyValue.of(8)),
                        false));
        assertThat(errors(
                        "import dev.slipway.*; import com.pulumi.resources.CustomResourceOptions; import java.util.*;\n"
                                + "class Program { void stack() {\n" + code + "} }"))
                .isEmpty();
    }

    @Test
    void aPackageWithoutJavaIsToldInWords() {
        assertThat(CodeSnippet.of(state(
                        "random:index/randomId:RandomId",
                        "r",
                        PropertyMap.of("byteLength", PropertyValue.of(8)),
                        true)))
                .isEqualTo(
                        "// random:index/randomId:RandomId `r`: declare it with the package's SDK, with these inputs:\n"
                                + "// {\"byteLength\":8}\n");
    }

    @Test
    void aSecretIsNotWrittenDown() {
        var inputs = PropertyMap.of("image", text("a")).with("startCommand", new PropertyValue.Secret(text("hunter2")));
        assertThat(CodeSnippet.of(state("slipway:index:Service", "web", inputs, false)))
                .contains("requireSecret")
                .doesNotContain("hunter2");
    }

    @Test
    void everyNameBecomesAVariable() {
        assertThat(CodeSnippet.variable("my-web")).isEqualTo("myWeb");
        assertThat(CodeSnippet.variable("class")).isEqualTo("resourceclass");
        assertThat(CodeSnippet.variable("1st")).isEqualTo("resource1st");
        assertThat(CodeSnippet.variable("--")).isEqualTo("resource");
    }

    private static String classPath() {
        return Stream.of(Service.class, CustomResourceOptions.class, NullMarked.class, Gson.class)
                .map(type -> Path.of(URI.create(type.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toString()))
                        .toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private String errors(String source) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        var file = new SimpleJavaFileObject(URI.create("string:///Program.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        var out = new StringWriter();
        var problems = new javax.tools.DiagnosticCollector<JavaFileObject>();
        var task = compiler.getTask(
                out,
                null,
                problems,
                List.of("-d", classes.toString(), "-proc:none", "-classpath", classPath()),
                null,
                List.of(file));
        task.call();
        return problems.getDiagnostics().stream()
                .filter(problem -> problem.getKind() == javax.tools.Diagnostic.Kind.ERROR)
                .map(Object::toString)
                .collect(Collectors.joining("\n"));
    }
}
