package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.Context;
import dev.slipway.Service;
import dev.slipway.ServiceArgs;
import dev.slipway.automation.Slipway;
import dev.slipway.automation.Stack;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that somebody else made is taken over as it is. */
final class ImportIT {
    @TempDir
    private Path root;

    @TempDir
    private Path elsewhere;

    private static void theirs(Context ctx) {
        var service = new Service(
                "theirs",
                ServiceArgs.builder()
                        .image("public.ecr.aws/slipway/hello:latest")
                        .environment(Map.of("GREETING", "Hello"))
                        .build());
        ctx.export("arn", service.id());
    }

    @Test
    void aServiceIsImportedAndItsCodeIsPrinted() throws Exception {
        Stack stack = Stack.of("theirs", "dev");
        try (Slipway other = Slipway.local(elsewhere)) {
            String arn = other.deploy(ImportIT::theirs, stack).output("arn");
            var slipway = new CommandLineBench(root);
            slipway.run("stack", "init", "dev").well();
            slipway.run(
                            "config",
                            "set",
                            "slipway:endpoint",
                            other.endpoint().orElseThrow().toString())
                    .well();
            slipway.run("config", "set", "slipway:region", "us-east-1").well();
            slipway.run("config", "set", "slipway:accessKey", "111122223333", "--plaintext")
                    .well();
            slipway.run("config", "set", "slipway:secretKey", "any", "--plaintext")
                    .well();
            assertThat(slipway.run("import", "slipway:index:Service", "web", arn, "--preview-only")
                            .well()
                            .out())
                    .contains("slipway:index:Service web import");
            String nowhere = arn.substring(0, arn.length() - 1) + (arn.endsWith("0") ? "1" : "0");
            CommandLineBench.Ran absent = slipway.run("import", "slipway:index:Service", "web", nowhere, "-y");
            assertThat(absent.code()).isEqualTo(Failure.CODE);
            assertThat(absent.out()).contains("there is none with the id `" + nowhere + "`");
            assertThat(slipway.run("import", "slipway:index:Service", "web", arn, "-y")
                            .well()
                            .out())
                    .contains("> 1 imported", "var web = new Service(\"web\", ServiceArgs.builder()")
                    .contains(".image(\"public.ecr.aws/slipway/hello:latest\")", ".protect(true)");
            assertThat(slipway.run("stack", "--show-ids").well().out()).contains("web [protected]", "ID: " + arn);
            assertThat(slipway.run("refresh", "-y").well().out()).contains("unchanged");
            CommandLineBench.Ran refused = slipway.run("destroy", "-y");
            assertThat(refused.code()).isEqualTo(Failure.CODE);
            assertThat(refused.out()).contains("protect");
            other.destroy(stack);
        }
    }
}
