package dev.slipway.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import dev.slipway.protocol.CheckRequest;
import dev.slipway.protocol.CheckResponse;
import dev.slipway.protocol.ResourceProvider;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ServiceCheckTest {
    private static final Urn SERVICE = FakeAws.urn("Service", "hello");
    private static final String ROLE = "arn:aws:iam::111122223333:role/puller";
    private static final String OWN = "111122223333.dkr.ecr.us-east-1.amazonaws.com/team/app:1";
    private static final String FOREIGN = "444455556666.dkr.ecr.us-east-1.amazonaws.com/team/app:1";
    private static final PropertyMap PUBLIC = PropertyMap.of("image", text("public.ecr.aws/slipway/hello:latest"));

    private final FakeAws aws = new FakeAws().withRoles();
    private final ResourceProvider provider = aws.provider();

    @Test
    void derivesAutomaticDeploymentFromTheSource() {
        assertThat(checked(PUBLIC).get("autoDeploy")).hasValue(PropertyValue.of(false));
        assertThat(checked(ecr(OWN)).get("autoDeploy")).hasValue(PropertyValue.of(true));
        assertThat(checked(ecr(FOREIGN)).get("autoDeploy")).hasValue(PropertyValue.of(false));
        assertThat(checked(ecr(OWN.replace(":1", "@sha256:" + "a".repeat(64)))).get("autoDeploy"))
                .hasValue(PropertyValue.of(false));
        assertThat(checked(ecr(OWN.replace("us-east-1", "eu-west-1"))).get("autoDeploy"))
                .hasValue(PropertyValue.of(false));
    }

    @Test
    void asksForTheAccountAtMostOnceAndNotWithoutNeed() {
        checked(PUBLIC);
        assertThat(aws.identityCalls).isZero();
        checked(ecr(OWN));
        checked(ecr(FOREIGN));
        assertThat(aws.identityCalls).isEqualTo(1);
    }

    @Test
    void refusesAutomaticDeploymentWhereAppRunnerDoes() {
        PropertyValue yes = PropertyValue.of(true);
        assertThat(failures(PUBLIC.with("autoDeploy", yes)))
                .singleElement()
                .asString()
                .contains("autoDeploy", "ECR Public repository");
        assertThat(failures(ecr(FOREIGN).with("autoDeploy", yes)))
                .singleElement()
                .asString()
                .contains("autoDeploy", "different AWS account", "444455556666", "111122223333");
        assertThat(failures(ecr(OWN).with("autoDeploy", yes))).isEmpty();
    }

    @Test
    void warnsWhereAutomaticDeploymentDoesNothing() {
        PropertyValue yes = PropertyValue.of(true);
        assertThat(failures(ecr(OWN.replace(":1", "@sha256:" + "a".repeat(64))).with("autoDeploy", yes)))
                .isEmpty();
        assertThat(failures(ecr(OWN.replace("us-east-1", "eu-west-1")).with("autoDeploy", yes)))
                .isEmpty();
        assertThat(aws.told).hasSize(2).allMatch(line -> line.startsWith("WARNING autoDeploy has no effect"));
    }

    @Test
    void wantsARoleForEcrAndNoneForEcrPublic() {
        assertThat(failures(PropertyMap.of("image", text(OWN))))
                .singleElement()
                .asString()
                .contains("accessRoleArn", "AccessRole");
        assertThat(failures(PUBLIC.with("accessRoleArn", text(ROLE))))
                .singleElement()
                .asString()
                .contains("accessRoleArn");
        assertThat(failures(PropertyMap.of("image", text(OWN)).with("accessRoleArn", PropertyValue.Unknown.VALUE)))
                .isEmpty();
        assertThat(failures(PropertyMap.of("image", text(OWN)).with("accessRoleArn", text("puller"))))
                .singleElement()
                .asString()
                .contains("arn:aws:iam::ACCOUNT:role/NAME");
    }

    @ParameterizedTest
    @CsvSource({
        "0.25 vCPU, 0.5 GB, 256, 512", "256, 1 GB, 256, 1024", "512, 1024, 512, 1024", "1 vCPU, 2 GB, 1024, 2048",
        "1024, 3 GB, 1024, 3072", "1 vCPU, 4096, 1024, 4096", "2 vCPU, 4 GB, 2048, 4096", "2 vCPU, 6 GB, 2048, 6144",
        "4 vCPU, 8 GB, 4096, 8192", "4 vCPU, 10 GB, 4096, 10240", "4096, 12288, 4096, 12288"
    })
    void takesEveryPairOfCpuAndMemoryInItsNormalForm(String cpu, String memory, String units, String megabytes) {
        PropertyMap inputs = checked(PUBLIC.with("cpu", text(cpu)).with("memory", text(memory)));
        assertThat(inputs.text("cpu")).hasValue(units);
        assertThat(inputs.text("memory")).hasValue(megabytes);
    }

    @ParameterizedTest
    @CsvSource({"0.25 vCPU, 2 GB", "0.5 vCPU, 512", "1 vCPU, 6 GB", "2 vCPU, 2 GB", "4 vCPU, 4 GB", "256, ", ", 512"})
    void refusesEveryOtherPair(String cpu, String memory) {
        PropertyMap inputs = cpu == null ? PUBLIC : PUBLIC.with("cpu", text(cpu));
        assertThat(failures(memory == null ? inputs : inputs.with("memory", text(memory))))
                .singleElement()
                .asString()
                .contains("memory", "goes with a memory of");
    }

    @ParameterizedTest
    @CsvSource({
        "nginx, public.ecr.aws/docker/library/nginx:latest",
        "docker.io/library/nginx:1, public.ecr.aws/docker/library/nginx:1",
        "team/app, Docker Hub",
        "ghcr.io/a/b, GitHub's registry",
        "111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/a:1, China",
        "111122223333.dkr.ecr-fips.us-east-1.amazonaws.com/a:1, write `111122223333.dkr.ecr.us-east-1.amazonaws.com/a:1`",
        "111122223333.dkr-ecr.us-east-1.on.aws/a:1, write `111122223333.dkr.ecr.us-east-1.amazonaws.com/a:1`",
        "ecr-public.aws.com/a/b, write `public.ecr.aws/a/b`",
        "public.ecr.aws/nginx, public.ecr.aws/"
    })
    void refusesAnImageThatAppRunnerCannotRun(String image, String advice) {
        assertThat(failures(PropertyMap.of("image", text(image))))
                .singleElement()
                .asString()
                .startsWith("image:")
                .contains(advice);
    }

    @Test
    void tellsEveryMistakeAtOnceWithItsPath() {
        PropertyMap wrong = PUBLIC.with("serviceName", text("no"))
                .with("port", PropertyValue.of(70_000))
                .with("startCommand", text("a\nb"))
                .with("environment", PropertyMap.of("PORT", text("1")).with("AWSAPPRUNNER_X", text("1")))
                .with("cpu", text("3 vCPU"))
                .with("memory", PropertyValue.of(2))
                .with("instanceRoleArn", text("role"))
                .with(
                        "healthCheck",
                        PropertyMap.of("interval", PropertyValue.of(21)).with("pth", text("/")))
                .with(
                        "scaling",
                        PropertyMap.of("minSize", PropertyValue.of(5))
                                .with("maxSize", PropertyValue.of(2))
                                .with("maxConcurrency", PropertyValue.of(0)))
                .with("tags", PropertyMap.of("aws:x", text("1")));
        assertThat(failures(wrong))
                .extracting(line -> line.substring(0, line.indexOf(": ")))
                .containsExactlyInAnyOrder(
                        "serviceName",
                        "port",
                        "startCommand",
                        "environment.PORT",
                        "environment.AWSAPPRUNNER_X",
                        "cpu",
                        "memory",
                        "instanceRoleArn",
                        "healthCheck.interval",
                        "healthCheck.pth",
                        "scaling.maxSize",
                        "scaling.maxConcurrency",
                        "tags.aws:x");
        assertThat(failures(wrong)).anyMatch(line -> line.contains("did you mean `path`?"));
    }

    @Test
    void refusesSecretsThatCannotBeReadWithoutShowingThem() {
        PropertyMap secrets = PropertyMap.of("PORT", text("/a"))
                .with("AWSAPPRUNNER_X", text("/a"))
                .with("PLAIN", text("hunter 22!"))
                .with("GREETING", text("/a"))
                .with("BUCKET", text("arn:aws:s3:::hunter22"));
        List<String> failures = failures(
                PUBLIC.with("environmentSecrets", secrets).with("environment", PropertyMap.of("GREETING", text("x"))));
        assertThat(failures)
                .extracting(line -> line.substring(0, line.indexOf(": ")))
                .containsExactlyInAnyOrder(
                        "environmentSecrets.PORT",
                        "environmentSecrets.AWSAPPRUNNER_X",
                        "environmentSecrets.PLAIN",
                        "environmentSecrets.GREETING",
                        "environmentSecrets.BUCKET",
                        "instanceRoleArn");
        assertThat(failures).noneMatch(line -> line.contains("hunter"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:secretsmanager:us-east-1:111122223333:secret:team/token-AbCdEf",
                "arn:aws:secretsmanager:us-east-1:111122223333:secret:token-AbCdEf:password::",
                "arn:aws:ssm:us-east-1:111122223333:parameter/team/token",
                "/team/token",
                "token"
            })
    void takesEveryFormOfAReferenceToASecret(String reference) {
        assertThat(failures(PUBLIC.with("environmentSecrets", PropertyMap.of("TOKEN", text(reference)))
                        .with("instanceRoleArn", text("arn:aws:iam::111122223333:role/runner"))))
                .isEmpty();
    }

    @Test
    void refusesAVariableThatIsLongerThanAppRunnerTakes() {
        assertThat(failures(PUBLIC.with("environment", PropertyMap.of("LONG", text("x".repeat(51_200))))))
                .isEmpty();
        assertThat(failures(PUBLIC.with("environment", PropertyMap.of("LONG", text("x".repeat(51_201))))))
                .singleElement()
                .asString()
                .startsWith("environment.LONG: expected at most 51200 characters, got 51201");
    }

    @Test
    void refusesWhatDoesNotGoTogether() {
        String arn = "arn:aws:apprunner:us-east-1:111122223333:";
        assertThat(failures(PUBLIC.with("scaling", PropertyMap.of("maxSize", PropertyValue.of(2)))
                        .with("autoScalingConfigurationArn", text(arn + "autoscalingconfiguration/mine"))
                        .with("network", PropertyMap.of("egressType", text("VPC")))
                        .with(
                                "observability",
                                PropertyMap.of("enabled", PropertyValue.of(false))
                                        .with("configurationArn", text(arn + "observabilityconfiguration/mine/1")))
                        .with("kmsKey", text("alias/mine"))))
                .extracting(line -> line.substring(0, line.indexOf(": ")))
                .containsExactlyInAnyOrder(
                        "autoScalingConfigurationArn",
                        "network.vpcConnectorArn",
                        "observability.configurationArn",
                        "kmsKey");
        assertThat(failures(PUBLIC.with(
                        "network",
                        PropertyMap.of("egressType", text("DEFAULT"))
                                .with("vpcConnectorArn", text(arn + "vpcconnector/mine/1/" + "0".repeat(32))))))
                .singleElement()
                .asString()
                .startsWith("network.vpcConnectorArn");
    }

    @Test
    void checksWhatIsKnownOfAPreviewAndKeepsTheUnknown() {
        PropertyMap preview = PropertyMap.of("image", PropertyValue.Unknown.VALUE)
                .with("port", PropertyValue.of(0))
                .with(
                        "environment",
                        PropertyMap.of("URL", PropertyValue.Unknown.VALUE).with("PORT", PropertyValue.Unknown.VALUE))
                .with("cpu", PropertyValue.Unknown.VALUE)
                .with("memory", text("12 GB"));
        CheckResponse response = check(preview, Optional.empty());
        assertThat(response.failures())
                .extracting(failure -> failure.path().toString())
                .containsExactlyInAnyOrder("port", "environment.PORT");
        assertThat(response.inputs().get("image")).hasValue(PropertyValue.Unknown.VALUE);
        assertThat(response.inputs().get("autoDeploy")).isEmpty();
    }

    @Test
    void namesAServiceAfterItsResourceWithinTheLimit() {
        Urn longName = FakeAws.urn("Service", "a.very/long name that nobody would give to a service");
        String name = provider.check(new CheckRequest(longName, Optional.empty(), PUBLIC, "ab".repeat(32)))
                .inputs()
                .text("serviceName")
                .orElseThrow();
        assertThat(name).hasSizeLessThanOrEqualTo(40).matches("a-very-long-name-[a-z-]*-[0-9a-f]{7}");
    }

    @Test
    void warnsOfASettingThatAppRunnerKeeps() {
        check(PUBLIC, Optional.of(checked(PUBLIC.with("cpu", text("1 vCPU")))));
        assertThat(aws.told).singleElement().asString().contains("cpu is no longer set");
    }

    @Test
    void warnsOfAMemberThatAppRunnerKeeps() {
        PropertyMap path = PropertyMap.of("protocol", text("HTTP")).with("path", text("/healthz"));
        PropertyMap before = checked(PUBLIC.with("healthCheck", path.with("interval", PropertyValue.of(3))));
        check(PUBLIC.with("healthCheck", path), Optional.of(before));
        assertThat(aws.told).singleElement().asString().contains("healthCheck.interval is no longer set");
    }

    private static PropertyMap ecr(String image) {
        return PropertyMap.of("image", text(image)).with("accessRoleArn", text(ROLE));
    }

    private static PropertyValue text(String value) {
        return PropertyValue.of(value);
    }

    private PropertyMap checked(PropertyMap inputs) {
        CheckResponse response = check(inputs, Optional.empty());
        assertThat(response.failures()).isEmpty();
        return response.inputs();
    }

    private List<String> failures(PropertyMap inputs) {
        return check(inputs, Optional.empty()).failures().stream()
                .map(failure -> failure.path() + ": " + failure.reason())
                .toList();
    }

    private CheckResponse check(PropertyMap inputs, Optional<PropertyMap> olds) {
        return provider.check(new CheckRequest(SERVICE, olds, inputs, "5eed".repeat(16)));
    }
}
