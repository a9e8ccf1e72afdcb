package dev.slipway.cloud.apprunner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cloud.balancer.Balancer;
import dev.slipway.cloud.http.HttpServer;
import dev.slipway.cloud.logs.LogStore;
import dev.slipway.cloud.runtime.Entrance;
import dev.slipway.cloud.runtime.Surroundings;
import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.trouble.Troubles;
import dev.slipway.cloud.wire.Authorizer;
import dev.slipway.cloud.wire.AwsException;
import dev.slipway.cloud.wire.AwsService.Operation;
import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Caller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.apprunner.model.DescribeServiceRequest;
import software.amazon.awssdk.services.apprunner.model.DescribeServiceResponse;
import software.amazon.awssdk.services.apprunner.model.ListOperationsRequest;
import software.amazon.awssdk.services.apprunner.model.ListOperationsResponse;
import software.amazon.awssdk.services.apprunner.model.OperationSummary;
import software.amazon.awssdk.services.apprunner.model.Service;

/** App Runner with a real server and balancer, pretended images, and a clock that moves by the rounds a test drives. */
final class Fixture implements AutoCloseable {
    static final String ACCOUNT = "111122223333";
    static final String REGION = "us-east-1";
    static final String ROLE = "arn:aws:iam::" + ACCOUNT + ":role/pull";

    private static final Duration ROUND = Duration.ofMillis(20);
    private static final int MOST_ROUNDS = 200_000;

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    final MovedClock clock = new MovedClock();
    final FakeImages images = new FakeImages();
    final FakeRuntime runtime = new FakeRuntime();
    final List<LogLine> logs = new CopyOnWriteArrayList<>();
    final Set<String> untrusted = new HashSet<>();
    /** The service-linked roles that are there, account and service. */
    final Set<String> linkedRoles = new HashSet<>();

    final Set<InetAddress> bound = new HashSet<>();
    final Troubles troubles = new Troubles(clock, random);
    final Map<String, String> secrets = new HashMap<>();
    private final Balancer balancer = new Balancer(Balancer.REQUEST_LIMIT, clock);
    private final HttpServer server;
    private final Store store = Store.inMemory();
    private final HttpClient client = HttpClient.newHttpClient();
    AppRunner appRunner;

    record LogLine(String group, String stream, String text) {}

