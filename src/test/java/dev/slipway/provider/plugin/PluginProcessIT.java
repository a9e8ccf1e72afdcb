package dev.slipway.provider.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Empty;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import dev.slipway.protocol.CheckRequest;
import dev.slipway.protocol.CreateRequest;
import dev.slipway.protocol.DeleteRequest;
import dev.slipway.testing.TestCloud;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pulumirpc.EngineOuterClass.LogRequest;
import pulumirpc.Provider;

/** The launcher and the process: how it starts, what it prints, and when it ends. */
final class PluginProcessIT {
    private static final Urn SERVICE = Urn.of("dev", "app", "", "slipway:index:Service", "hello");

    @TempDir
    private Path directory;

    @Test
    void startsThroughALinkFromADirectoryWithASpaceAndPrintsOnlyItsPort() throws IOException, InterruptedException {
        Path home = Files.createDirectory(directory.resolve("with a space"));
        Path whole = Files.createSymbolicLink(home.resolve("plugin"), PluginUnderTest.DIRECTORY);
        Path link = Files.createSymbolicLink(
                home.resolve("pulumi-resource-slipway"), Path.of("plugin/pulumi-resource-slipway"));
        assertThat(whole).exists();
        try (var engine = new FakeEngine();
                var plugin = PluginUnderTest.start(
                        link, Map.of(), "--logtostderr", "-v=9", "--tracing", "tcp://127.0.0.1:1", engine.address());
                var client = plugin.client()) {
            assertThat(client.stub().getPluginInfo(Empty.getDefaultInstance()).getVersion())
                    .matches("[0-9]+\\.[0-9]+\\.[0-9]+");
            assertThat(client.stub()
                            .getSchema(Provider.GetSchemaRequest.getDefaultInstance())
                            .getSchema())
                    .contains("\"slipway:index:Service\"");
            engine.close();
            assertThat(plugin.process().waitFor(60, TimeUnit.SECONDS))
                    .as("it ends with its engine")
                    .isTrue();
            assertThat(plugin.process().exitValue()).isZero();
            assertThat(plugin.furtherOutput()).isEmpty();
        }
    }

    @Test
    void startsWithTheJavaOfThePath() throws IOException {
        Path bin = Path.of(System.getProperty("java.home"), "bin");
        try (var plugin = PluginUnderTest.start(
                        PluginUnderTest.LAUNCHER, Map.of("JAVA_HOME", "", "PATH", bin + ":" + System.getenv("PATH")));
                var client = plugin.client()) {
            assertThat(client.stub().getPluginInfo(Empty.getDefaultInstance()).getVersion())
                    .isNotEmpty();
        }
    }

