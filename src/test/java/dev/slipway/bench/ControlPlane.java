package dev.slipway.bench;

import dev.slipway.testing.RawHttp;
import dev.slipway.testing.SigV4;
import dev.slipway.testing.TestCloud;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apprunner.AppRunnerClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;

/**
 * Requests per second and latency of three reads, as a user whose one policy allows them: every request is signed and every signature
 * and permission is checked. The client is a plain socket that sends bytes signed beforehand, so that it costs little beside the cloud,
 * which runs in the same process.
 */
final class ControlPlane implements Benchmark {
    private static final Region REGION = Region.US_EAST_1;
    private static final String SERVICE_NAME = "bench";
    private static final int ROUNDS = 5;
    private static final int WARM_UP_MILLIS = 5000;
    private static final int ROUND_MILLIS = 2000;

    @Override
    public String name() {
        return "control";
    }

    @Override
    public void run(PrintStream out) throws Exception {
        Path directory = Files.createTempDirectory("slipway-bench");
        try (TestCloud cloud = TestCloud.start(directory)) {
            AccessKey key = prepare(cloud.endpoint());
            var signer = new SigV4(key.accessKeyId(), key.secretAccessKey(), "", REGION.id());
            out.println(
                    "client: raw sockets, requests signed beforehand, in the cloud's own process; a user with one policy");
            Map<String, byte[]> requests = new LinkedHashMap<>();
            requests.put(
                    "GetRole", request(signer, cloud, "iam", "", "Action=GetRole&Version=2010-05-08&RoleName=bench"));
            requests.put(
                    "DescribeService",
                    request(
                            signer,
                            cloud,
                            "apprunner",
                            "AppRunner.DescribeService",
                            "{\"ServiceArn\":\"" + service(cloud.endpoint()) + "\"}"));
            requests.put(
                    "DescribeRepositories",
                    request(signer, cloud, "ecr", "AmazonEC2ContainerRegistry_V20150921.DescribeRepositories", "{}"));
            for (Map.Entry<String, byte[]> call : requests.entrySet()) {
                for (int connections : new int[] {1, 16}) {
                    measure(out, cloud.port(), call.getKey(), call.getValue(), connections);
                }
            }
        } finally {
            Trees.delete(directory);
        }
    }

    private static AccessKey prepare(URI endpoint) {
        var root = StaticCredentialsProvider.create(AwsBasicCredentials.create("111122223333", "any"));
        try (IamClient iam = IamClient.builder()
                        .endpointOverride(endpoint)
                        .region(REGION)
                        .credentialsProvider(root)
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .build();
                EcrClient ecr = EcrClient.builder()
                        .endpointOverride(endpoint)
                        .region(REGION)
                        .credentialsProvider(root)
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .build()) {
            iam.createUser(user -> user.userName("bench"));
            iam.putUserPolicy(
                    policy -> policy.userName("bench").policyName("read").policyDocument("""
                    {"Version": "2012-10-17", "Statement": [
                      {"Effect": "Allow", "Action": "iam:Get*", "Resource": "arn:aws:iam::111122223333:role/*"},
                      {"Effect": "Allow", "Action": ["ecr:Describe*", "apprunner:Describe*"], "Resource": "*",
                       "Condition": {"StringEquals": {"aws:RequestedRegion": "us-east-1"}}}]}
                    """));
            iam.createRole(role -> role.roleName("bench").assumeRolePolicyDocument("""
                    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
                     "Principal": {"Service": "tasks.apprunner.amazonaws.com"}}]}
                    """));
            for (int i = 0; i < 5; i++) {
                String name = "bench/app-" + i;
                ecr.createRepository(repository -> repository.repositoryName(name));
            }
            return iam.createAccessKey(made -> made.userName("bench")).accessKey();
        }
    }

    /** A service of the image that every cloud has; described the same whether it runs yet or not. */
    private static String service(URI endpoint) {
        try (AppRunnerClient apprunner = AppRunnerClient.builder()
                .endpointOverride(endpoint)
                .region(REGION)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("111122223333", "any")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            return apprunner
                    .createService(create -> create.serviceName(SERVICE_NAME)
                            .sourceConfiguration(source -> source.autoDeploymentsEnabled(false)
                                    .imageRepository(
                                            image -> image.imageIdentifier("public.ecr.aws/slipway/hello:latest")
                                                    .imageRepositoryType("ECR_PUBLIC"))))
                    .service()
                    .serviceArn();
        }
    }

    private static byte[] request(SigV4 signer, TestCloud cloud, String service, String target, String body)
            throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("host", "127.0.0.1:" + cloud.port());
        headers.put(
                "content-type",
                target.isEmpty()
                        ? "application/x-www-form-urlencoded; charset=utf-8"
                        : service.equals("ecr") ? "application/x-amz-json-1.1" : "application/x-amz-json-1.0");
        if (!target.isEmpty()) {
            headers.put("x-amz-target", target);
        }
        headers.putAll(signer.sign(service, headers, bytes, Instant.now()));
        StringBuilder head = new StringBuilder("POST / HTTP/1.1\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("content-length: ").append(bytes.length).append("\r\n\r\n");
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(head.toString().getBytes(StandardCharsets.US_ASCII));
        whole.write(bytes);
        return whole.toByteArray();
    }

    private static void measure(PrintStream out, int port, String call, byte[] request, int connections) {
        load(port, request, connections, WARM_UP_MILLIS);
        List<Double> rates = new ArrayList<>();
        List<Double> p50 = new ArrayList<>();
        List<Double> p99 = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            double[] micros = Bench.sorted(load(port, request, connections, ROUND_MILLIS));
            rates.add(micros.length * 1000.0 / ROUND_MILLIS);
            p50.add(Bench.quantile(micros, 0.5));
            p99.add(Bench.quantile(micros, 0.99));
        }
        String what = call + ", " + connections + (connections == 1 ? " connection" : " connections");
        out.printf(Locale.ROOT, "%-36s %s%n", what, Bench.Figures.of(rates).text("req/s"));
        out.printf(Locale.ROOT, "%-36s %s%n", "", Bench.Figures.of(p50).text("us p50"));
        out.printf(Locale.ROOT, "%-36s %s%n", "", Bench.Figures.of(p99).text("us p99"));
    }

    /** The times of all answers in microseconds. */
    private static double[] load(int port, byte[] request, int connections, int millis) {
        long end = System.nanoTime() + millis * 1_000_000L;
        List<CompletableFuture<double[]>> clients = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            clients.add(CompletableFuture.supplyAsync(() -> one(port, request, end), task -> new Thread(task).start()));
        }
        return clients.stream()
                .map(CompletableFuture::join)
                .flatMapToDouble(java.util.Arrays::stream)
                .toArray();
    }

    private static double[] one(int port, byte[] request, long end) {
        double[] times = new double[1024];
        int count = 0;
        try (RawHttp connection = new RawHttp(port, Duration.ofSeconds(20))) {
            for (long begin = System.nanoTime(); begin < end; begin = System.nanoTime()) {
                RawHttp.Answer answer = connection.send(request, "POST", true);
                if (answer.status() != 200) {
                    throw new IllegalStateException("not measured: " + answer);
                }
                if (count == times.length) {
                    times = java.util.Arrays.copyOf(times, 2 * count);
                }
                times[count++] = (System.nanoTime() - begin) / 1000.0;
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return java.util.Arrays.copyOf(times, count);
    }
}
