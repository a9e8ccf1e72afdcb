package dev.slipway.provider.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.TreeSet;

/**
 * The statement by which a repository lets roles of another account pull. It has no {@code Resource}: ECR has refused policies with
 * one, and a repository's policy speaks of that repository alone.
 */
final class PullStatement {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> ACTIONS =
            List.of("ecr:BatchGetImage", "ecr:DescribeImages", "ecr:GetDownloadUrlForLayer");

    private PullStatement() {}

    static ObjectNode of(String sid, List<String> principals) {
        ObjectNode statement = JSON.createObjectNode().put("Sid", sid).put("Effect", "Allow");
        ArrayNode who = statement.putObject("Principal").putArray("AWS");
        principals.stream().sorted().distinct().forEach(who::add);
        ACTIONS.forEach(statement.putArray("Action")::add);
        return statement;
    }

    /** Whether a statement says just this, in whatever order and form. */
    static boolean says(JsonNode statement, String sid, List<String> principals) {
        return PullPolicy.same(alone(statement), alone(of(sid, principals)));
    }

    static List<String> principals(JsonNode statement) {
        JsonNode aws = statement.path("Principal").path("AWS");
        var principals = new TreeSet<String>();
        if (aws.isTextual()) {
            principals.add(aws.asText());
        }
        aws.forEach(one -> principals.add(one.asText()));
        return List.copyOf(principals);
    }

    private static String alone(JsonNode statement) {
        ObjectNode document = JSON.createObjectNode().put("Version", "2012-10-17");
        document.putArray("Statement").add(statement);
        return document.toString();
    }
}
