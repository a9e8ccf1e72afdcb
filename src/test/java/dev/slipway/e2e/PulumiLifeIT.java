package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of resources under the real {@code pulumi} when things go wrong, somebody interferes, or they were there before. */
final class PulumiLifeIT {
    private static final String HEAD = """
            name: life
            runtime: yaml
            plugins: {providers: [{name: slipway, path: "%s/target/plugin"}]}
            """.formatted(Launcher.ROOT);
    private static final String WEB = HEAD + """
            config: {word: {type: string}}
            resources:
              web:
                type: slipway:Service
                properties:
                  image: public.ecr.aws/slipway/hello:1
                  healthCheck: {interval: 1, timeout: 1, unhealthyThreshold: 20}
                  environment: {GREETING: "${word}"%s}
            outputs: {url: "${web.url}", arn: "${web.arn}", name: "${web.serviceName}"}
            """;
    private static final String EVERYTHING_ELSE = HEAD + """
            resources:
              repo:
                type: slipway:Repository
                properties:
                  imageTagMutability: IMMUTABLE
                  lifecyclePolicy: '{"rules":[{"rulePriority":1,"selection":{"tagStatus":"untagged","countType":"imageCountMoreThan","countNumber":10},"action":{"type":"expire"}}]}'
                  tags: {team: blue}
              puller:
                type: slipway:AccessRole
                properties: {repositories: ["${repo.repositoryUri}"], tags: {team: blue}}
              runner:
                type: slipway:InstanceRole
                properties:
                  path: /apps/
                  statements:
                    - actions: ["s3:GetObject"]
                      resources: ["arn:aws:s3:::bucket/*"]
                      conditions: {StringEquals: {"aws:RequestedRegion": [us-east-1]}}
              policy:
                type: slipway:RepositoryPolicy
                properties: {repository: "${repo.arn}", principals: ["${puller.arn}"]}
            outputs: {Repository: "${repo.id}", AccessRole: "${puller.id}", InstanceRole: "${runner.id}", RepositoryPolicy: "${policy.id}"}
            """;
    private static final String SECRET = "battery staple";

    @TempDir
    private Path directory;

    private BothEngines both;
    private Path program;

    @BeforeEach
    void start() {
        both = BothEngines.in(directory);
        program = both.slipway().project().resolve("Pulumi.yaml");
        Launcher.write(program, HEAD + "config: {word: {type: string}}\n");
        both.pulumi("stack", "init", "dev").succeeded();
        both.pulumi("config", "set", "--secret", "word", SECRET).succeeded();
    }

    @AfterEach
    void stop() {
        both.close();
    }

    @Test
    void aFailedCreationStaysInTheStateAndIsRepairedInPlaceAlsoAfterARefresh() throws IOException {
        write(", HELLO_FAIL: \"exit:3\"");
        assertThat(up().failed().all())
                .contains("CREATE_FAILED", "exit code: 3", "ends with code 3", "Service creation started")
                .doesNotContain(SECRET);
        JsonNode failed = service();
        assertThat(failed.path("initErrors").get(0).asText()).contains("CREATE_FAILED");
        assertThat(failed.at("/outputs/status").asText()).isEqualTo("CREATE_FAILED");
        nothingIsInClear();

        both.pulumi("refresh", "--yes", "--skip-preview").succeeded();
        assertThat(service().has("initErrors")).isFalse();
        assertThat(both.pulumi("preview").succeeded().out()).contains("1 to update");
        write("");
        up().succeeded();
        assertThat(service().path("id")).isEqualTo(failed.path("id"));
        assertThat(service().has("initErrors")).isFalse();
        assertThat(Launcher.get(output("url")).body()).contains(SECRET);
        nothingIsInClear();
        nothingChangesAndThenNothingIsThere();
    }

    @Test
    void anInterruptedUpdateEndsSoonIsRecordedAndIsFollowedByTheNextRun() throws IOException {
        write("");
        up().succeeded();
        String before = service().path("id").asText();
        write(", HELLO_DELAY: \"15000\"");
        assertThat(both.pulumiInterrupted("Performing health check", "up", "--yes", "--skip-preview")
                        .failed()
                        .all())
                .contains("still goes on: cancelled while waiting", "Run again to wait for its end");
        assertThat(service().path("initErrors").get(0).asText()).contains("still goes on");
        both.assertNothingRuns();

        assertThat(up().succeeded().all()).contains("Service status is set to RUNNING");
        assertThat(service().path("id").asText()).isEqualTo(before);
        nothingIsInClear();
        nothingChangesAndThenNothingIsThere();
    }

