package dev.slipway.cloud.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PageTest {
    private static Page<String> page(List<String> all, int size, @Nullable String token) {
        return Page.of("letters", all, letter -> letter, size, token).orElseThrow();
    }

    @Test
    void pagesFollowOneAnotherThoughItemsGo() {
        Page<String> first = page(List.of("a", "b", "c", "d"), 2, null);

        assertThat(first.items()).containsExactly("a", "b");
        assertThat(page(List.of("a", "b", "c", "d"), 2, first.next()).items()).containsExactly("c", "d");
        assertThat(page(List.of("c", "d"), 2, first.next()).items()).containsExactly("c", "d");
        assertThat(page(List.of("a", "b", "c", "d"), 2, first.next()).next()).isNull();
    }

    @Test
    void everySizeMakesProgress() {
        for (int size : new int[] {Integer.MIN_VALUE, -1, 0, 1}) {
            Page<String> first = page(List.of("a", "b", "c"), size, null);
            assertThat(first.items()).as("%d", size).containsExactly("a");
            assertThat(page(List.of("a", "b", "c"), size, first.next()).items()).containsExactly("b");
        }
        String second = page(List.of("a", "b", "c"), 1, null).next();
        assertThat(page(List.of("a", "b", "c"), Integer.MAX_VALUE, second).items())
                .containsExactly("b", "c");
    }

    @Test
    void aTokenOfAnotherListIsNone() {
        String token = page(List.of("a", "b"), 1, null).next();

        assertThat(Page.of("digits", List.of("1"), digit -> digit, 1, token)).isEmpty();
        assertThat(Page.of("letters", List.of("a"), letter -> letter, 1, "nonsense"))
                .isEmpty();
    }
}
