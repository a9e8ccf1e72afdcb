package dev.slipway.engine.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pulumi.Context;
import com.pulumi.exceptions.RunException;
import dev.slipway.engine.ProgramFailed;
import dev.slipway.property.PropertyValue;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

final class ProgramByNameTest {
    private final ScriptedMonitor monitor = ScriptedMonitor.updating();

    @Test
    void callsTheMethodStackOfTheMainClass() throws Exception {
        try (var loader = new URLClassLoader(new URL[0], ProgramByNameTest.class.getClassLoader())) {
            new InProcessProgram(loader, Good.class.getName()).run(monitor.info(), monitor);
        }

        assertThat(monitor.stackOutputs().get("project")).contains(PropertyValue.of("launch"));
        assertThat(monitor.stackOutputs().get("loaderIsTheProgramsOwn")).contains(PropertyValue.of(true));
    }

    @Test
    void aMistakeThrownByTheMethodIsToldByItsMessage() {
        assertThatThrownBy(() -> run(Bad.class))
                .isInstanceOf(ProgramFailed.class)
                .hasMessage("no good");
    }

    @Test
    void aClassWithOnlyAMainIsToldHowToBecomeAProgram() {
        assertThatThrownBy(() -> run(OnlyMain.class))
                .isInstanceOf(ProgramFailed.class)
                .hasMessageContaining("public static void stack(Context ctx)");
        assertThat(monitor.goals).isEmpty();
    }

    @Test
    void aMissingClassIsNamed() {
        var program = new InProcessProgram(getClass().getClassLoader(), "app.Nowhere");

        assertThatThrownBy(() -> program.run(monitor.info(), monitor))
                .isInstanceOf(ProgramFailed.class)
                .hasMessageContaining("app.Nowhere")
                .hasMessageContaining("built");
    }

    private void run(Class<?> type) throws ProgramFailed {
        new InProcessProgram(getClass().getClassLoader(), type.getName()).run(monitor.info(), monitor);
    }

    public static final class Good {
        public static void stack(Context context) {
            context.export("project", context.projectName());
            context.export(
                    "loaderIsTheProgramsOwn", Thread.currentThread().getContextClassLoader() instanceof URLClassLoader);
        }
    }

    public static final class Bad {
        public static void stack(Context context) {
            throw new RunException("no good");
        }
    }

    public static final class OnlyMain {
        public static void main(String[] arguments) {}
    }
}
