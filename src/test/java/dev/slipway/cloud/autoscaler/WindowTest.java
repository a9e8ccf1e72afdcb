package dev.slipway.cloud.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The numbers are those of Knative's tests of its windows. */
final class WindowTest {
    private static final int LENGTH = 5;

    @Test
    void averagesOverTheElapsedPartOfTheWindow() {
        Window window = Window.EMPTY;
        assertThat(window.average(0, LENGTH)).isZero();
        for (int second = 0; second < 5; second++) {
            window = window.with(second, second + 1, LENGTH);
            if (second == 0) {
                assertThat(window.average(0, LENGTH)).isEqualTo(1);
            }
        }
        assertThat(window.average(4, LENGTH)).isEqualTo(3);
        assertThat(window.average(6, LENGTH)).isEqualTo(4);
        assertThat(window.average(10, LENGTH)).isZero();
        assertThat(window.with(6, 91, LENGTH).average(6, LENGTH)).isEqualTo(20.6);
    }

    @Test
    void takesLateValuesAndIgnoresTooLateOnes() {
        Window window = Window.EMPTY.with(6, 91, LENGTH).with(66, 1984, LENGTH);
        assertThat(window.average(66, LENGTH)).isEqualTo(1984);
        window = window.with(63, 4, LENGTH);
        assertThat(window.average(66, LENGTH)).isEqualTo(497);
        window = window.with(67, 5, LENGTH);
        assertThat(window.average(67, LENGTH)).isEqualTo(398.6);
        window = window.with(64, 10, LENGTH);
        assertThat(window.average(67, LENGTH)).isEqualTo(400.6);
        window = window.with(62, 10, LENGTH);
        assertThat(window.average(67, LENGTH)).isEqualTo(400.6);
        window = window.with(72, 10, LENGTH);
        assertThat(window.average(72, LENGTH)).isEqualTo(10);
    }
}
