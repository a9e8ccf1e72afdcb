package dev.slipway.tour;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One client on the tour, with the accounts that it has for itself and what it kept on the way. */
final class Walk {
    private static final Pattern KEPT = Pattern.compile("\\$\\{(\\w+)}");
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(90);

    private final TourClient client;
    private final Map<String, String> kept = new HashMap<>();
    private final Map<String, Asked.Key> callers = new HashMap<>();
    private final Normaliser normaliser;
    private final Map<Step, Told> told = new LinkedHashMap<>();
    private long nanos;

    /**
     * @param account twelve digits that no other walk uses
     * @param other a second account, likewise
     */
    Walk(TourClient client, String account, String other, int port) {
        this.client = client;
        kept.putAll(Map.of("account", account, "other", other, "port", Integer.toString(port)));
        callers.put("root", new Asked.Key(account, "any", ""));
        callers.put("other", new Asked.Key(other, "any", ""));
        callers.put("nobody", new Asked.Key("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", ""));
        normaliser = new Normaliser(account, other, port);
    }

    String client() {
        return client.name();
    }

    /** How long its calls took, with the time in which it waited for the cloud. */
    Duration took() {
        return Duration.ofNanos(nanos);
    }

    /** Makes the step's call; what the answer was is then known by {@link #told}. */
    void go(Step step) {
        long begin = System.nanoTime();
        try {
            Told answer = answer(step);
            told.put(step, answer);
            remember(step, answer);
        } catch (IOException | NotKept e) {
            told.put(step, new Told(Told.Kind.REFUSED, TextNode.valueOf("not asked: " + e.getMessage())));
        }
        nanos += System.nanoTime() - begin;
    }

    private Told answer(Step step) throws IOException {
        var asked = new Asked(
                step.service(),
                step.call(),
                (ObjectNode) filled(step.object("with")),
                step.word("region", "us-east-1"),
                found(callers, step.word("as", "root")));
        Told answer = client.call(asked);
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!missing(step.object("until"), answer).isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(PAUSE_NANOS);
            answer = client.call(asked);
        }
        return answer;
    }

    /** An earlier step did not give what this one needs. */
    private static final class NotKept extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotKept(String name) {
            super("nothing was kept as " + name);
        }
    }

    private static <T> T found(Map<String, T> kept, String name) {
        T value = kept.get(name);
        if (value == null) {
            throw new NotKept(name);
        }
        return value;
    }

    private void remember(Step step, Told answer) {
        if (answer.kind() != Told.Kind.ANSWER) {
            return;
        }
        step.words("keep")
                .forEach((name, path) ->
                        kept.put(name, Step.at(answer.said(), path).asText()));
        step.object("become").properties().forEach(entry -> {
            JsonNode paths = entry.getValue();
            callers.put(
                    entry.getKey(),
                    new Asked.Key(
                            Step.at(answer.said(), paths.path("id").asText()).asText(),
                            paths.has("secret")
                                    ? Step.at(
                                                    answer.said(),
                                                    paths.path("secret").asText())
                                            .asText()
                                    : "wrong",
                            paths.has("token")
                                    ? Step.at(answer.said(), paths.path("token").asText())
                                            .asText()
                                    : ""));
        });
    }

    /** What the client made of the step's answer, with everything that differs from run to run replaced. */
    Told told(Step step) {
        Told raw = raw(step);
        return new Told(raw.kind(), normaliser.normal(raw.said()), raw.members());
    }

    private Told raw(Step step) {
        Told answer = told.get(step);
        if (answer == null) {
            throw new AssertionError(client.name() + " did not come to " + step.title());
        }
        return answer;
    }

    /** In words, what of the step's expectation does not hold for this client; empty when all of it does. */
    List<String> disappointments(Step step) {
        Told answer = raw(step);
        List<String> wrong = new ArrayList<>();
        if (answer.kind() == Told.Kind.REFUSED) {
            if (!step.list("refusedBy").contains(client.name())) {
                wrong.add("refused to send it: " + answer.said());
            }
        } else if (step.list("refusedBy").contains(client.name())) {
            wrong.add("was expected to refuse, but sent it");
        } else if (step.fails()) {
            wrong.addAll(
                    answer.kind() == Told.Kind.ERROR
                            ? missing(step.object("fails"), answer)
                            : List.of("no error but " + answer.said()));
        } else if (answer.kind() == Told.Kind.ERROR) {
            wrong.add("error " + answer.said());
        } else {
            wrong.addAll(missing(step.object("until"), answer));
            wrong.addAll(missing(step.object("expect"), answer));
            step.list("absent").stream()
                    .filter(path -> !Step.at(answer.said(), path).isMissingNode())
                    .forEach(path -> wrong.add(path + " is there: " + Step.at(answer.said(), path)));
        }
        return wrong;
    }

    /** A text is expected to be contained in an error's message, and to be equal everywhere else. */
    private List<String> missing(ObjectNode expected, Told answer) {
        List<String> wrong = new ArrayList<>();
        expected.properties().forEach(entry -> {
            JsonNode want;
            try {
                want = filled(entry.getValue());
            } catch (NotKept e) {
                wrong.add(entry.getKey() + ": " + e.getMessage());
                return;
            }
            JsonNode found = Step.at(answer.said(), entry.getKey());
            boolean fits = answer.kind() == Told.Kind.ERROR && entry.getKey().equals("message")
                    ? found.asText().contains(want.asText())
                    : want.isNumber() ? found.isNumber() && found.asLong() == want.asLong() : found.equals(want);
            if (!fits) {
                wrong.add(entry.getKey() + " is " + found + " instead of " + want);
            }
        });
        return wrong;
    }

    private JsonNode filled(JsonNode node) {
        if (node instanceof TextNode text) {
            return TextNode.valueOf(KEPT.matcher(text.textValue())
                    .replaceAll(match -> Matcher.quoteReplacement(found(kept, match.group(1)))));
        }
        JsonNode copy = node.deepCopy();
        if (copy instanceof ObjectNode object) {
            object.properties().forEach(entry -> entry.setValue(filled(entry.getValue())));
        } else if (copy instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, filled(array.get(i)));
            }
        }
        return copy;
    }
}
