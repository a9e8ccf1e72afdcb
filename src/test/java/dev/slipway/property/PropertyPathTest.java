package dev.slipway.property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PropertyPathTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "a.b.c", "a[0].b", "tags[\"a.b\"]", "a[\"q\\\"uote\"][3]", "[\"x.y\"].z", ""})
    void printsWhatItParsed(String text) {
        assertThat(PropertyPath.parse(text)).hasToString(text);
    }

    @Test
    void tellsPositionsFromKeys() {
        assertThat(PropertyPath.parse("a[1][\"1\"]").segments()).containsExactly("a", 1, "1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a[", "a[0", "a[\"x", "a[x]", ".a", "a..b", "a[0]b", "a."})
    void refusesWhatIsNotAPath(String text) {
        assertThatThrownBy(() -> PropertyPath.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }

    @Test
    void aStarContainsEveryKeyAndPosition() {
        assertThat(PropertyPath.parse("a[*].b").contains(PropertyPath.parse("a[7].b.c")))
                .isTrue();
        assertThat(PropertyPath.parse("*").contains(PropertyPath.parse("x"))).isTrue();
        assertThat(PropertyPath.parse("a.b").contains(PropertyPath.parse("a"))).isFalse();
    }
}
