package dev.slipway.cloud.wire;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of AWS's models, compiled when it is first needed. Some of them take exponential time on texts that are made for that; such
 * a text does not match.
 */
final class TextPattern {
    private static final int STEPS_A_CHARACTER = 64;
    private static final int FREE_STEPS = 100_000;
    private static final int MOST_STEPS = 10_000_000;

    private final String text;
    private volatile @Nullable Pattern compiled;

    TextPattern(String text) {
        this.text = text;
    }

    /** Whether the whole of a value matches. */
    boolean matches(String value) {
        Pattern pattern = compiled;
        if (pattern == null) {
            pattern = Pattern.compile(text);
            compiled = pattern;
        }
        try {
            return pattern.matcher(new Counted(value, new int[] {budget(value)}))
                    .matches();
        } catch (TooManySteps | StackOverflowError hostile) {
            return false;
        }
    }

    @Override
    public String toString() {
        return text;
    }

    private static int budget(String value) {
        return (int) Math.min(MOST_STEPS, FREE_STEPS + (long) STEPS_A_CHARACTER * value.length());
    }

    private static final class TooManySteps extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManySteps() {
            super("too many steps", null, false, false);
        }
    }

    /** A text that can be looked at only so often. */
    @SuppressWarnings("ArrayRecordComponent") // a counter, never compared
    private record Counted(String text, int[] left) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (--left[0] < 0) {
                throw new TooManySteps();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
