package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.e2e.Launcher.Result;
import dev.slipway.oci.Digest;
import dev.slipway.oci.remote.RegistryAuth;
import dev.slipway.oci.remote.RegistryClient;
import dev.slipway.oci.remote.ResolvedImage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An image that can't serve is told with the reason, and the next good one repairs the same service. */
final class FailingImagesIT {
    private static final Duration SECONDS = Duration.ofSeconds(45);

    @TempDir
    private Path directory;

    private Launcher slipway;

    @BeforeEach
    void start() {
        slipway = Launcher.in(directory);
        slipway.run("local", "start").succeeded();
    }

    @AfterEach
    void stop() {
        slipway.close();
    }

    @ParameterizedTest
    @CsvSource({"HELLO_FAIL, exit:3, exit code: 3", "HELLO_PORT, 9999, 9999"})
    void isToldAndRepairedInPlace(String variable, String value, String told) {
        slipway.stack("local", stack("{" + variable + ": \"" + value + "\"}"));
        Result failed = slipway.run("up", "--yes").failed();
        assertThat(failed.all()).contains("CREATE_FAILED", told);
        assertThat(failed.took()).isLessThan(SECONDS);
        String arn = onlyService();

        slipway.stack("local", stack("{GREETING: repaired}"));
        slipway.run("up", "--yes").succeeded();
        assertThat(slipway.output("local", "serviceArn")).isEqualTo(arn);
        assertThat(Launcher.get(slipway.output("local", "url")).body()).contains("repaired");
        slipway.run("destroy", "--yes").succeeded();
    }

    @Test
    void anImageForAnotherArchitectureIsToldSo() throws Exception {
        pushHello("team/arm", config -> config.replace("\"amd64\"", "\"arm64\""));
        slipway.stack("arm", """
                config:
                  launch:image: 111122223333.dkr.ecr.us-east-1.amazonaws.com/team/arm:1
                """);
        Result failed = slipway.run("up", "--yes", "-s", "arm").failed();
        assertThat(failed.all()).contains("arm64", "linux/amd64");
        assertThat(failed.took()).isLessThan(SECONDS);
        slipway.run("destroy", "--yes", "-s", "arm").succeeded();
    }

    @Test
    void aLayerThatIsNotWhatItsImageSaysIsToldSoAndNothingIsLeft() throws Exception {
        pushHello(
                "team/lying",
                config -> config.replaceFirst("(\"diff_ids\":\\[\"sha256:)[0-9a-f]{64}", "$1" + "0".repeat(64)));
        slipway.stack("lying", """
                config:
                  launch:image: 111122223333.dkr.ecr.us-east-1.amazonaws.com/team/lying:1
                """);
        Result failed = slipway.run("up", "--yes", "-s", "lying").failed();
        assertThat(failed.all())
                .contains("CREATE_FAILED", "The image can't be run: can't unpack layer 1 of", "should be sha256:0000");
        slipway.run("destroy", "--yes", "-s", "lying").succeeded();
        Path containers = slipway.home().resolve("data/containers");
        assertThat(containers.resolve("run")).isEmptyDirectory();
        assertThat(containers.resolve("layers")).isDirectoryNotContaining("glob:**/.unpack*");
    }

    /** The hello image with another configuration. */
    private void pushHello(String repository, UnaryOperator<String> change) throws Exception {
        URI endpoint = URI.create(slipway.endpoint());
        RegistryClient gallery = RegistryClient.of(endpoint, RegistryAuth.anonymous());
        ResolvedImage hello = gallery.resolve("public.ecr.aws/slipway/hello", "latest");
        byte[] config;
        try (var stream =
                gallery.blob("public.ecr.aws/slipway/hello", hello.manifest().config())) {
            config = change.apply(new String(stream.readAllBytes(), StandardCharsets.UTF_8))
                    .getBytes(StandardCharsets.UTF_8);
        }
        String manifest = new String(hello.bytes(), StandardCharsets.UTF_8)
                .replace(
                        hello.manifest().config().digest().toString(),
                        Digest.of(config).toString());
        try (var ecr = Aws.root(endpoint.toString(), "111122223333").ecr()) {
            ecr.createRepository(create -> create.repositoryName(repository));
            String login = new String(
                    Base64.getDecoder()
                            .decode(ecr.getAuthorizationToken()
                                    .authorizationData()
                                    .get(0)
                                    .authorizationToken()),
                    StandardCharsets.UTF_8);
            var blobs = gallery.blobs("public.ecr.aws/slipway/hello");
            byte[] changed = config;
            RegistryClient.of(endpoint, RegistryAuth.basic("AWS", login.substring("AWS:".length())))
                    .push(
                            "111122223333/us-east-1/" + repository,
                            "1",
                            hello.manifest().mediaType(),
                            manifest.getBytes(StandardCharsets.UTF_8),
                            digest -> digest.equals(Digest.of(changed))
                                    ? new ByteArrayInputStream(changed)
                                    : blobs.open(digest));
        }
    }

    private String onlyService() {
        try (var apprunner = Aws.root(slipway.endpoint(), "111122223333").apprunner()) {
            var services = apprunner.listServices(list -> {}).serviceSummaryList();
            assertThat(services).hasSize(1);
            return services.get(0).serviceArn();
        }
    }

    private static String stack(String environment) {
        return """
                config:
                  launch:image: public.ecr.aws/slipway/hello:latest
                  launch:environment: %s
                  launch:cpu: 0.25 vCPU
                  launch:memory: 0.5 GB
                """.formatted(environment);
    }
}
