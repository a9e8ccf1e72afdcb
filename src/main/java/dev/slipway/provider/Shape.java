package dev.slipway.provider;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyPath;
import dev.slipway.property.PropertyValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How one Java type is written as a property value and read back. */
sealed interface Shape {
    /** Reads a value that is neither absent, unknown nor secret; null after a failure was noted. */
    @Nullable
    Object read(PropertyValue value, PropertyPath path, Reading reading);

    PropertyValue write(Object value);

    /** Reads a value that is written as text, for example {@code 8080}. */
    default PropertyValue parse(String text) {
        throw new IllegalArgumentException("no text is " + this);
    }

    /** The same value, with the defaults of what is absent in the records in it. */
    default PropertyValue filled(PropertyValue value) {
        return value instanceof PropertyValue.Secret secret
                ? new PropertyValue.Secret(filled(secret.value()))
                : filledOpen(value);
    }

    /** {@link #filled} of a value that is no secret. */
    default PropertyValue filledOpen(PropertyValue value) {
        return value;
    }

    /** Reads what stands at {@code path}: a secret is opened, null is absent, an unknown value is noted. */
    default @Nullable Object readAny(PropertyValue value, PropertyPath path, Reading reading) {
        if (value instanceof PropertyValue.Secret secret) {
            return reading.inSecret(() -> readAny(secret.value(), path, reading));
        }
        if (value instanceof PropertyValue.Unknown) {
            reading.unknown(path);
            return null;
        }
        return value instanceof PropertyValue.Null ? null : read(value, path, reading);
    }

    /** The name a person knows a value's type by. */
    static String typeName(PropertyValue value) {
        if (value instanceof PropertyValue.Text) {
            return "text";
        }
        if (value instanceof PropertyValue.Num) {
            return "a number";
        }
        if (value instanceof PropertyValue.Bool) {
            return "true or false";
        }
        if (value instanceof PropertyValue.ListOf) {
            return "a list";
        }
        if (value instanceof PropertyMap) {
            return "an object";
        }
        if (value instanceof PropertyValue.Reference) {
            return "a whole resource; give one of its outputs, such as its arn";
        }
        if (value instanceof PropertyValue.Asset || value instanceof PropertyValue.Archive) {
            return "a file";
        }
        return "another kind of value";
    }

    /** A plain value. */
    record Scalar(
            String expected, Function<PropertyValue, Optional<Object>> reader, Function<Object, PropertyValue> writer)
            implements Shape {
        static final Scalar TEXT = new Scalar(
                "text",
                value -> value instanceof PropertyValue.Text text ? Optional.of(text.value()) : Optional.empty(),
                value -> PropertyValue.of((String) value));
        static final Scalar BOOL = new Scalar(
                "true or false",
                value -> value instanceof PropertyValue.Bool bool ? Optional.of(bool.value()) : Optional.empty(),
                value -> PropertyValue.of((boolean) value));
        static final Scalar DOUBLE = new Scalar(
                "a number",
                value -> value instanceof PropertyValue.Num num ? Optional.of(num.value()) : Optional.empty(),
                value -> PropertyValue.of((double) value));
        static final Scalar INTEGER = new Scalar(
                "a whole number",
                value -> whole(value, Integer.MIN_VALUE, Integer.MAX_VALUE).map(Long::intValue),
                value -> PropertyValue.of((double) (int) value));
        static final Scalar LONG = new Scalar(
                "a whole number",
                value -> whole(value, -(1L << 53), 1L << 53).map(number -> number),
                value -> PropertyValue.of((double) (long) value));

        private static Optional<Long> whole(PropertyValue value, long least, long most) {
            return value instanceof PropertyValue.Num num
                            && num.value() == Math.rint(num.value())
                            && num.value() >= least
                            && num.value() <= most
                    ? Optional.of((long) num.value())
                    : Optional.empty();
        }

        @Override
        public @Nullable Object read(PropertyValue value, PropertyPath path, Reading reading) {
            Optional<Object> read = reader.apply(value);
            if (read.isEmpty()) {
                reading.fail(path, "expected " + expected + ", got " + reading.shown(value));
            }
            return read.orElse(null);
        }

        @Override
        public PropertyValue write(Object value) {
            return writer.apply(value);
        }

        @Override
        public PropertyValue parse(String text) {
            if (this == TEXT) {
                return PropertyValue.of(text);
            }
            return this == BOOL
                    ? PropertyValue.of(Boolean.parseBoolean(text))
                    : PropertyValue.of(Double.parseDouble(text));
        }
    }

