package dev.slipway.cloud.secrets;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Matches a pattern that a client made, but not for ever: some patterns take exponential time. */
final class BoundedMatch {
    private static final int MOST_STEPS = 2_000_000;

    private BoundedMatch() {}

    /** @throws PatternSyntaxException when the match would take too long */
    static boolean matches(Pattern pattern, String text) {
        return pattern.matcher(new Counted(text, new int[] {MOST_STEPS}, pattern))
                .matches();
    }

    /** Counts how often the matcher looks at a character. */
    @SuppressWarnings("ArrayRecordComponent") // the counter that all parts of one text share
    private record Counted(CharSequence text, int[] left, Pattern pattern) implements CharSequence {
        @Override
        public char charAt(int index) {
            if (--left[0] < 0) {
                throw new PatternSyntaxException("it takes too long", pattern.pattern(), -1);
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text.subSequence(start, end), left, pattern);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
