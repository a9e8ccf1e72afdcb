package dev.slipway.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.slipway.engine.Goal;
import dev.slipway.engine.ProgramFailed;
import dev.slipway.engine.program.InProcessProgram;
import dev.slipway.engine.program.ScriptedMonitor;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The repository's program with the stack files that come with it, as both engines would hand them over. */
final class StackProgramTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final String COMPONENT = "slipway:index:ImageService";
    private static final String SERVICE = "slipway:index:Service";
    private static final String ROLE = "slipway:index:AccessRole";
    private static final String POLICY = "slipway:index:RepositoryPolicy";
    private static final String PROVIDER = "pulumi:providers:slipway";

    private final ScriptedMonitor monitor = ScriptedMonitor.updating()
            .cloudAdds(ROLE, PropertyMap.of("arn", PropertyValue.of("arn:role")))
            .cloudAdds(
                    SERVICE,
                    PropertyMap.of("url", PropertyValue.of("http://abc.local"))
                            .with("arn", PropertyValue.of("arn:service"))
                            .with("status", PropertyValue.of("RUNNING")));

    @Test
    void theDefaultStackIsAPublicImageAlone() throws Exception {
        run(config("local"));

        assertThat(monitor.types()).containsExactly(Urn.STACK_TYPE, COMPONENT, SERVICE);
        var inputs = monitor.goal(SERVICE).inputs();
        assertThat(inputs.text("image")).contains("public.ecr.aws/slipway/hello:latest");
        assertThat(inputs.get("port")).contains(PropertyValue.of(8080));
        assertThat(inputs.get("environment"))
                .contains(PropertyMap.of("GREETING", PropertyValue.of("Hello from Slipway")));
        assertThat(inputs.get("healthCheck")).hasValueSatisfying(check -> assertThat(((PropertyMap) check).text("path"))
                .contains("/healthz"));
        assertThat(inputs.values()).doesNotContainKeys("serviceName", "startCommand", "autoDeploy", "scaling");
        assertThat(monitor.stackOutputs().values().keySet()).containsExactlyInAnyOrder("url", "serviceArn", "status");
    }

    @Test
    void anImageOfTheSameAccountGetsARoleAndIsDeployedByPushes() throws Exception {
        run(config("same-account"));

        assertThat(monitor.types()).containsExactly(Urn.STACK_TYPE, COMPONENT, ROLE, SERVICE);
        assertThat(monitor.goal(SERVICE).inputs().get("autoDeploy")).contains(PropertyValue.of(true));
        assertThat(monitor.stackOutputs().text("accessRoleArn")).contains("arn:role");
    }

    @Test
    void anImageOfAnotherAccountGetsAPolicyThereWithTheSecondCredentials() throws Exception {
        run(config("cross-account"));

        assertThat(monitor.types())
                .containsExactlyInAnyOrder(Urn.STACK_TYPE, PROVIDER, COMPONENT, ROLE, POLICY, SERVICE);
        assertThat(monitor.goal(PROVIDER).inputs())
                .isEqualTo(PropertyMap.of("accessKey", PropertyValue.of("444455556666"))
                        .with("region", PropertyValue.of("us-east-1")));
        assertThat(monitor.goal(POLICY).provider())
                .contains(Urn.of("dev", "launch", "", PROVIDER, "repository-account") + "::repository-account-id");
        assertThat(monitor.goal(ROLE).provider()).isEmpty();
    }

    @Test
    void theSecondCredentialsGoToTheSameCloudAndItsSecretStaysOne() throws Exception {
        var config = config("cross-account");
        config.put("slipway:endpoint", "http://127.0.0.1:4711");
        config.put(
                "launch:repositoryAccount",
                "{\"accessKey\": \"AKIA\", \"secretKey\": \"hush\", \"region\": \"eu-west-1\"}");

        run(config);

        assertThat(monitor.goal(PROVIDER).inputs())
                .isEqualTo(PropertyMap.of("endpoint", PropertyValue.of("http://127.0.0.1:4711"))
                        .with("region", PropertyValue.of("eu-west-1"))
                        .with("accessKey", PropertyValue.of("AKIA"))
                        .with("secretKey", new PropertyValue.Secret(PropertyValue.of("hush"))));
    }

    @Test
    void theStackForAwsIsTheSameProgram() throws Exception {
        var config = config("aws");

        run(config);

        assertThat(config).containsEntry("slipway:endpoint", "aws");
        assertThat(monitor.types()).containsExactly(Urn.STACK_TYPE, COMPONENT, SERVICE);
    }

    @Test
    void aVariableThatIsTakenOutOfTheFileIsTakenOutOfTheService() throws Exception {
        var config = config("local");
        config.put("launch:environment", "{}");

        run(config);

        assertThat(monitor.goal(SERVICE).inputs().get("environment")).contains(PropertyMap.EMPTY);
    }

    @Test
    void aSecretEnvironmentStaysASecret() throws Exception {
        var info = monitor.info(
                Map.of("launch:image", "public.ecr.aws/a/b", "launch:environment", "{\"TOKEN\": \"hush\"}"),
                Set.of("launch:environment"));

        new InProcessProgram(Main::stack).run(info, monitor);

        assertThat(monitor.goal(SERVICE).inputs().get("environment"))
                .contains(new PropertyValue.Secret(PropertyMap.of("TOKEN", PropertyValue.of("hush"))));
    }

    @Test
    void mistakesAreToldAllAtOnceAndNothingIsDeclared() throws Exception {
        var config = config("local");
        config.put("launch:port", "http");
        config.put("launch:healthCheck", "{\"pth\": \"/\"}");

        assertThatThrownBy(() -> run(config)).isInstanceOf(ProgramFailed.class).hasMessage("""
                        the stack's configuration has 2 mistakes:
                          launch:port: expected a whole number, got `http`
                          launch:healthCheck.pth: unknown key; did you mean path?""");
        assertThat(monitor.goals).extracting(Goal::type).containsExactly(Urn.STACK_TYPE);
    }

    @Test
    void everyKeyOfTheStackFilesIsDeclaredInTheProjectFile() throws IOException {
        var declared = names(YAML.readTree(Path.of("Pulumi.yaml").toFile()).get("config"));
        try (Stream<Path> files = Files.list(Path.of("stacks"))) {
            assertThat(files).isNotEmpty().allSatisfy(file -> assertThat(
                            names(YAML.readTree(file.toFile()).get("config")).stream()
                                    .filter(key -> key.startsWith("launch:"))
                                    .map(key -> key.substring("launch:".length())))
                    .as(file.toString())
                    .isSubsetOf(declared));
        }
    }

    @Test
    void onlyTheImageHasNoDefault() throws IOException {
        JsonNode config = YAML.readTree(Path.of("Pulumi.yaml").toFile()).get("config");

        assertThat(names(config).stream().filter(key -> !config.get(key).has("default")))
                .containsExactly("image");
        assertThat(config)
                .allSatisfy(key -> assertThat(key.get("description").asText()).isNotBlank());
    }

    private void run(Map<String, String> config) throws ProgramFailed {
        new InProcessProgram(Main.class.getClassLoader(), Main.class.getName())
                .run(monitor.info(config, Set.of()), monitor);
    }

    /** The project file's defaults under the stack file's values, objects as JSON. */
    private static Map<String, String> config(String stack) throws IOException {
        Map<String, String> config = new LinkedHashMap<>();
        YAML.readTree(Path.of("Pulumi.yaml").toFile())
                .get("config")
                .properties()
                .forEach(entry -> {
                    JsonNode value = entry.getValue().get("default");
                    if (value != null) {
                        config.put("launch:" + entry.getKey(), text(value));
                    }
                });
        YAML.readTree(Path.of("stacks", "Pulumi." + stack + ".yaml").toFile())
                .get("config")
                .properties()
                .forEach(entry -> config.put(entry.getKey(), text(entry.getValue())));
        return config;
    }

    private static String text(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString();
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }
}
