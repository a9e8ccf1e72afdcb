package dev.slipway.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.testing.RealService;
import dev.slipway.testing.TestCloud;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.iam.IamClient;

/** What an application finds around it: tried with the AWS CLI and Python in the network, and with the environment, of real instances. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
final class InstanceSurroundingsIT {
    private static final String TRUST = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
             "Principal": {"Service": "tasks.apprunner.amazonaws.com"}}]}""";
    private static final String POLICY = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ecr:DescribeRepositories",
             "Resource": "*"}]}""";

    @TempDir
    private static Path directory;

    private static TestCloud cloud;
    private static RealService plain;
    private static long withRole;
    private static long withoutRole;

    @BeforeAll
    static void startServices() throws Exception {
        assumeTrue(Files.isReadable(Path.of("/proc/1/environ")), "not root, so other networks can't be entered");
        for (String program : List.of("nsenter", "aws", "python3")) {
            assumeTrue(run(List.of("which", program), List.of()).code() == 0, program + " is not installed");
        }
        cloud = TestCloud.start(directory);
        String role;
        try (IamClient iam = RealService.client(IamClient.builder(), cloud.endpoint())) {
            role = iam.createRole(in -> in.roleName("app").assumeRolePolicyDocument(TRUST))
                    .role()
                    .arn();
            iam.putRolePolicy(in -> in.roleName("app").policyName("look").policyDocument(POLICY));
        }
        plain = RealService.running(cloud.endpoint(), "plain", in -> {});
        withoutRole = newest(List.of());
        RealService.running(
                cloud.endpoint(), "acts", in -> in.instanceConfiguration(size -> size.instanceRoleArn(role)));
        withRole = newest(List.of(withoutRole));
    }

    @AfterAll
    static void stop() {
        if (cloud != null) {
            cloud.close();
        }
    }

    private static long newest(List<Long> others) {
        return new Instances(ProcessHandle.current())
                .running().stream()
                        .map(ProcessHandle::pid)
                        .filter(pid -> !others.contains(pid))
                        .findFirst()
                        .orElseThrow();
    }

    private record Outcome(int code, String text) {}

    private static Outcome run(List<String> command, List<String> environment) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        environment.forEach(entry -> builder.environment().put(entry.split("=", 2)[0], entry.split("=", 2)[1]));
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), text);
    }

    /** Runs a program of this machine in an instance's network, with what the instance's environment says of AWS. */
    private static Outcome inside(long instance, List<String> more, String... command) throws Exception {
        List<String> environment = new ArrayList<>(aws(instance));
        environment.add("AWS_EC2_METADATA_DISABLED=true");
        environment.add("AWS_MAX_ATTEMPTS=1");
        environment.addAll(more);
        List<String> all = new ArrayList<>(List.of("nsenter", "--net=/proc/" + instance + "/ns/net"));
        all.addAll(Arrays.asList(command));
        return run(all, environment);
    }

    private static List<String> aws(long instance) throws IOException {
        String environment = Files.readString(Path.of("/proc/" + instance + "/environ"));
        return Arrays.stream(environment.split("\0"))
                .filter(entry -> entry.startsWith("AWS_"))
                .sorted()
                .toList();
    }

    /** What a URL answers inside, or the error's name. */
    private static String get(long instance, String url) throws Exception {
        String script = "import urllib.request\ntry:\n print(urllib.request.urlopen('" + url
                + "', timeout=20).read().decode())\nexcept OSError as e:\n print(e)";
        return inside(instance, List.of(), "python3", "-c", script).text();
    }

    @Test
    void anUnmodifiedClientActsAsTheInstanceRole() throws Exception {
        Outcome who = inside(withRole, List.of(), "aws", "sts", "get-caller-identity", "--output", "json");
        assertThat(who.text()).containsPattern("arn:aws:sts::111122223333:assumed-role/app/[0-9a-f]{32}\"");
        assertThat(inside(withRole, List.of(), "aws", "ecr", "describe-repositories", "--output", "json")
                        .text())
                .contains("\"repositories\": []");
    }

    @Test
    void whatTheRoleMayNotDoIsRefusedAndExplained() throws Exception {
        Outcome refused = inside(withRole, List.of(), "aws", "iam", "list-users");
        assertThat(refused.text()).contains("AccessDenied", "assumed-role/app/", "iam:ListUsers");
        var decisions = HttpRequest.newBuilder(URI.create(cloud.endpoint() + "/_slipway/decisions"));
        assertThat(HttpClient.newHttpClient()
                        .send(decisions.build(), HttpResponse.BodyHandlers.ofString())
                        .body())
                .contains("iam:ListUsers", "assumed-role/app/");
    }

    @Test
    void variablesSayWhereAsOnFargate() throws Exception {
        assertThat(aws(withRole))
                .contains(
                        "AWS_DEFAULT_REGION=us-east-1", "AWS_REGION=us-east-1", "AWS_ENDPOINT_URL=http://169.254.170.2")
                .anyMatch(
                        entry -> entry.matches("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI=/v2/credentials/[0-9a-f-]{36}"));
        String path = aws(withRole).stream()
                .filter(entry -> entry.startsWith("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI="))
                .map(entry -> entry.split("=", 2)[1])
                .findFirst()
                .orElseThrow();
        assertThat(get(withRole, "http://169.254.170.2" + path))
                .contains("\"RoleArn\":\"arn:aws:iam::111122223333:role/app\"", "\"AccessKeyId\":\"ASIA");
        assertThat(get(withoutRole, "http://169.254.170.2" + path)).contains("404");
    }

    @Test
    void withoutARoleThereAreNoCredentials() throws Exception {
        assertThat(aws(withoutRole)).noneMatch(entry -> entry.contains("CREDENTIALS"));
        assertThat(inside(withoutRole, List.of(), "aws", "sts", "get-caller-identity")
                        .text())
                .contains("Unable to locate credentials");
    }

    @Test
    void namingAnAccountDoesNotMakeItsRoot() throws Exception {
        List<String> root = List.of("AWS_ACCESS_KEY_ID=111122223333", "AWS_SECRET_ACCESS_KEY=any");
        assertThat(inside(withoutRole, root, "aws", "sts", "get-caller-identity")
                        .text())
                .contains("InvalidClientTokenId");
    }

    @Test
    void anotherServiceIsCalledByItsUrl() throws Exception {
        InetSocketAddress address = plain.address();
        assertThat(get(withRole, "http://" + address.getHostString() + ":" + address.getPort() + "/env/GREETING"))
                .isEqualTo("0\n\n");
    }

    @Test
    void otherMachinesAreReachedAndThisOnesLoopbackIsNot() throws Exception {
        Optional<InetAddress> own = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address
                        && !address.isLoopbackAddress()
                        && !address.isLinkLocalAddress())
                .findFirst();
        assumeTrue(own.isPresent(), "this machine has no address but loopback");
        try (ServerSocket everywhere = new ServerSocket(0, 5, own.get());
                ServerSocket loopback = new ServerSocket(0, 5, InetAddress.getByName("127.1.2.3"))) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> answer(everywhere));
            assertThat(get(withoutRole, "http://" + own.get().getHostAddress() + ":" + everywhere.getLocalPort() + "/"))
                    .startsWith("from outside");
            served.get(20, TimeUnit.SECONDS);
            for (int port : new int[] {loopback.getLocalPort(), cloud.port()}) {
                assertThat(get(withoutRole, "http://127.0.0.1:" + port + "/")).contains("refused");
                assertThat(get(withoutRole, "http://127.1.2.3:" + port + "/")).contains("reset");
            }
            assertThat(get(withoutRole, "http://169.254.169.254/latest/meta-data/"))
                    .contains("reset");
        }
    }

    @Test
    void aQuestionAboutANameIsAnswered() throws Exception {
        String script = "import socket\ns=socket.socket(socket.AF_INET,socket.SOCK_DGRAM)\ns.settimeout(30)\n"
                + "s.connect((open('/proc/%d/root/etc/resolv.conf').read().split()[1],53))\n".formatted(withoutRole)
                + "s.send(b'id\\x01\\0\\0\\x01\\0\\0\\0\\0\\0\\0\\7invalid\\0\\0\\1\\0\\1')\n"
                + "a=s.recv(512)\nprint(a[:2].decode(), a[2]>>7)";
        assertThat(inside(withoutRole, List.of(), "python3", "-c", script).text())
                .isEqualTo("id 1\n");
    }

    private static void answer(ServerSocket server) {
        try (Socket socket = server.accept()) {
            assertThat(socket.getInputStream().read()).isEqualTo('G');
            socket.getOutputStream().write("HTTP/1.0 200 OK\r\n\r\nfrom outside".getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
