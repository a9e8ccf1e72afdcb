package dev.slipway.cloud.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.testing.Cases;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class WildcardTest {
    @Test
    void aStarStandsForAnyText() {
        assertThat(Wildcard.matches("*", "")).isTrue();
        assertThat(Wildcard.matches("v*", "v1.2")).isTrue();
        assertThat(Wildcard.matches("*-rc*", "1-rc-rc")).isTrue();
        assertThat(Wildcard.matches("a*b*c", "axxcbxx")).isFalse();
        assertThat(Wildcard.matches("", "a")).isFalse();
        assertThat(Wildcard.matches("a.c", "abc")).isFalse();
    }

    @Test
    void judgesAsARegularExpressionWould() {
        Cases.of(2_000, 100_000).run((random, number) -> {
            String pattern = word(random, "ab*", 8);
            String text = word(random, "ab", 10);
            String expression = pattern.chars()
                    .mapToObj(c -> c == '*' ? ".*" : Pattern.quote(String.valueOf((char) c)))
                    .collect(Collectors.joining());
            assertThat(Wildcard.matches(pattern, text)).as(pattern + " " + text).isEqualTo(text.matches(expression));
        });
    }

    private static String word(Random random, String letters, int most) {
        return random.ints(random.nextInt(most), 0, letters.length())
                .mapToObj(i -> String.valueOf(letters.charAt(i)))
                .collect(Collectors.joining());
    }
}