    @Test
    void whatSomeoneElseChangedIsSeenByARefreshAndMendedByTheNextRun() {
        write("");
        up().succeeded();
        String arn = output("arn");
        assertThat(output("name")).startsWith("web-");
        try (var apprunner = Aws.root(both.slipway().endpoint(), "111122223333").apprunner()) {
            apprunner.updateService(update -> update.serviceArn(arn)
                    .healthCheckConfiguration(health -> health.interval(7).timeout(1)));
            assertThat(both.pulumi("refresh", "--yes", "--skip-preview")
                            .succeeded()
                            .out())
                    .contains("updated", "~healthCheck");
            up().succeeded();
            assertThat(apprunner
                            .describeService(describe -> describe.serviceArn(arn))
                            .service()
                            .healthCheckConfiguration()
                            .interval())
                    .isEqualTo(1);
        }
        nothingChangesAndThenNothingIsThere();
    }

    @Test
    void namesAreMadeAsTheProjectSays() {
        both.pulumi("config", "set", "--path", "pulumi:autonaming.pattern", "${project}-${name}-${alphanum(6)}")
                .succeeded();
        write("");
        up().succeeded();
        assertThat(output("name")).matches("life-web-[a-z0-9]{6}");
        nothingChangesAndThenNothingIsThere();
    }

    @Test
    void everyResourceIsTakenOverAndTheCodeThatIsWrittenChangesNothing() throws IOException {
        Launcher.write(program, EVERYTHING_ELSE);
        up().succeeded();
        both.pulumi("preview", "--expect-no-changes").succeeded();
        both.pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes").succeeded();
        Map<String, String> ids = new LinkedHashMap<>();
        BothEngines.json(both.pulumi("stack", "output", "--json").succeeded().out())
                .fields()
                .forEachRemaining(id -> ids.put(id.getKey(), id.getValue().asText()));
        assertThat(ids).hasSize(4);

        both.pulumi("stack", "init", "taken-over").succeeded();
        var code = new StringBuilder(HEAD + "resources:\n");
        ids.forEach((type, id) -> {
            String out = both.pulumi(
                            "import", "slipway:index:" + type, type, id, "--yes", "--skip-preview", "--protect=false")
                    .succeeded()
                    .out();
            code.append(out.substring(out.indexOf("resources:\n") + "resources:\n".length()));
        });
        Launcher.write(program, code.toString());
        both.pulumi("preview", "--expect-no-changes").succeeded();
        up().succeeded();
        nothingChangesAndThenNothingIsThere();
        both.pulumi("refresh", "--yes", "--skip-preview", "-s", "dev").succeeded();
        assertThat(both.checkpoint("life", "dev").findValuesAsText("type"))
                .as("what the other stack has deleted is gone here too")
                .noneMatch(type -> type.startsWith("slipway:index:"));
    }

    private void write(String more) {
        Launcher.write(program, WEB.formatted(more));
    }

    private Launcher.Result up() {
        return both.pulumi("up", "--yes", "--skip-preview");
    }

    private String output(String name) {
        return both.pulumi("stack", "output", name).succeeded().out().strip();
    }

    private JsonNode service() {
        for (JsonNode resource : both.checkpoint("life", "dev").at("/checkpoint/latest/resources")) {
            if (resource.path("type").asText().equals("slipway:index:Service")) {
                return resource;
            }
        }
        throw new AssertionError("the state has no service");
    }

    /** Neither the state nor anything else that Pulumi keeps has the secret word. */
    private void nothingIsInClear() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("the state"))) {
            assertThat(files.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(file).content().doesNotContain(SECRET));
        }
    }

    private void nothingChangesAndThenNothingIsThere() {
        both.pulumi("preview", "--expect-no-changes").succeeded();
        both.pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes").succeeded();
        both.pulumi("destroy", "--yes", "--skip-preview").succeeded();
        try (var apprunner = Aws.root(both.slipway().endpoint(), "111122223333").apprunner()) {
            assertThat(apprunner.listServices(list -> {}).serviceSummaryList()).isEmpty();
        }
        both.assertNothingRuns();
    }
}