    @Test
    void saysPlainlyThatThereIsNoUsableJava() throws IOException, InterruptedException {
        assertThat(refused(directory.resolve("nowhere")))
                .contains("pulumi-resource-slipway: no java found", "17 or newer", "JAVA_HOME");
        Path old = directory.resolve("old java");
        Path java = Files.createDirectories(old.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nexit 1\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
        assertThat(refused(old))
                .contains("is Java 11; Slipway needs 17 or newer")
                .doesNotContain("\tat ");
    }

    private String refused(Path javaHome) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(PluginUnderTest.LAUNCHER.toString());
        builder.environment().put("JAVA_HOME", javaHome.toString());
        Process process = builder.start();
        String told = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.inputReader().lines()).isEmpty();
        assertThat(process.waitFor()).isEqualTo(1);
        return told;
    }

    /** The engine as a process of its own that starts the plugin and is killed: nobody tells the plugin. */
    @Test
    void endsWhenItsParentIsKilled() throws IOException, InterruptedException {
        try (var listening = new FakeEngine()) {
            endsWithItsParent(listening.address());
        }
    }

    private static void endsWithItsParent(String address) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(
                        "sh",
                        "-c",
                        "\"$1\" \"$2\" & echo $!; read -r die",
                        "sh",
                        PluginUnderTest.LAUNCHER.toString(),
                        address)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("SLIPWAY_CACHE", PluginUnderTest.CACHE.toString());
        Process engine = builder.start();
        try (var out = engine.inputReader()) {
            ProcessHandle plugin =
                    ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
            try {
                assertThat(out.readLine()).as("the port").matches("[0-9]+");
                engine.destroyForcibly();
                engine.waitFor();
                await().atMost(Duration.ofMinutes(1)).until(() -> !plugin.isAlive() || isZombie(plugin));
            } finally {
                plugin.destroyForcibly();
            }
        }
    }

    /** Its parent may then be anybody, who may live for ever. */
    @Test
    void endsWhenItsEngineWasGoneBeforeItBegan() throws IOException, InterruptedException {
        String address;
        try (var dead = new FakeEngine()) {
            address = dead.address();
        }
        var builder = new ProcessBuilder(PluginUnderTest.LAUNCHER.toString(), address)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("SLIPWAY_CACHE", PluginUnderTest.CACHE.toString());
        Process plugin = builder.start();
        try {
            assertThat(plugin.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(plugin.exitValue()).isZero();
            assertThat(plugin.inputReader().lines()).isEmpty();
        } finally {
            plugin.destroyForcibly();
        }
    }

    private static boolean isZombie(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException gone) {
            return true;
        }
    }

    @Test
    void tellsTheEventsOfAServiceWhileItIsMade() throws IOException {
        try (TestCloud cloud = TestCloud.start(directory);
                var engine = new FakeEngine();
                var plugin = PluginUnderTest.start(PluginUnderTest.LAUNCHER, Map.of(), engine.address());
                var client = plugin.client()) {
            PropertyMap config = PropertyMap.EMPTY;
            for (var entry : PluginUnderTest.configuration(cloud).entrySet()) {
                config = config.with(entry.getKey(), PropertyValue.of(entry.getValue()));
            }
            client.configure(config);
            PropertyMap inputs = client.check(new CheckRequest(
                            SERVICE,
                            Optional.empty(),
                            PropertyMap.of("image", PropertyValue.of("public.ecr.aws/slipway/hello:latest"))
                                    .with("cpu", PropertyValue.of("0.25 vCPU"))
                                    .with("memory", PropertyValue.of("0.5 GB")),
                            "00".repeat(32)))
                    .inputs();
            var made = client.create(new CreateRequest(SERVICE, inputs, Optional.empty(), false));
            assertThat(engine.heard)
                    .allSatisfy(told -> assertThat(told.getUrn()).isEqualTo(SERVICE.text()))
                    .filteredOn(LogRequest::getEphemeral)
                    .extracting(LogRequest::getMessage)
                    .anySatisfy(message ->
                            assertThat(message).contains("Pulling image public.ecr.aws/slipway/hello:latest"));
            client.delete(new DeleteRequest(made.id(), SERVICE, inputs, made.outputs(), Optional.empty()));
        }
    }

    @Test
    void aWrongConfigurationIsToldWithoutItsSecrets() throws IOException {
        try (var plugin = PluginUnderTest.start(PluginUnderTest.LAUNCHER, Map.of());
                var client = plugin.client()) {
            PropertyMap wrong = PropertyMap.of("secretKey", new PropertyValue.Secret(PropertyValue.of("hush-hush")))
                    .with("endpoint", PropertyValue.of("loacl"))
                    .with("region", PropertyValue.of("nowhere"));
            var failures = client.checkConfig(new CheckRequest(
                            Urn.of("dev", "app", "", "pulumi:providers:slipway", "default"),
                            Optional.empty(),
                            wrong,
                            "00".repeat(32)))
                    .failures();
            assertThat(failures)
                    .extracting(failure -> failure.path().toString())
                    .containsExactlyInAnyOrder("endpoint", "region", "accessKey");
            assertThat(String.valueOf(failures))
                    .contains("did you mean `local`?")
                    .doesNotContain("hush-hush");
            var refused = PluginFixture.failure(() -> client.stub()
                    .configure(Provider.ConfigureRequest.newBuilder()
                            .setArgs(PluginFixture.struct(wrong))
                            .build()));
            assertThat(refused.getStatus().getDescription())
                    .contains("slipway:endpoint", "slipway:region", "slipway:accessKey")
                    .doesNotContain("hush-hush");
        }
    }

    @Test
    void javasHostFindsThePluginInTheJar() throws IOException, InterruptedException {
        Process host = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        PluginUnderTest.DIRECTORY.resolve("slipway.jar").toString(),
                        "com.pulumi.bootstrap.internal.Main",
                        "packages"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String packages = new String(host.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(host.waitFor()).isZero();
        assertThat(packages.replace(" ", ""))
                .contains("\"resource\":true", "\"name\":\"slipway\"", "\"version\":\"0.1.0\"");
    }
}