    /** @param there images that can be pulled and whose instances answer {@code one} */
    Fixture(String... there) {
        try {
            server = HttpServer.builder().route(balancer).start(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        appRunner = new AppRunner(parts());
        for (String image : there) {
            images.put(image, "ok:one");
        }
    }

    /** Another process over the same records. */
    void restart() {
        appRunner.close();
        appRunner = new AppRunner(parts());
    }

    private Parts parts() {
        return new Parts(
                store,
                new Logs(),
                runtime,
                Around::new,
                balancer,
                images,
                new Roles(),
                new Secrets(),
                new Addresses(),
                troubles,
                server.eventLoops(),
                clock,
                random,
                Runnable::run);
    }

    /** Calls an operation as the account's root. */
    <O> O call(String operation, SdkPojo request, Class<O> type) {
        return type.cast(handle(appRunner.service().operations().get(operation), request));
    }

    List<Authorizer.Question> questions(String operation, SdkPojo request) {
        return ask(appRunner.service().operations().get(operation), request);
    }

    private <I extends SdkPojo, O extends SdkPojo> O handle(Operation<I, O> operation, SdkPojo request) {
        return operation.handler().apply(callOf(), operation.input().cast(request));
    }

    private <I extends SdkPojo, O extends SdkPojo> List<Authorizer.Question> ask(
            Operation<I, O> operation, SdkPojo request) {
        return operation.questions().apply(callOf(), operation.input().cast(request));
    }

    private Call callOf() {
        var root = new Caller(
                ACCOUNT,
                "arn:aws:iam::" + ACCOUNT + ":root",
                ACCOUNT,
                ACCOUNT,
                Optional.empty(),
                Optional.empty(),
                Map.of());
        return new Call(root, REGION, clock.instant(), "request");
    }

    Service describe(String arn) {
        return call(
                        "DescribeService",
                        DescribeServiceRequest.builder().serviceArn(arn).build(),
                        DescribeServiceResponse.class)
                .service();
    }

    OperationSummary newestOperation(String arn) {
        return listOperations(arn).get(0);
    }

    /** The types of a service's operations, newest first. */
    List<String> operations(String arn) {
        return listOperations(arn).stream().map(OperationSummary::typeAsString).toList();
    }

    private List<OperationSummary> listOperations(String arn) {
        return call(
                        "ListOperations",
                        ListOperationsRequest.builder().serviceArn(arn).build(),
                        ListOperationsResponse.class)
                .operationSummaryList();
    }

    /** Drives until the service's operation is over, and tells its status then. */
    String settle(String arn) {
        driveUntil(() -> !describe(arn).statusAsString().equals("OPERATION_IN_PROGRESS"));
        return describe(arn).statusAsString();
    }

    /** Goes round by round, each 20 ms of the test's time, until something is so. */
    void driveUntil(BooleanSupplier condition) {
        for (int round = 0; !condition.getAsBoolean(); round++) {
            if (round > MOST_ROUNDS) {
                throw new AssertionError("it did not happen; events: " + events());
            }
            round();
        }
    }

    void driveFor(Duration time) {
        Instant end = clock.instant().plus(time);
        driveUntil(() -> !clock.instant().isBefore(end));
    }

    private void round() {
        appRunner.tick();
        try {
            appRunner.pending().get(2, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // The services see it themselves.
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        clock.advance(ROUND);
    }

    HttpResponse<String> get(Service service, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://" + service.serviceUrl() + path);
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** What the cloud's own address answers to a request for this host, with head and body. */
    String rawGet(String host) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream()
                    .write(("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    List<String> events() {
        return logs.stream()
                .filter(line -> line.stream().equals("events"))
                .map(LogLine::text)
                .toList();
    }

    @Override
    public void close() {
        appRunner.close();
        runtime.close();
        server.close();
        store.close();
    }

    private final class Logs implements LogStore {
        @Override
        public void append(String account, String region, String group, String stream, Instant time, String message) {
            logs.add(new LogLine(group, stream, message));
        }

        @Override
        public void delete(String account, String region, String group) {}
    }

    private final class Roles implements RoleAssumer {
        @Override
        public Caller assume(String servicePrincipal, String roleArn, String serviceArn) {
            if (untrusted.contains(servicePrincipal + " " + roleArn)) {
                throw new AwsException("AccessDenied", 403, "its trust policy does not name " + servicePrincipal);
            }
            return callOf().caller();
        }

        @Override
        public String registryPassword(Caller caller, String region) {
            return "password";
        }

        @Override
        public Optional<String> missingLinkedRole(String account, String service) {
            return linkedRoles.contains(account + " " + service)
                    ? Optional.empty()
                    : Optional.of("arn:aws:iam::" + account + ":role/aws-service-role/" + service + "/Linked");
        }

        @Override
        public void makeLinkedRole(String account, String service) {
            linkedRoles.add(account + " " + service);
        }
    }

    /** Secrets by their names; to seal is to turn around. */
    private final class Secrets implements SecretReader {
        @Override
        public boolean isReference(String text) {
            return !text.contains(" ");
        }

        @Override
        public String read(String serviceArn, String region, String instanceRole, String reference) {
            String value = secrets.get(reference);
            if (value == null) {
                throw new AwsException(
                        "ResourceNotFoundException", 400, "Secrets Manager can't find the specified secret.");
            }
            return value;
        }

        @Override
        public String seal(String place, String value) {
            return place + "|" + new StringBuilder(value).reverse();
        }

        @Override
        public String open(String place, String sealed) {
            assertThat(sealed).startsWith(place + "|");
            return new StringBuilder(sealed.substring(place.length() + 1))
                    .reverse()
                    .toString();
        }
    }

    /** What an instance would find around it. */
    record Around(String service, @Nullable String role, String instance) implements Surroundings {
        @Override
        public Map<String, String> variables(URI machine) {
            return Map.of();
        }

        @Override
        public void open(Entrance entrance) {}
    }

    private final class Addresses implements AddressBinder {
        @Override
        public void bind(InetAddress address) throws IOException {
            server.bind(address);
            bound.add(address);
        }

        @Override
        public void unbind(InetAddress address) {
            server.unbind(address);
            bound.remove(address);
        }

        @Override
        public int port() {
            return server.port();
        }
    }

    static Map<String, String> greeting(String text) {
        return new HashMap<>(Map.of("GREETING", text));
    }
}
