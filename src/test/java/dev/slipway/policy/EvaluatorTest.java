package dev.slipway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every row of {@code scenarios.json}: a request, the policies, the decision and, where it matters, which policies decided. */
final class EvaluatorTest {
    private static final String ACCOUNT = "111122223333";
    private static final String OTHER = "444455556666";
    private static final String ACTION = "ecr:BatchGetImage";
    private static final String REPOSITORY = "arn:aws:ecr:eu-west-1:" + ACCOUNT + ":repository/team/app";

    @TestFactory
    Stream<DynamicTest> decidesAsIamDoes() throws IOException {
        try (InputStream table = EvaluatorTest.class.getResourceAsStream("scenarios.json")) {
            JsonNode rows = new ObjectMapper().readTree(table);
            return StreamSupport.stream(rows.spliterator(), false)
                    .map(row -> DynamicTest.dynamicTest(row.get("name").asText(), () -> check(row)));
        }
    }

    private static void check(JsonNode row) {
        Decision decision = Evaluator.evaluate(request(row), policies(row));
        assertThat(decision.reason())
                .isEqualTo(Decision.Reason.valueOf(row.get("expect").asText()));
        if (row.has("decidedBy")) {
            assertThat(decision.deciding())
                    .extracting(Decision.Judged::policy)
                    .containsExactlyElementsOf(texts(row.get("decidedBy")));
        }
    }

    private static AccessRequest request(JsonNode row) {
        Map<String, List<String>> context = new LinkedHashMap<>();
        row.path("context").properties().forEach(key -> context.put(key.getKey(), texts(key.getValue())));
        return new AccessRequest(
                principal(row.get("principal").asText()),
                row.path("action").asText(ACTION),
                row.path("resource").asText(REPOSITORY),
                ACCOUNT,
                context);
    }

    private static Principal principal(String name) {
        return switch (name) {
            case "user" ->
                Principal.user(
                        ACCOUNT,
                        "arn:aws:iam::" + ACCOUNT + ":user/ann",
                        "AIDAANN",
                        Map.of("team", "team", "star", "*"));
            case "stranger" -> Principal.user(OTHER, "arn:aws:iam::" + OTHER + ":user/bob", "AIDABOB", Map.of());
            case "session" ->
                Principal.session(
                        ACCOUNT,
                        "arn:aws:sts::" + ACCOUNT + ":assumed-role/app/s",
                        "arn:aws:iam::" + ACCOUNT + ":role/app",
                        "AROAAPP:s",
                        Map.of());
            case "root" -> Principal.root(ACCOUNT);
            case "strangeRoot" -> Principal.root(OTHER);
            default -> Principal.service(name);
        };
    }

    private static Policies policies(JsonNode row) {
        List<NamedPolicy> identity = new ArrayList<>();
        for (JsonNode document : row.path("identity")) {
            identity.add(policy("identity-" + identity.size(), document));
        }
        Policies policies = Policies.identity(identity);
        if (row.has("boundary")) {
            policies = policies.withBoundary(policy("boundary", row.get("boundary")));
        }
        if (row.has("session")) {
            policies = policies.withSession(policy("session", row.get("session")));
        }
        if (row.has("resourcePolicy")) {
            policies = policies.withResource(policy("resource", row.get("resourcePolicy")));
        }
        return row.has("trust") ? policies.withTrust(policy("trust", row.get("trust"))) : policies;
    }

    private static NamedPolicy policy(String name, JsonNode document) {
        return new NamedPolicy(name, PolicyDocument.parse(document.toString()));
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
