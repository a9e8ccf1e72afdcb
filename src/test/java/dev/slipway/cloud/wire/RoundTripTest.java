package dev.slipway.cloud.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.testing.Cases;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.apprunner.AppRunnerClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecrpublic.EcrPublicClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;

/** Every operation of every service, random values, through the real SDK client and over a real socket: what is sent arrives. */
final class RoundTripTest {
    /** How often each operation is called; the services here have about 580, so that the thorough profile makes 11,000 calls. */
    private static final Cases CALLS = Cases.of(1, 20);

    @TestFactory
    List<DynamicTest> whatAClientSendsArrivesAndWhatIsAnsweredToo() {
        String models = "software.amazon.awssdk.services.";
        return List.of(
                service(
                        "apprunner",
                        37,
                        AppRunnerClient.class,
                        AwsService.json(Protocol.JSON_1_0, "apprunner", "AppRunner", models + "apprunner.model")),
                service(
                        "ecr",
                        50,
                        EcrClient.class,
                        AwsService.json(
                                Protocol.JSON_1_1,
                                "ecr",
                                "AmazonEC2ContainerRegistry_V20150921",
                                models + "ecr.model")),
                service(
                        "ecr-public",
                        23,
                        EcrPublicClient.class,
                        AwsService.json(
                                Protocol.JSON_1_1, "ecr-public", "SpencerFrontendService", models + "ecrpublic.model")),
                service(
                        "logs",
                        80,
                        CloudWatchLogsClient.class,
                        AwsService.json(Protocol.JSON_1_1, "logs", "Logs_20140328", models + "cloudwatchlogs.model")),
                service(
                        "secretsmanager",
                        20,
                        SecretsManagerClient.class,
                        AwsService.json(
                                Protocol.JSON_1_1,
                                "secretsmanager",
                                "secretsmanager",
                                models + "secretsmanager.model")),
                service(
                        "ssm",
                        140,
                        SsmClient.class,
                        AwsService.json(Protocol.JSON_1_1, "ssm", "AmazonSSM", models + "ssm.model")),
                service("iam", 150, IamClient.class, AwsService.query("iam", "2010-05-08", models + "iam.model")),
                service("sts", 9, StsClient.class, AwsService.query("sts", "2011-06-15", models + "sts.model")));
    }

    private static DynamicTest service(String name, int atLeast, Class<?> clientType, AwsService.Builder builder) {
        return DynamicTest.dynamicTest(name, () -> {
            List<Method> calls = operations(clientType);
            assertThat(calls).hasSizeGreaterThanOrEqualTo(atLeast);
            assertModelled(builder, calls);
            Exchange exchange = new Exchange();
            for (Method call : calls) {
                add(builder, call, exchange);
            }
            // Random values break constraints, which are not what is tested here.
            AwsService service = builder.model(ServiceModel.EMPTY).build();
            try (FrontFixture fixture = new FrontFixture(service)) {
                Object client = client(fixture, clientType);
                for (Method call : called(calls)) {
                    CALLS.run((random, number) -> assertSame(client, call, exchange, new RandomPojos(random)));
                }
            }
        });
    }

    /** In the usual build, a fifth of the two largest services that are here in part only: loading their classes takes seconds. */
    private static List<Method> called(List<Method> all) {
        boolean some = !Cases.thorough()
                && (all.get(0).getDeclaringClass() == SsmClient.class
                        || all.get(0).getDeclaringClass() == CloudWatchLogsClient.class);
        return some
                ? IntStream.range(0, all.size())
                        .filter(i -> i % 5 == 0)
                        .mapToObj(all::get)
                        .toList()
                : all;
    }

    private static void assertModelled(AwsService.Builder builder, List<Method> calls) {
        AwsService service = builder.build();
        assertThat(calls).allSatisfy(call -> {
            String request = call.getParameterTypes()[0].getSimpleName();
            String name = wireName(request.substring(0, request.length() - "Request".length()));
            assertThat(service.model().hasOperation(name)).as(name).isTrue();
        });
    }

    /** What a handler saw last, and what it is to answer. */
    private static final class Exchange {
        volatile SdkPojo seen;
        volatile SdkPojo answer;
    }

