package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StateCommandTest {
    private static final String A = "urn:pulumi:dev::app::t:i:T::a";
    private static final String B = "urn:pulumi:dev::app::t:i:T::b";

    @TempDir
    private Path root;

    private CommandLineBench slipway;

    @BeforeEach
    void deployed() throws IOException {
        slipway = new CommandLineBench(root);
        slipway.run("stack", "init", "dev").well();
        slipway.input = CommandLineBench.deployment("dev");
        slipway.run("stack", "import").well();
        slipway.input = "";
    }

    private String shown() {
        return slipway.run("stack", "--show-urns").well().out();
    }

    @Test
    void aResourceThatOthersNeedStays() {
        slipway.run("state", "delete", A, "--yes").badly(A + " can't be safely deleted", B, "--target-dependents");
        assertThat(slipway.run("state", "delete", B, "-y").well().out()).isEqualTo("Resource deleted\n");
        assertThat(shown()).contains(A).doesNotContain(B);
    }

    @Test
    void nothingIsEditedUnasked() {
        slipway.run("state", "delete", B).badly("--yes must be passed");
        slipway.environment.put("PULUMI_SKIP_CONFIRMATIONS", "true");
        slipway.run("state", "delete", B).well();
    }

    @Test
    void aProtectedResourceIsForgottenOnlyByForce() {
        assertThat(slipway.run("state", "protect", B, "-y").well().out()).isEqualTo("Resource protected\n");
        assertThat(shown()).contains("b [protected]");
        slipway.run("state", "delete", B, "-y").badly("protected", "--force");
        slipway.run("state", "delete", "--all", "-y").badly("protected");
        assertThat(slipway.run("state", "unprotect", "--all", "-y").well().out())
                .isEqualTo("All resources unprotected\n");
        assertThat(slipway.run("state", "delete", "--all", "-y").well().out()).isEqualTo("Resources deleted\n");
    }

    @Test
    void aResourceIsRenamed() {
        assertThat(slipway.run("state", "rename", A, "z", "-y").well().out()).isEqualTo("Resource renamed\n");
        assertThat(shown()).contains("urn:pulumi:dev::app::t:i:T::z").doesNotContain(A);
        slipway.run("state", "rename", A, "y", "-y").badly("No such resource " + A);
        slipway.run("state", "rename", "a", "y", "-y").badly("not valid", "urn:pulumi:STACK");
    }

    @Test
    void aRecordThatCanNotBeTrustedIsRepairedAfterShowingHow() throws IOException {
        assertThat(slipway.run("state", "repair", "-y").well().out()).contains("already valid");
        slipway.write("broken.json", CommandLineBench.deployment("dev").replace("[\"" + A, "[\"" + A + "-gone"));
        slipway.run("stack", "import", "--file", "broken.json").badly("does not stand before it");
        slipway.run("stack", "import", "--file", "broken.json", "--force").well();
        slipway.run("stack").badly("can't be trusted");
        assertThat(slipway.run("state", "repair").badly("--yes must be passed").out())
                .contains(A + "-gone is not there");
        assertThat(slipway.run("state", "repair", "-y").well().out()).contains("State repaired successfully");
        assertThat(shown()).contains(A, B);
    }

    @Test
    void aMistakeInTheArgumentsIsTold() {
        slipway.run("state", "delete", "-y").badly("missing resource URN", "--show-urns");
        slipway.run("state", "delete", A, "--all", "-y").badly("together with --all");
        slipway.run("state", "delete", A, "-s", "none", "-y").badly("no stack named 'none'");
    }
}
