package dev.slipway.tour;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.testing.NodePackages;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** AWS's SDK for JavaScript, version 3, installed from npm on first use. */
final class JavaScript {
    private static final List<String> PACKAGES = List.of(
            "@aws-sdk/client-apprunner@3.1142.0",
            "@aws-sdk/client-cloudwatch-logs@3.1169.0",
            "@aws-sdk/client-ecr@3.1169.0",
            "@aws-sdk/client-ecr-public@3.1108.0",
            "@aws-sdk/client-iam@3.1169.0",
            "@aws-sdk/client-secrets-manager@3.1163.0",
            "@aws-sdk/client-ssm@3.1169.0",
            "@aws-sdk/client-sts@3.1169.0");

    private JavaScript() {}

    /** Skips the test, with the reason, when node is missing or npm can't install the SDK. */
    static TourClient start(URI endpoint, Path directory) throws IOException {
        Optional<Path> modules = NodePackages.install("aws-sdk", PACKAGES);
        assumeTrue(
                modules.isPresent(),
                "the AWS SDK for JavaScript can't be installed: no node 20, or npm has no network");
        Files.createFile(directory.resolve("config"));
        return new ScriptClient(
                "javascript",
                directory,
                List.of(
                        "node",
                        ScriptClient.script("tour.mjs", directory).toString(),
                        endpoint.toString(),
                        modules.get().toString()),
                Map.of());
    }
}
