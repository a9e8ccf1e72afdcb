package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.engine.Selection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** From Pulumi's flags to what the engine is told. */
final class EngineFlagsTest {
    private static final String A = "urn:pulumi:dev::proj::test:index:Thing::a";

    @Command
    private static final class Flags {
        @Mixin
        private final TargetOptions targets = new TargetOptions();

        @Mixin
        private final ReplaceOptions replacements = new ReplaceOptions();

        @Mixin
        private final RefreshOption refresh = new RefreshOption();

        @Mixin
        private final ContinueOption onError = new ContinueOption();

        Selection selection() {
            return replacements.in(targets.selection());
        }
    }

    private static Flags flags(String... arguments) {
        var flags = new Flags();
        new CommandLine(flags).parseArgs(arguments);
        return flags;
    }

    @Test
    void withoutFlagsEverythingIsTouched() {
        assertThat(flags().selection()).isEqualTo(Selection.ALL);
        assertThat(flags().refresh.refresh()).isFalse();
        assertThat(flags().onError.continueOnError(Map.of())).isFalse();
    }

    @Test
    void namesResources() {
        assertThat(flags("-t", A, "--target", "**::b", "--target-dependents").selection())
                .isEqualTo(Selection.ALL.withTargets(List.of(A, "**::b"), true));
        assertThat(flags("--exclude", A, "--exclude-dependents").selection())
                .isEqualTo(Selection.ALL.withExcludes(List.of(A), true));
        assertThat(flags("--replace", A).selection()).isEqualTo(Selection.ALL.withReplacements(List.of(A)));
        assertThat(flags("--target-replace", A).selection())
                .isEqualTo(Selection.ALL.withTargets(List.of(A), false).withReplacements(List.of(A)));
    }

    @Test
    void saysHowToGoOn() {
        assertThat(flags("--refresh").refresh.refresh()).isTrue();
        assertThat(flags("--refresh=false").refresh.refresh()).isFalse();
        assertThat(flags("--continue-on-error").onError.continueOnError(Map.of()))
                .isTrue();
        assertThat(flags().onError.continueOnError(Map.of("PULUMI_CONTINUE_ON_ERROR", "true")))
                .isTrue();
    }

    @Test
    void refusesWhatCanNotBe() {
        assertThatThrownBy(() -> flags("-t", "web").selection())
                .isInstanceOf(Failure.class)
                .hasMessageContaining("--target: expected urn:pulumi:");
        assertThatThrownBy(() -> flags("-t", A, "-x", A).selection())
                .isInstanceOf(Failure.class)
                .hasMessage("--target and --exclude can't be used together");
        assertThatThrownBy(() -> flags("-x", A, "--target-replace", A).selection())
                .isInstanceOf(Failure.class);
    }
}
