package dev.slipway.property;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A value of a resource's property, in Pulumi's data model. Immutable. */
public sealed interface PropertyValue
        permits PropertyValue.Null,
                PropertyValue.Bool,
                PropertyValue.Num,
                PropertyValue.Text,
                PropertyValue.ListOf,
                PropertyMap,
                PropertyValue.Secret,
                PropertyValue.Unknown,
                PropertyValue.Asset,
                PropertyValue.Archive,
                PropertyValue.Reference {

    static PropertyValue of(String text) {
        return new Text(text);
    }

    static PropertyValue of(double number) {
        return new Num(number);
    }

    static PropertyValue of(boolean value) {
        return new Bool(value);
    }

    static PropertyValue of(List<? extends PropertyValue> items) {
        return new ListOf(List.copyOf(items));
    }

    /** Whether this value, or any value inside it, is not known yet (during a preview). */
    default boolean containsUnknown() {
        return false;
    }

    /** Whether this value, or any value inside it, is a secret. */
    default boolean containsSecret() {
        return false;
    }

    /** The same value with every secret replaced by what it hides; for a provider's eyes and for comparison only. */
    default PropertyValue reveal() {
        return this;
    }

    record Null() implements PropertyValue {
        public static final Null VALUE = new Null();
    }

    record Bool(boolean value) implements PropertyValue {}

    /** Every number is a double, as on Pulumi's wire: integers are exact up to 2^53. */
    record Num(double value) implements PropertyValue {}

    record Text(String value) implements PropertyValue {
        public Text {
            Objects.requireNonNull(value, "value is null");
        }
    }

    record ListOf(List<PropertyValue> items) implements PropertyValue {
        public ListOf {
            items = List.copyOf(items);
        }

        @Override
        public boolean containsUnknown() {
            return items.stream().anyMatch(PropertyValue::containsUnknown);
        }

        @Override
        public boolean containsSecret() {
            return items.stream().anyMatch(PropertyValue::containsSecret);
        }

        @Override
        public PropertyValue reveal() {
            return new ListOf(items.stream().map(PropertyValue::reveal).toList());
        }
    }

    /** A value that is never printed or stored in clear. */
    record Secret(PropertyValue value) implements PropertyValue {
        public Secret {
            value = value instanceof Secret inner ? inner.value() : value;
        }

        @Override
        public boolean containsUnknown() {
            return value.containsUnknown();
        }

        @Override
        public boolean containsSecret() {
            return true;
        }

        @Override
        public PropertyValue reveal() {
            return value.reveal();
        }

        @Override
        public String toString() {
            return "[secret]";
        }
    }

    /** A value that exists only after the operation that makes it: seen in previews. */
    record Unknown() implements PropertyValue {
        public static final Unknown VALUE = new Unknown();

        @Override
        public boolean containsUnknown() {
            return true;
        }
    }

    /** A piece of text, or a file by path or URI; {@code hash} is SHA-256 in hexadecimal. Exactly one source is set. */
    record Asset(
            @Nullable String text,
            @Nullable String path,
            @Nullable String uri,
            @Nullable String hash) implements PropertyValue {}

    /** A set of named assets, or an archive by path or URI; {@code hash} is SHA-256 in hexadecimal. */
    record Archive(
            @Nullable Map<String, PropertyValue> assets,
            @Nullable String path,
            @Nullable String uri,
            @Nullable String hash)
            implements PropertyValue {}

    /** Another resource; {@code id} is absent for a component, unknown ({@code ""} on the wire) during its preview. */
    record Reference(Urn urn, Optional<PropertyValue> id, String packageVersion) implements PropertyValue {
        @Override
        public boolean containsUnknown() {
            return id.map(PropertyValue::containsUnknown).orElse(false);
        }
    }
}
