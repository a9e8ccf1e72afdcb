package dev.slipway.cloud.apprunner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cloud.wire.AwsException;
import dev.slipway.testing.Cases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.services.apprunner.model.DeleteServiceRequest;
import software.amazon.awssdk.services.apprunner.model.DeleteVpcIngressConnectionRequest;
import software.amazon.awssdk.services.apprunner.model.ListServicesRequest;
import software.amazon.awssdk.services.apprunner.model.ListServicesResponse;
import software.amazon.awssdk.services.apprunner.model.ListVpcIngressConnectionsRequest;
import software.amazon.awssdk.services.apprunner.model.ListVpcIngressConnectionsResponse;
import software.amazon.awssdk.services.apprunner.model.ServiceSummary;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * Long conversations of random requests, most of them nearly right, with a few services: whatever comes, the answer is an answer or an
 * error of App Runner's, and what is under way comes to an end.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class RandomRequestsTest {
    private static final String PACKAGE = "software.amazon.awssdk.services.apprunner.model.";
    private static final List<String> IMAGES =
            List.of("ok:one", "ok:two", "ok:three", "ok:four", "exit:1", "arm64", "listen:9");
    private static final Set<String> CODES = Set.of(
            "InvalidRequestException",
            "InvalidStateException",
            "ResourceNotFoundException",
            "ServiceQuotaExceededException");
    private static final int CALLS = 40;

    @Test
    void noRequestIsTooStrange() {
        Set<String> accepted = new TreeSet<>();
        Cases cases = Cases.of(40, 2_000);
        cases.run((random, number) -> {
            try (Fixture cloud = new Fixture()) {
                new Conversation(cloud, random, accepted).run();
            }
        });
        // Else all this would prove no more than that nonsense is refused.
        assertThat(cases.count() == 1 || accepted.size() >= 32)
                .as("accepted: " + accepted)
                .isTrue();
    }

    /** One cloud, and what was seen in its answers. */
    private static final class Conversation {
        private final Fixture cloud;
        private final Random random;
        private final Set<String> accepted;
        private final List<String> arns = new ArrayList<>(List.of(
                "arn:aws:apprunner:us-east-1:111122223333:autoscalingconfiguration/DefaultConfiguration",
                "arn:aws:apprunner:us-east-1:111122223333:service/none/0123456789abcdef0123456789abcdef",
                "arn:aws:apprunner:us-east-1:111122223333:autoscalingconfiguration/",
                "arn:aws:apprunner:us-east-1:111122223333:observabilityconfiguration/a/99999999999999999999/x/y",
                "arn:aws:iam::111122223333:role/x",
                ":::::",
                ""));

        Conversation(Fixture cloud, Random random, Set<String> accepted) {
            this.accepted = accepted;
            this.cloud = cloud;
            this.random = random;
            for (String image : IMAGES) {
                cloud.images.put("public.ecr.aws/slipway/" + image.replace(":", "-") + ":1", image);
            }
            cloud.secrets.put("parameter", "value");
        }

        void run() throws Exception {
            List<String> operations =
                    List.copyOf(cloud.appRunner.service().operations().keySet());
            for (int i = 0; i < CALLS; i++) {
                // Services are what everything else hangs on.
                String operation =
                        random.nextInt(5) == 0 ? "CreateService" : operations.get(random.nextInt(operations.size()));
                call(operation);
                if (random.nextInt(3) == 0) {
                    cloud.driveFor(Duration.ofMillis(random.nextInt(1_000)));
                }
                if (random.nextInt(25) == 0) {
                    cloud.restart();
                }
            }
            cloud.driveUntil(this::nothingIsUnderWay);
            assertThat(cloud.runtime.running().size()).isLessThanOrEqualTo(200);
            deleteAll();
            cloud.driveUntil(this::nothingIsUnderWay);
            assertThat(services()).isEmpty();
            assertThat(cloud.runtime.running()).isEmpty();
            assertThat(cloud.bound).isEmpty();
        }

        private List<ServiceSummary> services() {
            return cloud.call("ListServices", ListServicesRequest.builder().build(), ListServicesResponse.class)
                    .serviceSummaryList();
        }

        private boolean nothingIsUnderWay() {
            return services().stream()
                    .noneMatch(service -> service.statusAsString().equals("OPERATION_IN_PROGRESS"));
        }

        private void deleteAll() {
            cloud.call(
                            "ListVpcIngressConnections",
                            ListVpcIngressConnectionsRequest.builder().build(),
                            ListVpcIngressConnectionsResponse.class)
                    .vpcIngressConnectionSummaryList()
                    .forEach(each -> cloud.call(
                            "DeleteVpcIngressConnection",
                            DeleteVpcIngressConnectionRequest.builder()
                                    .vpcIngressConnectionArn(each.vpcIngressConnectionArn())
                                    .build(),
                            SdkPojo.class));
            services()
                    .forEach(each -> cloud.call(
                            "DeleteService",
                            DeleteServiceRequest.builder()
                                    .serviceArn(each.serviceArn())
                                    .build(),
                            SdkPojo.class));
        }

        private void call(String operation) throws Exception {
            var type = Class.forName(PACKAGE + operation + "Request").asSubclass(SdkPojo.class);
            SdkPojo request = fill((SdkPojo) type.getMethod("builder").invoke(null), operation, 0);
            try {
                cloud.questions(operation, request);
                remember(cloud.call(operation, request, SdkPojo.class));
                accepted.add(operation);
            } catch (AwsException error) {
                assertThat(error.code())
                        .as(operation + " " + error.getMessage())
                        .isIn(CODES);
                assertThat(error.status()).isEqualTo(400);
                assertThat(error.getMessage()).isNotBlank().hasSizeLessThanOrEqualTo(600);
            } catch (RuntimeException bug) {
                throw new AssertionError(operation + " " + request, bug);
            }
        }

        /** ARNs and tokens of answers come back in later requests. */
        private void remember(Object answer) {
            if (answer instanceof SdkPojo pojo) {
                for (SdkField<?> field : pojo.sdkFields()) {
                    Object value = field.getValueOrDefault(pojo);
                    if (value instanceof String text
                            && (field.memberName().endsWith("Arn")
                                    || field.memberName().equals("NextToken"))) {
                        arns.add(text);
                    }
                    remember(value);
                }
            } else if (answer instanceof List<?> list) {
                list.forEach(this::remember);
            }
        }

        private SdkPojo fill(SdkPojo builder, String path, int depth) {
            for (SdkField<?> field : builder.sdkFields()) {
                String at = path + "." + field.memberName();
                if (required(at, depth)
                        || random.nextInt(
                                        rare(at)
                                                ? 40
                                                : at.contains("Ingress") || at.endsWith("NetworkConfiguration") ? 2 : 8)
                                == 0) {
                    field.set(builder, value(field, at, depth));
                }
            }
            return (SdkPojo) ((SdkBuilder<?, ?>) builder).build();
        }

        /** What nobody can have here. */
        private static boolean rare(String at) {
            return at.endsWith("CodeRepository")
                    || at.endsWith("EncryptionConfiguration")
                    || at.endsWith("AutoDeploymentsEnabled");
        }

        /** What the wire requires is always there when a handler is asked. */
        private static boolean required(String at, int depth) {
            String member = at.substring(at.lastIndexOf('.') + 1);
            boolean first = depth == 0
                    && !at.startsWith("ListVpcIngress")
                    && (member.equals("ServiceArn")
                            || member.equals("ResourceArn")
                            || (member.endsWith("Arn") && !at.startsWith("CreateService") && !at.startsWith("UpdateS"))
                            || (member.endsWith("Name") && at.startsWith("Create"))
                            || Set.of("DomainName", "Tags", "TagKeys", "ProviderType", "Subnets")
                                    .contains(member)
                            || at.equals("CreateService.SourceConfiguration"));
            return first
                    || member.equals("ImageIdentifier")
                    || member.equals("ImageRepositoryType")
                    || at.endsWith("ImageRepository")
                    || at.endsWith("Tag.Key")
                    || at.contains("IngressVpcConfiguration")
                    || member.equals("Vendor")
                    || member.equals("ObservabilityEnabled");
        }

        private @Nullable Object value(SdkField<?> field, String at, int depth) {
            return switch (field.marshallingType().getKnownType()) {
                case STRING -> text(at);
                case BOOLEAN -> random.nextBoolean();
                case INTEGER -> random.nextInt(3) == 0 ? random.nextInt(30) : 1 + random.nextInt(3);
                case SDK_POJO -> fill(field.constructor().get(), at, depth + 1);
                case LIST -> {
                    List<Object> list = new ArrayList<>();
                    for (int i = random.nextInt(3); i >= 0; i--) {
                        list.add(value(
                                field.getTrait(ListTrait.class).memberFieldInfo(),
                                at + (at.endsWith("Tags") ? ".Tag" : ""),
                                depth + 1));
                    }
                    yield list;
                }
                case MAP -> {
                    Map<String, Object> map = new HashMap<>();
                    for (int i = random.nextInt(2); i >= 0; i--) {
                        map.put(
                                random.nextInt(6) == 0 ? odd() : at.substring(at.length() - 7) + random.nextInt(3),
                                text(at));
                    }
                    yield map;
                }
                default -> throw new AssertionError("a new kind at " + at);
            };
        }

        private String text(String at) {
            if (random.nextInt(25) == 0) {
                return odd();
            }
            if (at.endsWith("RoleArn")) {
                return Fixture.ROLE;
            }
            if (at.endsWith("Arn") || at.endsWith("NextToken")) {
                return arn(at);
            }
            String last = at.substring(at.lastIndexOf('.') + 1);
            return switch (last) {
                case "ImageIdentifier" ->
                    "public.ecr.aws/slipway/" + any(IMAGES).replace(":", "-") + ":1";
                case "ImageRepositoryType" -> "ECR_PUBLIC";
                case "Port" -> "8080";
                case "Cpu" -> any(List.of("1024", "1 vCPU", "0.25 vCPU"));
                case "Memory" -> any(List.of("2048", "2 GB"));
                case "Protocol" -> any(List.of("TCP", "HTTP"));
                case "Path" -> "/";
                case "EgressType" -> any(List.of("DEFAULT", "VPC"));
                case "IpAddressType" -> any(List.of("IPV4", "DUAL_STACK"));
                case "VpcId" -> "vpc-1";
                case "VpcEndpointId" -> "vpce-1";
                case "Subnets" -> "subnet-1";
                case "SecurityGroups" -> "sg-1";
                case "ProviderType" -> "GITHUB";
                case "Vendor" -> "AWSXRAY";
                case "DomainName" -> any(List.of("example.com", "*.example.org", "a.b.c.example.net"));
                case "RuntimeEnvironmentSecrets" -> any(List.of("parameter", "missing"));
                case "StartCommand" -> "/run 'it'";
                default -> "name-" + random.nextInt(4);
            };
        }

        /** One of the kind that is asked for, mostly. */
        private String arn(String at) {
            String member = at.substring(at.lastIndexOf('.') + 1).replaceFirst("Arn$", "");
            String kind = ":" + member.toLowerCase(Locale.ROOT) + "/";
            List<String> fitting = arns.stream()
                    .filter(arn -> arn.contains(kind) && !arn.contains("none"))
                    .toList();
            return any(fitting.isEmpty() || random.nextInt(8) == 0 ? arns : fitting);
        }

        private String any(List<String> words) {
            return words.get(random.nextInt(words.size()));
        }

        private String odd() {
            return any(List.of(
                    "",
                    " ",
                    "../../etc/passwd",
                    "\0",
                    "é日本🚢",
                    "a'b\"c`d$e",
                    "%s%n{0}",
                    "x".repeat(5_000),
                    "null",
                    "-1",
                    "arn:aws:apprunner:us-east-1:111122223333:service/a/b",
                    "*",
                    "\r\nX: y",
                    "'",
                    "\\"));
        }
    }
}
