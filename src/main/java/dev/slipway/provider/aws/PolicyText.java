package dev.slipway.provider.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.protocol.ProviderException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The text of a policy, for the change of one statement: every other letter stays as it was written, even where this program doesn't
 * understand it.
 */
final class PolicyText {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String text;
    private final List<JsonNode> statements;

    private PolicyText(String text, JsonNode document) {
        this.text = text;
        this.statements = listed(document.path("Statement"));
    }

    static PolicyText empty() {
        return parse("{\"Version\":\"2012-10-17\",\"Statement\":[]}");
    }

    /** @throws ProviderException when the text is no JSON object */
    static PolicyText parse(String text) {
        try {
            if (JSON.readTree(text) instanceof ObjectNode document) {
                return new PolicyText(text, document);
            }
            throw new ProviderException("the repository's policy is no JSON object");
        } catch (JsonProcessingException e) {
            throw new ProviderException("the repository's policy is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    Optional<JsonNode> statement(String sid) {
        return statements.stream().filter(statement -> named(statement, sid)).findFirst();
    }

    /** The policy with {@code statement} in the place of the one with its Sid, or at the end. */
    PolicyText with(String sid, ObjectNode statement) {
        StatementSpans spans = StatementSpans.of(text);
        for (int i = 0; i < statements.size(); i++) {
            if (named(statements.get(i), sid)) {
                var span = spans.statements().get(i);
                return replaced(span.begin(), span.end(), statement.toString());
            }
        }
        if (spans.begin() < 0) {
            String comma = text.substring(0, spans.last()).strip().endsWith("{") ? "" : ",";
            return replaced(spans.last(), spans.last(), comma + "\"Statement\":[" + statement + "]");
        }
        if (spans.list() && statements.isEmpty()) {
            return replaced(spans.end() - 1, spans.end() - 1, statement.toString());
        }
        if (spans.list()) {
            int last = spans.statements().get(statements.size() - 1).end();
            return replaced(last, last, "," + statement);
        }
        String single = text.substring(spans.begin(), spans.end());
        return replaced(spans.begin(), spans.end(), "[" + single + "," + statement + "]");
    }

    /** The policy without the statement; empty when nothing is left. */
    Optional<PolicyText> without(String sid) {
        PolicyText rest = this;
        for (int i = statements.size() - 1; i >= 0; i--) {
            if (named(statements.get(i), sid)) {
                if (rest.statements.size() == 1) {
                    return Optional.empty();
                }
                var spans = StatementSpans.of(rest.text).statements();
                int begin = i > 0 ? spans.get(i - 1).end() : spans.get(0).begin();
                int end = i > 0 ? spans.get(i).end() : spans.get(1).begin();
                rest = rest.replaced(begin, end, "");
            }
        }
        return rest.statements.isEmpty() ? Optional.empty() : Optional.of(rest);
    }

    String text() {
        return text;
    }

    private PolicyText replaced(int begin, int end, String piece) {
        return parse(text.substring(0, begin) + piece + text.substring(end));
    }

    private static boolean named(JsonNode statement, String sid) {
        return statement.path("Sid").asText().equals(sid);
    }

    private static List<JsonNode> listed(JsonNode node) {
        var listed = new ArrayList<JsonNode>();
        if (node.isArray()) {
            node.forEach(listed::add);
        } else if (!node.isMissingNode()) {
            listed.add(node);
        }
        return List.copyOf(listed);
    }

    /** The repository ARNs that a pull policy names; none for a text that is no policy. */
    static List<String> resources(String policy) {
        var arns = new TreeSet<String>();
        try {
            JsonNode tree = JSON.readTree(policy);
            tree.findValues("Resource").forEach(resource -> {
                if (resource.isArray()) {
                    resource.forEach(one -> arns.add(one.asText()));
                } else {
                    arns.add(resource.asText());
                }
            });
        } catch (JsonProcessingException e) {
            return List.of();
        }
        arns.remove("*");
        return List.copyOf(arns);
    }
}
