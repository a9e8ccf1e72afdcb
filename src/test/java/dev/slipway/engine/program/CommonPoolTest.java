package dev.slipway.engine.program;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CommonPoolTest {
    private @Nullable String before;

    @BeforeEach
    void forget() {
        before = System.clearProperty(CommonPool.PROPERTY);
    }

    @AfterEach
    void restore() {
        System.clearProperty(CommonPool.PROPERTY);
        if (before != null) {
            System.setProperty(CommonPool.PROPERTY, before);
        }
    }

    @Test
    void asksForAtLeastTwoThreadsAndForAllThatTheJvmWouldTake() {
        CommonPool.widen();
        assertThat(Integer.getInteger(CommonPool.PROPERTY))
                .isGreaterThanOrEqualTo(2)
                .isGreaterThanOrEqualTo(Runtime.getRuntime().availableProcessors() - 1);
    }

    @Test
    void leavesWhatSomebodyHasSaid() {
        System.setProperty(CommonPool.PROPERTY, "1");
        CommonPool.widen();
        assertThat(System.getProperty(CommonPool.PROPERTY)).isEqualTo("1");
    }
}
