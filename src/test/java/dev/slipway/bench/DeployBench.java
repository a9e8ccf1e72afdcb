package dev.slipway.bench;

import dev.slipway.cloud.gallery.BuiltImage;
import dev.slipway.testing.HelloRepository;
import dev.slipway.testing.RawHttp;
import dev.slipway.testing.RealService;
import dev.slipway.testing.SteadyLoad;
import dev.slipway.testing.TestCloud;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.services.apprunner.AppRunnerClient;
import software.amazon.awssdk.services.apprunner.model.Service;

/**
 * How soon a user sees what was deployed: from a push to the first answer of the new version, from CreateService to the first 200, and what
 * requests feel of a deployment. The image is the hello image, a JVM.
 */
final class DeployBench implements Benchmark {
    private static final int ROUNDS = 7;
    private static final int PER_SECOND = 500;

    @Override
    public String name() {
        return "deploy";
    }

    @Override
    public void run(PrintStream out) throws Exception {
        Path directory = Files.createTempDirectory("slipway-bench");
        try (TestCloud cloud = TestCloud.start(directory)) {
            URI endpoint = cloud.endpoint();
            Bench bench = new Bench(out, 1, ROUNDS);
            // The image is made in the background of a cloud's first start.
            RealService warm = RealService.running(endpoint, "warm", in -> {});
            int[] number = {0};
            bench.alone("CreateService to the first 200", "ms", () -> create(endpoint, "made-" + number[0]++));
            pushes(bench, endpoint, directory);
            underLoad(out, warm);
        } finally {
            Trees.delete(directory);
        }
    }

    private static double create(URI endpoint, String name) throws IOException {
        try (AppRunnerClient client = RealService.client(AppRunnerClient.builder(), endpoint)) {
            long begin = System.nanoTime();
            Service service = client.createService(in ->
                            in.serviceName(name).sourceConfiguration(RealService.hello(RealService.HELLO, Map.of())))
                    .service();
            awaitAnswer(RealService.address(service), "");
            double millis = (System.nanoTime() - begin) / 1e6;
            while (client.describeService(in -> in.serviceArn(service.serviceArn()))
                    .service()
                    .statusAsString()
                    .equals("OPERATION_IN_PROGRESS")) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
            client.deleteService(in -> in.serviceArn(service.serviceArn()));
            return millis;
        }
    }

    /** Asks again and again, as a person at a terminal would who can't wait. */
    private static void awaitAnswer(InetSocketAddress to, String text) throws IOException {
        byte[] request =
                ("GET / HTTP/1.1\r\nHost: " + to.getHostString() + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        try (RawHttp http = new RawHttp(to, Duration.ofSeconds(30))) {
            while (true) {
                RawHttp.Answer answer = http.send(request, "GET", true);
                if (answer.status() == 200 && answer.text().contains(text)) {
                    return;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
        }
    }

    private static void pushes(Bench bench, URI endpoint, Path directory) throws Exception {
        var repository = new HelloRepository(endpoint, directory.resolve("images"));
        BuiltImage[] versions = {repository.image("blue"), repository.image("green")};
        repository.push(versions[0], "live");
        RealService service =
                RealService.running(endpoint, "pushed", in -> in.sourceConfiguration(repository.followed("live")));
        int[] number = {0};
        bench.alone("push to the first answer of the new version", "ms", () -> {
            int next = ++number[0] % 2;
            long begin = System.nanoTime();
            repository.push(versions[next], "live");
            awaitAnswer(service.address(), next == 0 ? "version   blue" : "version   green");
            double millis = (System.nanoTime() - begin) / 1e6;
            service.settled();
            return millis;
        });
    }

    private static void underLoad(PrintStream out, RealService service) {
        try (SteadyLoad quiet = load(service)) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(10));
            quiet.end();
            out.println("without a deployment: " + quiet);
        }
        try (SteadyLoad busy = load(service)) {
            for (int deployment = 0; deployment < ROUNDS; deployment++) {
                String greeting = "deployment " + deployment;
                long begin = System.nanoTime();
                service.update(in ->
                        in.sourceConfiguration(RealService.hello(RealService.HELLO, Map.of("GREETING", greeting))));
                out.printf(
                        Locale.ROOT,
                        "deployment %d under load: %.0f ms%n",
                        deployment,
                        (System.nanoTime() - begin) / 1e6);
            }
            busy.end();
            out.println("with " + ROUNDS + " deployments in a row: " + busy + " " + busy.complaints());
        }
    }

    private static SteadyLoad load(RealService service) {
        return SteadyLoad.start(
                service.address(),
                "/",
                PER_SECOND,
                32,
                () -> answer -> answer.status() == 200 ? Optional.empty() : Optional.of(answer.toString()));
    }
}
