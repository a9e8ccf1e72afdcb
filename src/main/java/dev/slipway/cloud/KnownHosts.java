package dev.slipway.cloud;

import java.util.regex.Pattern;

/** The names that AWS's own endpoints have: clients that send these to the local cloud mean it. */
final class KnownHosts {
    private static final Pattern AWS = Pattern.compile(
            "(api\\.ecr|api\\.ecr-public|apprunner|ecr|iam|logs|secretsmanager|ssm|sts)(\\.[a-z0-9-]+)?\\.(amazonaws\\.com(\\.cn)?|api\\.aws)"
                    + "|[0-9]{12}\\.dkr\\.ecr\\.[a-z0-9-]+\\.(amazonaws\\.com(\\.cn)?|on\\.aws)"
                    + "|public\\.ecr\\.aws");

    private KnownHosts() {}

    static boolean isOfAws(String host) {
        return AWS.matcher(host).matches();
    }
}
