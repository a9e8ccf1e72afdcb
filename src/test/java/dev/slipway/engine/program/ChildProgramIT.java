package dev.slipway.engine.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.engine.Goal;
import dev.slipway.engine.ProgramFailed;
import dev.slipway.engine.ProgramInfo;
import dev.slipway.engine.ResourceMonitor.RegistrationFailed;
import dev.slipway.engine.program.child.App;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import dev.slipway.testing.ClassPath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs whose main calls Pulumi.run, in a process of their own. */
final class ChildProgramIT {
    @TempDir
    private Path directory;

    private ChildProgram program() {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(ChildProgram.javaFlags());
        command.addAll(List.of("-cp", ClassPath.text(), App.class.getName()));
        return new ChildProgram(command, directory, System.getenv());
    }

    private static ProgramInfo doing(ScriptedMonitor monitor, String what) {
        return monitor.info(Map.of("launch:what", what), Set.of());
    }

    @Test
    void anUnmodifiedMainDeclaresItsResourcesAndExports() throws ProgramFailed {
        ScriptedMonitor monitor = ScriptedMonitor.updating();
        program().run(monitor.info(Map.of("launch:password", "hunter2"), Set.of("launch:password")), monitor);
        assertThat(monitor.goals).extracting(Goal::name).containsExactly("launch-dev", "first", "second");
        assertThat(monitor.goals.get(2).inputs().text("value")).contains("one!");
        assertThat(monitor.goals.get(2).dependencies()).hasSize(1);
        Urn stack = monitor.outputs.keySet().iterator().next();
        assertThat(stack.type()).isEqualTo(Urn.STACK_TYPE);
        PropertyMap exports = monitor.outputs.get(stack);
        assertThat(exports.text("second")).contains("one!");
        assertThat(exports.get("secret")).contains(new PropertyValue.Secret(PropertyValue.of("hunter2")));
        assertThat(monitor.messages).anySatisfy(line -> assertThat(line).contains("hello from"));
    }

    @Test
    void aPreviewLeavesOpenWhatIsNotKnownYet() throws ProgramFailed {
        ScriptedMonitor monitor = ScriptedMonitor.previewing();
        monitor.onRegister(
                "test:index:Thing",
                goal -> CompletableFuture.completedFuture(new dev.slipway.engine.ResourceMonitor.Registered(
                        Urn.of("dev", "launch", "", goal.type(), goal.name()), "", PropertyMap.EMPTY)));
        program().run(doing(monitor, ""), monitor);
        assertThat(monitor.goals.get(2).inputs().get("value")).contains(PropertyValue.Unknown.VALUE);
    }

    @Test
    void anExceptionIsToldInOneLineWithItsPlaceInTheProgram() {
        ScriptedMonitor monitor = ScriptedMonitor.updating();
        assertThatThrownBy(() -> program().run(doing(monitor, "throw"), monitor))
                .isInstanceOf(ProgramFailed.class)
                .hasMessageMatching("IllegalStateException: boom \\(at .*App\\.declare, App\\.java:\\d+\\)");
    }

    @Test
    void aMissingKeyIsToldInTheSdksOwnWords() {
        ScriptedMonitor monitor = ScriptedMonitor.updating();
        assertThatThrownBy(() -> program().run(doing(monitor, "require"), monitor))
                .isInstanceOf(ProgramFailed.class)
                .hasMessage("the program logged an error");
        assertThat(monitor.messages)
                .anySatisfy(line -> assertThat(line).contains("launch:absent").doesNotContain("\tat "));
    }

    @Test
    void aLoggedErrorAndAnotherExitCodeFailTheRun() {
        ScriptedMonitor logged = ScriptedMonitor.updating();
        assertThatThrownBy(() -> program().run(doing(logged, "log"), logged)).hasMessage("the program logged an error");
        assertThat(logged.messages).anySatisfy(line -> assertThat(line).contains("something is wrong"));
        ScriptedMonitor ended = ScriptedMonitor.updating();
        assertThatThrownBy(() -> program().run(doing(ended, "exit"), ended))
                .hasMessageContaining("exit code 7")
                .hasMessageContaining("bye");
    }

    @Test
    void aFailedResourceIsNotToldAgain() {
        ScriptedMonitor monitor = ScriptedMonitor.updating();
        monitor.onRegister(
                "test:index:Thing", goal -> CompletableFuture.failedFuture(new RegistrationFailed("told already")));
        ProgramFailed failed =
                catchThrowableOfType(ProgramFailed.class, () -> program().run(doing(monitor, ""), monitor));
        assertThat(failed).hasCauseInstanceOf(RegistrationFailed.class).hasMessageNotContaining("Exception");
    }

    @Test
    void aProgramThatIsNotThereIsTold() {
        ScriptedMonitor monitor = ScriptedMonitor.updating();
        var missing = new ChildProgram(List.of("no-such-program"), directory, Map.of());
        assertThatThrownBy(() -> missing.run(monitor.info(), monitor))
                .isInstanceOf(ProgramFailed.class)
                .hasMessageContaining("no-such-program");
    }
}
