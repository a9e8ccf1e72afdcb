package dev.slipway.cloud.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;

/** One value against its shape, in AWS's sentences. */
final class Values {
    private static final int LONGEST_SHOWN = 4096;
    private static final int LONGEST_MATCHED = 10_000;

    private Values() {}

    /** What is wrong with a value itself, not with what is inside; empty when nothing is. */
    static List<String> wrong(Object value, Shape shape) {
        if (shape.isFree()) {
            return List.of();
        }
        if (value instanceof String text) {
            return text(text, shape);
        }
        List<String> wrong = new ArrayList<>(0);
        if (value instanceof Integer || value instanceof Long) {
            bounds(((Number) value).longValue(), shape, "value", wrong);
        } else if (value instanceof List<?> list) {
            bounds(list.size(), shape, "length", wrong);
        } else if (value instanceof Map<?, ?> map) {
            bounds(map.size(), shape, "length", wrong);
        } else if (value instanceof SdkBytes bytes) {
            bounds(bytes.asByteArrayUnsafe().length, shape, "length", wrong);
        }
        return wrong;
    }

    private static List<String> text(String text, Shape shape) {
        List<String> wrong = new ArrayList<>(0);
        if (!shape.choices().isEmpty()) {
            if (!shape.choices().contains(text)) {
                wrong.add(choices(shape));
            }
            return wrong;
        }
        TextPattern pattern = shape.pattern();
        long length = text.codePointCount(0, text.length());
        // What is far too long is not worth the time that a pattern takes.
        boolean tooLong = length > LONGEST_MATCHED && shape.most() != null && length > shape.most();
        if (pattern != null && !tooLong && !pattern.matches(text)) {
            wrong.add(pattern(pattern));
        }
        bounds(length, shape, "length", wrong);
        return wrong;
    }

    private static void bounds(long measure, Shape shape, String what, List<String> wrong) {
        if (shape.most() != null && measure > shape.most()) {
            wrong.add(most(shape, what));
        }
        if (shape.least() != null && measure < shape.least()) {
            wrong.add(least(shape, what));
        }
    }

    /** Every constraint of a shape, as AWS lists them when an element of a list breaks one. */
    static String all(Shape shape) {
        List<String> all = new ArrayList<>();
        if (!shape.choices().isEmpty()) {
            all.add(choices(shape));
        }
        if (shape.most() != null) {
            all.add(most(shape, "length"));
        }
        if (shape.least() != null) {
            all.add(least(shape, "length"));
        }
        if (shape.pattern() != null) {
            all.add(pattern(shape.pattern()));
        }
        return all.toString();
    }

    private static String choices(Shape shape) {
        return "Member must satisfy enum value set: " + shape.choices();
    }

    private static String pattern(TextPattern pattern) {
        return "Member must satisfy regular expression pattern: " + pattern;
    }

    private static String most(Shape shape, String what) {
        return "Member must have " + what + " less than or equal to " + shape.most();
    }

    private static String least(Shape shape, String what) {
        return "Member must have " + what + " greater than or equal to " + shape.least();
    }

    static String shown(Object value) {
        if (value instanceof SdkBytes bytes) {
            int length = bytes.asByteArrayUnsafe().length;
            return "'java.nio.HeapByteBuffer[pos=0 lim=" + length + " cap=" + length + "]'";
        }
        String text = value.toString();
        return "'" + (text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text) + "'";
    }
}
