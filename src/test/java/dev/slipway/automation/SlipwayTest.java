package dev.slipway.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pulumi.Context;
import com.pulumi.core.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that export and make nothing, so that no cloud is needed. */
final class SlipwayTest {
    @TempDir
    private Path directory;

    private static void greet(Context ctx) {
        ctx.log().info("greeting " + ctx.stackName());
        ctx.export("greeting", Output.of("hello, " + ctx.config().require("who")));
        ctx.export("many", Output.of(List.of(1, 2)));
    }

    private static void shout(Context ctx) {
        ctx.export("word", ctx.config().requireSecret("word"));
    }

    @Test
    void outputsAreHandedOverAndStayRecorded() {
        Stack stack = Stack.of("shop", "dev").config("who", "you");
        try (Slipway slipway = Slipway.aws(directory)) {
            assertThat(slipway.preview(SlipwayTest::greet, stack).changed()).isTrue();
            Deployment deployment = slipway.deploy(SlipwayTest::greet, stack);
            assertThat(deployment.output("greeting")).isEqualTo("hello, you");
            assertThat(deployment.outputs()).containsEntry("many", List.of(1.0, 2.0));
            assertThat(deployment.changes()).isEqualTo(Map.of("create", 1));
            assertThat(deployment.messages()).contains("greeting dev");
            assertThatThrownBy(() -> deployment.output("url"))
                    .isInstanceOf(NoSuchElementException.class)
                    .hasMessageContaining("greeting");
            assertThat(slipway.deploy(SlipwayTest::greet, stack).changed()).isFalse();
            slipway.destroy(stack);
            assertThat(directory.resolve(".pulumi/stacks/shop/dev.json")).doesNotExist();
        }
    }

    @Test
    void severalRunsAtOnceDoNotMeet() {
        try (Slipway slipway = Slipway.aws(directory)) {
            List<CompletableFuture<Deployment>> runs = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Stack stack = Stack.of("shop", "dev" + i).config("who", "number " + i);
                runs.add(CompletableFuture.supplyAsync(
                        () -> slipway.deploy(SlipwayTest::greet, stack), task -> new Thread(task).start()));
            }
            for (int i = 0; i < 4; i++) {
                Deployment deployment = runs.get(i).join();
                assertThat(deployment.output("greeting")).isEqualTo("hello, number " + i);
                assertThat(deployment.messages()).contains("greeting dev" + i);
            }
        }
    }

    @Test
    void whatGoesWrongIsToldAtOnce() {
        try (Slipway slipway = Slipway.aws(directory)) {
            assertThatThrownBy(() -> slipway.deploy(SlipwayTest::greet, Stack.of("shop", "dev")))
                    .isInstanceOf(DeploymentFailed.class)
                    .hasMessageStartingWith("the stack shop/dev could not be deployed")
                    .hasMessageContaining("shop:who");
            assertThatThrownBy(() -> slipway.refresh(Stack.of("shop", "never")))
                    .isInstanceOf(DeploymentFailed.class)
                    .hasMessageContaining("never");
        }
    }

    @Test
    void aSecretIsInClearOnlyWhereItIsAskedFor() throws IOException {
        Stack stack = Stack.of("shop", "dev").secret("word", "hunter2").passphrase("correct horse");
        assertThat(stack.toString()).doesNotContain("hunter2");
        try (Slipway slipway = Slipway.aws(directory)) {
            Deployment deployment = slipway.deploy(SlipwayTest::shout, stack);
            assertThat(deployment.output("word")).isEqualTo("hunter2");
            assertThat(deployment.toString()).doesNotContain("hunter2");
            assertThat(Files.readString(directory.resolve(".pulumi/stacks/shop/dev.json")))
                    .doesNotContain("hunter2");
        }
    }
}
