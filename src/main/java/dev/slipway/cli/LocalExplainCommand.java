package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.cli.local.LocalApi;
import dev.slipway.cli.local.LocalProcess;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description =
                "Shows why the local cloud allowed or refused a call: who, what, on what, and which statements of which"
                        + " policies counted. Exits 1 when there is no such decision.")
final class LocalExplainCommand implements Callable<Integer> {
    private static final int MOST = 1000;

    private final Context context;

    @Parameters(
            arity = "0..1",
            paramLabel = "REQUEST-ID",
            description = "The id in a call's answer (x-amzn-RequestId); the last calls when it is left out.")
    private Optional<String> requestId = Optional.empty();

    @Option(
            names = "--last",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many decisions, 1 to 1000 (default: ${DEFAULT-VALUE}); all of a request.")
    private int last = 1;

    @Option(names = "--denied", description = "Only decisions that said no.")
    private boolean denied;

    @Option(names = "--json", description = "JSON, for programs.")
    private boolean json;

    LocalExplainCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (last < 1 || last > MOST) {
            throw new Failure("--last: expected 1 to " + MOST + ", got " + last);
        }
        LocalProcess cloud = LocalCommand.control(context.environment())
                .running()
                .orElseThrow(() -> new Failure("the local cloud is not running; `slipway local start` starts it"));
        JsonNode answer = new LocalApi(cloud).get(path());
        PrintStream out = context.terminal().out();
        JsonNode decisions = answer.path("decisions");
        if (json) {
            out.println(answer.toPrettyString());
        } else if (decisions.isEmpty()) {
            out.println(nothing());
        } else {
            decisions.forEach(decision -> tell(out, decision));
        }
        return decisions.isEmpty() ? 1 : 0;
    }

    private String nothing() {
        String what = requestId
                .map(id -> "No " + (denied ? "refusal" : "decision") + " belongs to the request `" + plain(id) + "`.")
                .orElse(denied ? "No call has been refused yet." : "No call has been decided yet.");
        return what + " The last " + MOST + " decisions since the cloud's start are remembered.";
    }

    private String path() {
        return "/_slipway/decisions?last=" + (requestId.isPresent() ? MOST : last) + "&denied=" + denied + "&request="
                + URLEncoder.encode(requestId.orElse(""), StandardCharsets.UTF_8);
    }

    private static void tell(PrintStream out, JsonNode decision) {
        out.println(verdict(decision) + "  " + text(decision, "action") + "  " + text(decision, "time"));
        out.println("  who        " + text(decision, "principal"));
        out.println("  on         " + text(decision, "resource"));
        out.println("  verdict    " + text(decision, "because"));
        tellIfAny(out, "to allow", text(decision, "remedy"));
        tellIfAny(out, "request", text(decision, "requestId"));
        if (decision.path("statements").isEmpty()) {
            out.println("  statements none: no policy had a say");
        } else {
            out.println("  statements");
        }
        for (JsonNode statement : decision.path("statements")) {
            out.println("    " + (statement.path("counted").asBoolean() ? "* " : "  ") + line(statement));
        }
        out.println("  context");
        decision.path("context").properties().forEach(key -> {
            List<String> values = new ArrayList<>();
            key.getValue().forEach(value -> values.add(value.asText()));
            out.println("    " + plain(key.getKey()) + " = " + plain(String.join(", ", values)));
        });
        out.println();
    }

    private static void tellIfAny(PrintStream out, String what, String value) {
        if (!value.isEmpty()) {
            out.println("  " + String.format("%-11s", what) + value);
        }
    }

    private static String verdict(JsonNode decision) {
        if (decision.path("allowed").asBoolean()) {
            return "ALLOWED";
        }
        return decision.path("passed").asBoolean() ? "LET THROUGH (AWS would deny)" : "DENIED";
    }

    private static String line(JsonNode statement) {
        String sid = text(statement, "sid");
        return text(statement, "effect") + " in " + text(statement, "policy") + " (" + text(statement, "part")
                + "), statement "
                + (sid.isEmpty() ? String.valueOf(statement.path("index").asInt() + 1) : sid) + ": "
                + text(statement, "why") + (statement.path("counted").asBoolean() ? ", counted" : "");
    }

    private static String text(JsonNode node, String field) {
        return plain(node.path(field).asText());
    }

    /** What a caller sent must not reach the terminal as commands. */
    private static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
