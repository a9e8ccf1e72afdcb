package dev.slipway.cloud.wire;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param next the token to go on with; null on the last page. It names the place of this page's last item in the order of the list, so that
 *     items that come or go between two calls do no harm, not even when it is that item that goes
 */
public record Page<T>(List<T> items, @Nullable String next) {
    public Page {
        items = List.copyOf(items);
    }

    /**
     * The page that a token asks for; empty when the token is not one of this list.
     *
     * @param list which list this is, the same for all its pages
     * @param all in the order of their places
     * @param place a text for each item, none twice, by which the list is ordered
     * @param size how many at most; less than 1 counts as 1
     * @param token null for the first page
     */
    public static <T> Optional<Page<T>> of(
            String list, List<T> all, Function<T, String> place, int size, @Nullable String token) {
        List<String> places = all.stream().map(place).toList();
        Optional<Integer> from =
                token == null ? Optional.of(0) : PageToken.open(list, token).map(last -> after(places, last));
        return from.map(first -> {
            int end = (int) Math.min(all.size(), first + Math.max(1L, size));
            return new Page<>(
                    all.subList(first, end), end < all.size() ? PageToken.seal(list, places.get(end - 1)) : null);
        });
    }

    /** Whether there is more after this. */
    public boolean hasNext() {
        return next != null;
    }

    private static int after(List<String> places, String last) {
        int known = places.indexOf(last);
        if (known >= 0) {
            return known + 1;
        }
        int from = 0;
        while (from < places.size() && places.get(from).compareTo(last) < 0) {
            from++;
        }
        return from;
    }

    /** A number as a part of a place, in the order of numbers. */
    public static String ascending(long number) {
        return String.format("%019d", number);
    }

    /** A number as a part of a place; the largest comes first. */
    public static String descending(long number) {
        return ascending(Long.MAX_VALUE - number);
    }
}
