package dev.slipway.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The project {@code plain}: its program has components, outputs and secrets, and needs no provider. */
final class PlainProgram {
    private static final String PROGRAM = """
            package demo;

            import com.pulumi.Context;
                        import com.pulumi.core.Output;
            import com.pulumi.resources.ComponentResource;
            import com.pulumi.resources.ComponentResourceOptions;
            import dev.slipway.Slipway;
            import java.util.List;
            import java.util.Map;

            public final class App {
                public static void main(String[] args) {
                    Slipway.run(App::stack);
                }

                public static void stack(Context ctx) {
                    var outer = new Group("outer", null);
                    new Group("inner", ComponentResourceOptions.builder().parent(outer).build());
                    ctx.export("plain", Output.of(ctx.config().require("plain")));
                    ctx.export("password", ctx.config().requireSecret("password"));
                    ctx.export("nested", Output.of(Map.of("list", List.of(1, 2.5, "<&>", true), "empty", Map.of())));
                }

                static final class Group extends ComponentResource {
                    Group(String name, ComponentResourceOptions options) {
                        super("demo:index:Group", name, options);
                        registerOutputs(Map.of("says", Output.of("I am " + name), "hides", Output.ofSecret(name + " hides")));
                    }
                }
            }
            """;

    private PlainProgram() {}

    /** The project in both engines, without a stack. */
    static BothEngines in(Path directory) throws IOException {
        BothEngines both = BothEngines.in(directory);
        Path project = both.slipway().project();
        Launcher.write(
                project.resolve("Pulumi.yaml"),
                "name: plain\nruntime: {name: java, options: {binary: target/app.jar}}\n");
        Path sources = Files.createDirectories(directory.resolve("sources"));
        Launcher.write(sources.resolve("App.java"), PROGRAM);
        Files.createDirectories(project.resolve("target"));
        ProgramJar.of(sources, "demo.App", project.resolve("target/app.jar"));
        return both;
    }
}
