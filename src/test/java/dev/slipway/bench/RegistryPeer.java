package dev.slipway.bench;

import dev.slipway.oci.Digest;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;

/** A registry as a process of its own, and a client that costs as little as a client can: files go out by {@code sendfile}. */
final class RegistryPeer implements AutoCloseable {
    private static final Path DOCKER = Path.of("/usr/bin/docker-registry");
    private static final String ACCOUNT = "111122223333";

    private final AutoCloseable server;
    private final int port;
    private final String repository;
    private final String authorization;
    private final Path files;

    private RegistryPeer(AutoCloseable server, int port, String repository, String authorization, Path files) {
        this.server = server;
        this.port = port;
        this.repository = repository;
        this.authorization = authorization;
        this.files = files;
    }

    static boolean dockerIsThere() {
        return Files.isExecutable(DOCKER);
    }

    /** The local cloud, started as a person starts it, with signatures, policies and tokens as it always has them. */
    static RegistryPeer slipway(Path home) throws IOException, InterruptedException {
        int code = UserCommand.run(Files.createDirectories(home), "local", "start");
        int port = UserCommand.port(home).orElseThrow(() -> new IOException("`local start` ended with " + code));
        try (EcrClient ecr = EcrClient.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + port))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCOUNT, "any")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            ecr.createRepository(request -> request.repositoryName("bench"));
            String token = ecr.getAuthorizationToken(request -> {})
                    .authorizationData()
                    .get(0)
                    .authorizationToken();
            return new RegistryPeer(
                    () -> UserCommand.run(home, "local", "stop"),
                    port,
                    ACCOUNT + "/us-east-1/bench",
                    "Authorization: Basic " + token + "\r\n",
                    home.resolve("data/registry"));
        }
    }

    /** Debian's {@code docker-registry} with its usual settings, without a login. */
    static RegistryPeer docker(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path configuration =
                Files.writeString(directory.resolve("config.yml"), """
                version: 0.1
                log: {level: info, accesslog: {disabled: true}}
                storage:
                  cache: {blobdescriptor: inmemory}
                  filesystem: {rootdirectory: %s}
                http: {addr: "127.0.0.1:0"}
                """.formatted(directory.resolve("data")));
        Process process = new ProcessBuilder(DOCKER.toString(), "serve", configuration.toString())
                .redirectErrorStream(true)
                .start();
        int port = port(process.getInputStream(), "listening on 127.0.0.1:([0-9]+)");
        return new RegistryPeer(() -> stop(process), port, "bench", "", directory.resolve("data"));
    }

    private static int port(InputStream output, String form) throws IOException {
        BufferedReader lines = new BufferedReader(new java.io.InputStreamReader(output, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher match = Pattern.compile(form).matcher(line);
            if (match.find()) {
                Thread drain = new Thread(() -> lines.lines().forEach(rest -> {}), "drain");
                drain.setDaemon(true);
                drain.start();
                return Integer.parseInt(match.group(1));
            }
        }
        throw new IOException("it ended before it listened");
    }

    /** Writes something new into the file's first bytes; the digest of what it holds then. */
    static String changed(Path file) throws IOException {
        MessageDigest hash = Digest.hasher("sha256");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(8).putLong(0, System.nanoTime()), 0);
            byte[] bytes = new byte[1 << 20];
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (channel.read(buffer.clear()) > 0) {
                hash.update(bytes, 0, buffer.position());
            }
        }
        return "sha256:" + HexFormat.of().formatHex(hash.digest());
    }

    /** Seconds from the first request to the registry's last word. */
    double push(Path file, String digest) throws IOException {
        long begin = System.nanoTime();
        String place = location(request("POST", "/v2/" + repository + "/blobs/uploads/", "Content-Length: 0\r\n"));
        try (SocketChannel socket = connect();
                FileChannel content = FileChannel.open(file)) {
            long size = content.size();
            write(
                    socket,
                    "PATCH " + place + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n"
                            + authorization + "Content-Type: application/octet-stream\r\nContent-Length: " + size
                            + "\r\n\r\n");
            for (long sent = 0; sent < size; ) {
                sent += content.transferTo(sent, size - sent, socket);
            }
            String answer = head(new BufferedInputStream(Channels.newInputStream(socket)));
            require(answer, "202");
            place = location(answer);
        }
        String end = place + (place.contains("?") ? "&" : "?") + "digest=" + digest;
        require(request("PUT", end, "Content-Length: 0\r\n"), "201");
        return seconds(begin);
    }

    /** Seconds until the last byte came. */
    double pull(String digest, long size) throws IOException {
        long begin = System.nanoTime();
        try (SocketChannel socket = connect()) {
            write(
                    socket,
                    "GET /v2/" + repository + "/blobs/" + digest + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                            + "\r\nConnection: close\r\n" + authorization + "\r\n");
            // One byte at a time, so that nothing of the content is read with the head.
            require(head(Channels.newInputStream(socket)), "200");
            ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
            long got = 0;
            for (int count = socket.read(buffer); count >= 0; count = socket.read(buffer.clear())) {
                got += count;
            }
            if (got != size) {
                throw new IOException("the layer came short: " + got + " of " + size);
            }
        }
        return seconds(begin);
    }

    /** Frees the disk; neither registry is asked. */
    void drop(String digest) throws IOException {
        String hex = digest.substring("sha256:".length());
        try (Stream<Path> all = Files.walk(files)) {
            List<Path> found = all.filter(file -> file.toString().contains(hex))
                    .filter(Files::isRegularFile)
                    .filter(file -> file.toFile().length() > 1000)
                    .toList();
            for (Path file : found) {
                Files.delete(file);
            }
        }
    }

    private String request(String method, String target, String headers) throws IOException {
        try (SocketChannel socket = connect()) {
            write(
                    socket,
                    method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n"
                            + authorization + headers + "\r\n");
            return head(new BufferedInputStream(Channels.newInputStream(socket)));
        }
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    private static void write(SocketChannel socket, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            socket.write(bytes);
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static void require(String head, String status) throws IOException {
        if (!head.startsWith("HTTP/1.1 " + status)) {
            throw new IOException(
                    "expected " + status + ", got: " + head.lines().findFirst().orElse(""));
        }
    }

    private String location(String head) throws IOException {
        Matcher match =
                Pattern.compile("(?im)^location: (?:http://[^/]+)?(\\S+)").matcher(head);
        if (!match.find()) {
            throw new IOException("no Location in: " + head);
        }
        return match.group(1);
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void stop(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    @Override
    public void close() throws Exception {
        server.close();
    }
}
