package dev.slipway.provider.aws;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.policy.MalformedPolicy;
import dev.slipway.policy.PolicyDocument;
import java.util.List;

/** The documents that let App Runner pull, and whether two documents mean the same. */
final class PullPolicy {
    static final String NAME = "slipway-pull";

    /** What pulling needs on a repository; DescribeImages is what automatic deployment asks with. */
    private static final List<String> ON_REPOSITORY = List.of(
            "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:DescribeImages", "ecr:GetDownloadUrlForLayer");

    private static final ObjectMapper JSON = new ObjectMapper();

    private PullPolicy() {}

    /** Least privilege: a token for the registry, and pulling from these repositories. */
    static String forRole(List<String> repositoryArns) {
        ObjectNode document = document();
        ArrayNode statements = document.putArray("Statement");
        ObjectNode token = statements.addObject().put("Sid", "Login").put("Effect", "Allow");
        token.put("Action", "ecr:GetAuthorizationToken").put("Resource", "*");
        ObjectNode pull = statements.addObject().put("Sid", "Pull").put("Effect", "Allow");
        ON_REPOSITORY.forEach(pull.putArray("Action")::add);
        repositoryArns.stream().sorted().distinct().forEach(pull.putArray("Resource")::add);
        return document.toString();
    }

    /** Lets App Runner's puller, and nobody else, assume the role. */
    static String trust() {
        return trust(RoleJudge.PULLER);
    }

    /** Lets one service of AWS, and nobody else, assume the role. */
    static String trust(String service) {
        ObjectNode document = document();
        ObjectNode statement = document.putArray("Statement").addObject().put("Effect", "Allow");
        statement.putObject("Principal").put("Service", service);
        statement.put("Action", "sts:AssumeRole");
        return document.toString();
    }

    /** Whether two policies mean the same; what is no policy means nothing. */
    static boolean same(String left, String right) {
        if (left.equals(right)) {
            return true;
        }
        try {
            return PolicyDocument.parse(left)
                    .canonical()
                    .equals(PolicyDocument.parse(right).canonical());
        } catch (MalformedPolicy e) {
            return false;
        }
    }

    private static ObjectNode document() {
        return JSON.createObjectNode().put("Version", "2012-10-17");
    }
}
