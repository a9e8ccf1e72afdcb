package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.e2e.Launcher.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What components hand down to what is in them: before each change of a Java program both engines say what they would do, which is the same for
 * every resource; then one of them does it, in turns, and both find nothing more to do.
 */
final class ComponentsIT {
    private static final String PROGRAM = """
            package demo;

            import com.pulumi.Context;
            import com.pulumi.core.Alias;
            import com.pulumi.resources.ComponentResource;
            import com.pulumi.resources.ComponentResourceOptions;
            import com.pulumi.resources.CustomResourceOptions;
            import dev.slipway.Provider;
            import dev.slipway.ProviderArgs;
            import dev.slipway.Repository;
            import dev.slipway.RepositoryArgs;
            import dev.slipway.Slipway;

            public final class App {
                public static void main(String[] args) {
                    Slipway.run(App::stack);
                }

                public static void stack(Context ctx) {
                    int step = ctx.config().requireInteger("step");
                    var place = new Provider("place", ProviderArgs.builder().region(step < 7 ? "eu-west-1" : "us-west-2").build());
                    if (step == 9) {
                        return;
                    }
                    var options = ComponentResourceOptions.builder().providers(place);
                    if (step >= 2) {
                        options.aliases(Alias.builder().name("first").build());
                    }
                    if (step == 4 || step == 5) {
                        options.protect(true);
                    }
                    if (step == 8) {
                        options.retainOnDelete(true);
                    }
                    new Group(step < 2 ? "first" : "second", step, options.build());
                }

                static final class Group extends ComponentResource {
                    Group(String name, int step, ComponentResourceOptions options) {
                        super("demo:index:Group", name, options);
                        var below = CustomResourceOptions.builder().parent(this).build();
                        var one = new Repository(
                                name + "-one",
                                RepositoryArgs.builder().repositoryName("team/one").scanOnPush(step >= 3).build(),
                                below);
                        if (step != 5) {
                            new Repository(
                                    "two",
                                    RepositoryArgs.builder().repositoryName("team/two").build(),
                                    CustomResourceOptions.builder().parent(this).dependsOn(one).build());
                        }
                    }
                }
            }
            """;

    /** The step before gave the component {@code protect}, and this one takes a resource out of it. */
    private static final int PROTECTED_DELETION = 5;

    @TempDir
    private Path directory;

    @Test
    void handDownProvidersAliasesAndOptionsAsThoseOfPulumi() throws IOException {
        try (BothEngines both = project()) {
            both.pulumi("stack", "init", "dev").succeeded();
            for (int step = 1; step <= 9; step++) {
                both.pulumi("config", "set", "step", Integer.toString(step), "-s", "dev")
                        .succeeded();
                Result theirs = both.pulumi("preview", "--json", "-s", "dev");
                Result ours = both.slipway().run("preview", "--json", "-s", "dev");
                if (step == PROTECTED_DELETION) {
                    assertThat(theirs.failed().all()).contains("it is protected");
                    assertThat(ours.failed().all()).contains("protected");
                    continue;
                }
                assertThat(operations(ours.succeeded().out()))
                        .as("step %d", step)
                        .isEqualTo(operations(theirs.succeeded().out()));
                if (step % 2 == 0) {
                    both.pulumi("up", "--yes", "--skip-preview", "-s", "dev").succeeded();
                } else {
                    both.slipway()
                            .run("up", "--yes", "--skip-preview", "-s", "dev")
                            .succeeded();
                }
                both.agreeThatNothingChanges("dev");
            }
            both.slipway().run("destroy", "--yes", "-s", "dev").succeeded();
            both.assertNothingRuns();
        }
    }

    private BothEngines project() throws IOException {
        BothEngines both = BothEngines.in(directory);
        Path project = both.slipway().project();
        Launcher.write(project.resolve("Pulumi.yaml"), """
                name: components
                runtime: {name: java, options: {binary: target/app.jar}}
                plugins: {providers: [{name: slipway, path: '%s'}]}
                """.formatted(Launcher.ROOT.resolve("target/plugin")));
        Path sources = Files.createDirectories(directory.resolve("sources"));
        Launcher.write(sources.resolve("App.java"), PROGRAM);
        Files.createDirectories(project.resolve("target"));
        ProgramJar.of(sources, "demo.App", project.resolve("target/app.jar"));
        return both;
    }

    /** The operations of each resource by its URN; which default providers there are, and which of what stays the same is shown, is not one. */
    private static Map<String, Set<String>> operations(String json) {
        Map<String, Set<String>> operations = new TreeMap<>();
        for (JsonNode step : BothEngines.json(json).path("steps")) {
            String urn = step.path("urn").asText();
            String op = step.path("op").asText();
            if (!urn.contains("::default") && !op.equals("same")) {
                operations.computeIfAbsent(urn, key -> new TreeSet<>()).add(op);
            }
        }
        return operations;
    }
}
