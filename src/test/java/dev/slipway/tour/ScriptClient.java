package dev.slipway.tour;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A client in another process that reads a call a line and prints what it made of the answer, a line each. */
final class ScriptClient implements TourClient {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final Process process;
    private final BufferedWriter calls;
    private final BufferedReader answers;
    private final Path complaints;

    /**
     * @param directory empty; the process's home and working directory
     */
    ScriptClient(String name, Path directory, List<String> command, Map<String, String> environment)
            throws IOException {
        this.name = name;
        this.complaints = directory.resolve("stderr");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectError(complaints.toFile());
        builder.environment().keySet().removeIf(variable -> variable.startsWith("AWS_"));
        builder.environment()
                .putAll(Map.of(
                        "HOME", directory.toString(),
                        "AWS_EC2_METADATA_DISABLED", "true",
                        "AWS_CONFIG_FILE", directory.resolve("config").toString(),
                        "AWS_SHARED_CREDENTIALS_FILE", "/dev/null",
                        "TZ", "UTC",
                        "LC_ALL", "C.UTF-8"));
        builder.environment().putAll(environment);
        process = builder.start();
        calls = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** A script beside this class, as a file. */
    static Path script(String resource, Path directory) throws IOException {
        Path file = directory.resolve(resource);
        try (InputStream from = ScriptClient.class.getResourceAsStream(resource)) {
            Files.write(file, from.readAllBytes());
        }
        return file;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Told call(Asked asked) throws IOException {
        ObjectNode line = JSON.createObjectNode()
                .put("service", asked.service())
                .put("call", asked.call())
                .put("region", asked.region())
                .put("key", asked.key().id())
                .put("secret", asked.key().secret())
                .put("token", asked.key().token());
        line.set("with", asked.with());
        calls.write(JSON.writeValueAsString(line));
        calls.newLine();
        calls.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the script ended: " + said());
        }
        return Told.parse(JSON.readTree(answer));
    }

    private String said() {
        try {
            return Files.readString(complaints);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        calls.close();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
