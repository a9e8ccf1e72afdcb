package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The classes are known by name only, so nothing else would tell that a library has renamed one. */
class HeadStartTest {
    @ParameterizedTest
    @MethodSource("dev.slipway.cli.HeadStart#classes")
    void everyClassIsThere(String name) throws ClassNotFoundException {
        assertThat(Class.forName(name)).isNotNull();
    }
}