    private static void assertSame(Object client, Method call, Exchange exchange, RandomPojos random)
            throws IllegalAccessException {
        SdkPojo request = random.next(call.getParameterTypes()[0].asSubclass(SdkPojo.class));
        exchange.answer = random.next(call.getReturnType().asSubclass(SdkPojo.class));
        Object answer;
        try {
            answer = call.invoke(client, request);
        } catch (InvocationTargetException refused) {
            throw new AssertionError(call.getName() + " " + request, refused.getCause());
        }
        assertThat(exchange.seen.equalsBySdkFields(request))
                .as("%s: sent %s, arrived %s", call.getName(), request, exchange.seen)
                .isTrue();
        assertThat(exchange.answer.equalsBySdkFields(answer))
                .as("%s: answered %s, arrived %s", call.getName(), exchange.answer, answer)
                .isTrue();
    }

    private static void add(AwsService.Builder builder, Method call, Exchange exchange) {
        String request = call.getParameterTypes()[0].getSimpleName();
        String name = request.substring(0, request.length() - "Request".length());
        BiFunction<Call, SdkPojo, SdkPojo> handler = (from, input) -> {
            exchange.seen = input;
            return exchange.answer;
        };
        on(builder, wireName(name), call.getParameterTypes()[0], call.getReturnType(), handler);
    }

    /** The calls that a client without a key makes to get one. */
    private static boolean unsigned(String name) {
        return name.equals("AssumeRoleWithSAML") || name.equals("AssumeRoleWithWebIdentity");
    }

    /** The name on the wire where the SDK spells an acronym differently. */
    private static String wireName(String name) {
        return name.replace("Saml", "SAML")
                .replace("Mfa", "MFA")
                .replace("OpenIdConnect", "OpenIDConnect")
                .replace("Ssh", "SSH")
                .replace("ClientId", "ClientID");
    }

    @SuppressWarnings("unchecked")
    private static <I extends SdkPojo, O extends SdkPojo> void on(
            AwsService.Builder builder, String name, Class<?> input, Class<?> output, BiFunction<Call, ?, ?> handler) {
        BiFunction<Call, I, O> typed = (BiFunction<Call, I, O>) handler;
        if (unsigned(name)) {
            builder.onAnonymous(name, (Class<I>) input, (Class<O>) output, typed);
        } else {
            builder.on(name, (Class<I>) input, (Class<O>) output, (call, request) -> List.of(), typed);
        }
    }

    private static List<Method> operations(Class<?> clientType) {
        List<Method> calls = new ArrayList<>();
        for (Method method : clientType.getMethods()) {
            boolean operation = method.getParameterCount() == 1
                    && SdkRequest.class.isAssignableFrom(method.getParameterTypes()[0])
                    && SdkPojo.class.isAssignableFrom(method.getReturnType());
            if (operation) {
                calls.add(method);
            }
        }
        calls.sort(java.util.Comparator.comparing(Method::getName));
        return calls;
    }

    private static Object client(FrontFixture fixture, Class<?> type) throws IOException {
        if (type == AppRunnerClient.class) {
            return fixture.client(AppRunnerClient.builder(), FrontFixture.ALICE);
        } else if (type == EcrClient.class) {
            return fixture.client(EcrClient.builder(), FrontFixture.ALICE);
        } else if (type == EcrPublicClient.class) {
            return fixture.client(EcrPublicClient.builder(), FrontFixture.ALICE);
        } else if (type == CloudWatchLogsClient.class) {
            return fixture.client(CloudWatchLogsClient.builder(), FrontFixture.ALICE);
        } else if (type == SecretsManagerClient.class) {
            return fixture.client(SecretsManagerClient.builder(), FrontFixture.ALICE);
        } else if (type == SsmClient.class) {
            return fixture.client(SsmClient.builder(), FrontFixture.ALICE);
        } else if (type == IamClient.class) {
            return fixture.client(IamClient.builder(), FrontFixture.ALICE);
        }
        return fixture.client(StsClient.builder(), FrontFixture.ALICE);
    }
}
