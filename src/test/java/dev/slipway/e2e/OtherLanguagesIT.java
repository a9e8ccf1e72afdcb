package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.testing.NodePackages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs in other languages than Java, which only Pulumi runs: the plugin, its schema and what is generated from that. */
final class OtherLanguagesIT {
    private static final List<String> PACKAGES =
            List.of("@pulumi/pulumi@3.270.0", "typescript@5.9.3", "@types/node@22.20.5");
    private static final String PLUGIN =
            Launcher.ROOT.resolve("target/plugin/pulumi-resource-slipway").toString();
    private static final String SERVICE = """
            name: said
            runtime: yaml
            plugins: {providers: [{name: slipway, path: "%s/target/plugin"}]}
            """.formatted(Launcher.ROOT);

    @TempDir
    private Path directory;

    @Test
    void aYamlProgramDeploysAServiceAndWhatPulumiWritesForAnImportedOneIsAProgramToo() {
        try (BothEngines both = BothEngines.in(directory)) {
            Path project = both.slipway().project().resolve("Pulumi.yaml");
            Launcher.write(project, SERVICE + """
                    resources:
                      web:
                        type: slipway:Service
                        properties:
                          image: public.ecr.aws/slipway/hello:latest
                          environment: {GREETING: Hello from YAML, TOKEN: {fn::secret: battery staple}}
                          healthCheck: {protocol: HTTP, path: /healthz, interval: 1, timeout: 1}
                    outputs:
                      url: ${web.url}
                      arn: ${web.arn}
                      environment: ${web.environment}
                      text: {fn::toJSON: "${web.environment}"}
                    """);
            both.pulumi("stack", "init", "dev").succeeded();
            both.pulumi("up", "--yes", "--skip-preview").succeeded();
            assertThat(Launcher.get(output(both, "url")).body()).contains("Hello from YAML");
            for (String told : List.of("environment", "text")) {
                assertThat(output(both, told)).isEqualTo("[secret]");
                assertThat(both.pulumi("stack", "output", told, "--show-secrets")
                                .succeeded()
                                .out())
                        .contains("\"TOKEN\":\"battery staple\"");
            }
            assertThat(both.pulumi("stack", "export").succeeded().out()).doesNotContain("battery staple");
            both.pulumi("preview", "--expect-no-changes").succeeded();
            both.pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes")
                    .succeeded();

            String arn = output(both, "arn");
            both.pulumi("stack", "init", "taken-over").succeeded();
            String code = both.pulumi(
                            "import",
                            "slipway:index:Service",
                            "found",
                            arn,
                            "--yes",
                            "--skip-preview",
                            "--protect=false")
                    .succeeded()
                    .out();
            Launcher.write(project, SERVICE + code.substring(code.indexOf("resources:")));
            both.pulumi("preview", "--expect-no-changes").succeeded();
            both.pulumi("destroy", "--yes", "--skip-preview").succeeded();
            both.assertNothingRuns();
        }
    }

    @Test
    void aTypeScriptProgramDeploysAServiceWithTheSdkFromTheSchema() throws IOException {
        Optional<Path> modules = NodePackages.install("pulumi", PACKAGES);
        assumeTrue(modules.isPresent(), "node and npm packages are not to be had on this machine");
        try (BothEngines both = BothEngines.in(directory)) {
            Launcher slipway = both.slipway();
            Path project = slipway.project();
            Launcher.write(
                    project.resolve("Pulumi.yaml"),
                    SERVICE.replace("name: said", "name: typed").replace("yaml", "nodejs"));
            Files.createSymbolicLink(
                    project.resolve("node_modules"), modules.get().resolve("node_modules"));
            for (String file : List.of("index.ts", "package.json", "tsconfig.json")) {
                copy(file, project);
            }
            generate(both, "nodejs", schema(both), project.resolve("sdk"));
            slipway.program("node", "node_modules/typescript/bin/tsc", "-p", ".", "--noEmit")
                    .succeeded();
            slipway.with("PATH", both.program("") + ":" + System.getenv("PATH"));

            both.pulumi("stack", "init", "dev").succeeded();
            both.pulumi("up", "--yes").succeeded();
            assertThat(Launcher.get(output(both, "url")).body()).contains("Hello from TypeScript");
            assertThat(output(both, "port")).isEqualTo("8080");
            both.pulumi("preview", "--expect-no-changes").succeeded();
            both.pulumi("destroy", "--yes", "--skip-preview").succeeded();
            both.assertNothingRuns();
        }
    }

    @Test
    void everyLanguagesGeneratorTakesTheSchemaWithItsDefaults() throws IOException {
        try (BothEngines both = BothEngines.in(directory)) {
            Path schema = schema(both);
            for (String language : List.of("nodejs", "python", "go")) {
                generate(both, language, schema, directory.resolve(language));
            }
            both.slipway()
                    .program(
                            both.program("pulumi-sdk-dotnet"),
                            schema.toString(),
                            directory.resolve("dotnet").toString())
                    .succeeded();
            both.pulumi("package", "gen-sdk", PLUGIN, "--language", "java", "--out", directory.toString())
                    .succeeded();
            assertThat(read("nodejs/service.ts")).contains("(args?.port) ?? 8080");
            assertThat(read("nodejs/provider.ts")).contains("getEnv(\"AWS_REGION\", \"AWS_DEFAULT_REGION\")");
            assertThat(read("python/pulumi_slipway/service.py")).contains("port = 8080");
            assertThat(read("go/slipway/service.go")).contains("args.Port = pulumi.IntPtr(8080)");
            assertThat(read("dotnet/Service.cs")).contains("Port = 8080");
            assertThat(read("java/src/main/java/com/pulumi/slipway/ServiceArgs.java"))
                    .contains("def(8080)");
        }
    }

    private Path schema(BothEngines both) {
        Path schema = directory.resolve("schema.json");
        Launcher.write(
                schema, both.pulumi("package", "get-schema", PLUGIN).succeeded().out());
        return schema;
    }

    private static void generate(BothEngines both, String language, Path schema, Path to) {
        both.slipway()
                .program(both.program("pulumi-sdk"), language, schema.toString(), to.toString())
                .succeeded();
    }

    private String read(String file) throws IOException {
        return Files.readString(directory.resolve(file));
    }

    private static String output(BothEngines both, String name) {
        return both.pulumi("stack", "output", name).succeeded().out().strip();
    }

    private static void copy(String file, Path to) throws IOException {
        try (InputStream in = OtherLanguagesIT.class.getResourceAsStream("typescript/" + file)) {
            Files.copy(Objects.requireNonNull(in), to.resolve(file));
        }
    }
}