    /** One of a fixed set of words. */
    record Choice(Class<? extends Enum<?>> type) implements Shape {
        @Override
        public @Nullable Object read(PropertyValue value, PropertyPath path, Reading reading) {
            for (Enum<?> constant : type.getEnumConstants()) {
                if (value instanceof PropertyValue.Text text && text.value().equals(constant.name())) {
                    return constant;
                }
            }
            String choices =
                    Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(" or "));
            reading.fail(path, "expected " + choices + ", got " + reading.shown(value));
            return null;
        }

        @Override
        public PropertyValue write(Object value) {
            return PropertyValue.of(((Enum<?>) value).name());
        }

        @Override
        public PropertyValue parse(String text) {
            return PropertyValue.of(text);
        }
    }

    /** A list of one shape. */
    record Many(Shape item) implements Shape {
        @Override
        public @Nullable Object read(PropertyValue value, PropertyPath path, Reading reading) {
            if (!(value instanceof PropertyValue.ListOf list)) {
                reading.fail(path, "expected a list, got " + typeName(value));
                return null;
            }
            var items = new ArrayList<Object>();
            for (int i = 0; i < list.items().size(); i++) {
                Object read = item.readAny(list.items().get(i), path.child(i), reading);
                if (read != null) {
                    items.add(read);
                }
            }
            return List.copyOf(items);
        }

        @Override
        public PropertyValue write(Object value) {
            return PropertyValue.of(((List<?>) value).stream().map(item::write).toList());
        }

        @Override
        public PropertyValue filledOpen(PropertyValue value) {
            return value instanceof PropertyValue.ListOf list
                    ? PropertyValue.of(list.items().stream().map(item::filled).toList())
                    : value;
        }
    }

    /** A map from free names to one shape. */
    record Named(Shape item) implements Shape {
        @Override
        public @Nullable Object read(PropertyValue value, PropertyPath path, Reading reading) {
            if (!(value instanceof PropertyMap map)) {
                reading.fail(path, "expected a map of names to values, got " + typeName(value));
                return null;
            }
            var read = new LinkedHashMap<String, Object>();
            map.values().forEach((key, inner) -> {
                Object one = item.readAny(inner, path.child(key), reading);
                if (one != null) {
                    read.put(key, one);
                }
            });
            return read;
        }

        @Override
        public PropertyValue write(Object value) {
            var written = new LinkedHashMap<String, PropertyValue>();
            ((Map<?, ?>) value).forEach((key, inner) -> written.put((String) key, item.write(inner)));
            return new PropertyMap(written);
        }
    }

    /** A record inside a record. */
    record Nested(RecordCodec<?> codec) implements Shape {
        @Override
        public @Nullable Object read(PropertyValue value, PropertyPath path, Reading reading) {
            if (!(value instanceof PropertyMap map)) {
                reading.fail(path, "expected an object, got " + typeName(value));
                return null;
            }
            return codec.read(map, path, reading);
        }

        @Override
        public PropertyValue write(Object value) {
            return codec.encodeAny(value);
        }

        @Override
        public PropertyValue filledOpen(PropertyValue value) {
            return value instanceof PropertyMap map ? codec.withDefaults(map) : value;
        }
    }
}
