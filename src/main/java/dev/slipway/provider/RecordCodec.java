package dev.slipway.provider;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyPath;
import dev.slipway.property.PropertyValue;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes a record as a property object and reads it back, by the names of its components. A component is text, a boolean, a number, an
 * enum, a nested record, or a list or a map of those; {@code @Nullable} or {@code Optional} when it may be absent. This is the one place
 * that uses reflection.
 *
 * @param <R> the record; components are boxed types, because a value may be absent, and its constructor accepts null wherever a value may
 *     be unknown in a preview
 */
public final class RecordCodec<R extends Record> {
    private final Constructor<R> constructor;
    private final List<Property> properties;

    private RecordCodec(Constructor<R> constructor, List<Property> properties) {
        this.constructor = constructor;
        this.properties = properties;
    }

    /**
     * Looks at a record's components once.
     *
     * @throws IllegalArgumentException for a component of a type that no property can hold: a programmer's mistake
     */
    public static <R extends Record> RecordCodec<R> of(Class<R> type) {
        var properties = new ArrayList<Property>();
        RecordComponent[] components = type.getRecordComponents();
        for (RecordComponent component : components) {
            properties.add(Property.of(component));
        }
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return new RecordCodec<>(constructor, List.copyOf(properties));
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(type + " has no canonical constructor", e);
        }
    }

    /** Reads inputs: names that the record doesn't have, and required ones that are absent, are failures. */
    public Decoded<R> decode(PropertyMap values) {
        return decode(values, new Reading(true));
    }

    /** Reads what was recorded, perhaps by another version: what doesn't fit is absent. */
    public Decoded<R> decodeRecorded(PropertyMap values) {
        return decode(values, new Reading(false));
    }

    private Decoded<R> decode(PropertyMap values, Reading reading) {
        R value = read(values, PropertyPath.ROOT, reading);
        return new Decoded<>(value, reading.failures(), reading.unknown());
    }

    /** Writes every component that isn't absent. */
    public PropertyMap encode(R value) {
        return encodeAny(value);
    }

    PropertyMap encodeAny(Object value) {
        var written = new LinkedHashMap<String, PropertyValue>();
        for (Property property : properties) {
            property.valueOf(value)
                    .ifPresent(
                            one -> written.put(property.name(), property.shape().write(one)));
        }
        return new PropertyMap(written);
    }

    /** The same values, with the defaults of what is absent, see {@link Default}. */
    PropertyMap withDefaults(PropertyMap values) {
        var filled = new LinkedHashMap<>(values.values());
        for (Property property : properties) {
            PropertyValue given = values.get(property.name()).orElse(PropertyValue.Null.VALUE);
            if (!(given.reveal() instanceof PropertyValue.Null)) {
                filled.put(property.name(), property.shape().filled(given));
            } else if (property.defaultValue().isPresent()) {
                filled.put(property.name(), property.defaultValue().get());
            }
        }
        return new PropertyMap(filled);
    }

    @Nullable
    R read(PropertyMap values, PropertyPath path, Reading reading) {
        if (reading.strict()) {
            refuseUnknownNames(values, path, reading);
        }
        var arguments = new ArrayList<@Nullable Object>();
        for (Property property : properties) {
            PropertyPath at = path.child(property.name());
            PropertyValue value = values.get(property.name()).orElse(PropertyValue.Null.VALUE);
            if (reading.strict() && property.required() && value.reveal() instanceof PropertyValue.Null) {
                reading.fail(at, "required, but not given");
            }
            Object read = property.shape().readAny(value, at, reading);
            arguments.add(property.optional() ? Optional.ofNullable(read) : read);
        }
        return construct(arguments, path, reading);
    }

    private @Nullable R construct(List<@Nullable Object> arguments, PropertyPath path, Reading reading) {
        try {
            return constructor.newInstance(arguments.toArray());
        } catch (InvocationTargetException e) {
            String why = e.getCause() instanceof IllegalArgumentException bad ? bad.getMessage() : null;
            if (why != null) {
                reading.fail(path, why);
                return null;
            }
            if (reading.failures().isEmpty() && reading.unknown().isEmpty()) {
                throw new IllegalStateException("can't make " + constructor.getDeclaringClass(), e.getCause());
            }
            return null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("can't make " + constructor.getDeclaringClass(), e);
        }
    }

    private void refuseUnknownNames(PropertyMap values, PropertyPath path, Reading reading) {
        List<String> known = properties.stream().map(Property::name).toList();
        for (String name : values.values().keySet()) {
            // Pulumi's own bookkeeping (__defaults, __internal) travels among the properties.
            if (!known.contains(name) && !name.startsWith("__")) {
                reading.fail(path.child(name), DidYouMean.sentence(name, known));
            }
        }
    }

    /** The record's properties, in their written order; the package schema is made from this. */
    List<Property> properties() {
        return properties;
    }

    /**
     * One component.
     *
     * @param required an input that must be given
     * @param optional whether the Java type is {@code Optional}
     * @param defaultValue what it is when it is absent
     * @param replacement why a change needs a new resource; empty when it is made in place
     */
    record Property(
            String name,
            Shape shape,
            boolean required,
            boolean optional,
            Optional<PropertyValue> defaultValue,
            Optional<String> replacement,
            Method accessor) {
        static Property of(RecordComponent component) {
            Type type = component.getGenericType();
            boolean optional = component.getType() == Optional.class;
            boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            Shape shape = shapeOf(optional ? argument(type, 0) : type, component);
            return new Property(
                    component.getName(),
                    shape,
                    component.isAnnotationPresent(Required.class) || (!optional && !nullable),
                    optional,
                    Optional.ofNullable(component.getAnnotation(Default.class))
                            .map(Default::value)
                            .filter(text -> !text.isEmpty())
                            .map(shape::parse),
                    Optional.ofNullable(component.getAnnotation(ForcesReplacement.class))
                            .map(ForcesReplacement::value),
                    accessor);
        }

        Optional<Object> valueOf(Object owner) {
            try {
                Object value = accessor.invoke(owner);
                return value instanceof Optional<?> maybe ? maybe.map(one -> one) : Optional.ofNullable(value);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("can't read " + accessor, e);
            }
        }

        private static Shape shapeOf(Type type, RecordComponent component) {
            if (type instanceof Class<?> plain) {
                return shapeOf(plain, component);
            }
            if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
                return new Shape.Many(shapeOf(argument(type, 0), component));
            }
            if (type instanceof ParameterizedType generic
                    && generic.getRawType() == Map.class
                    && argument(type, 0) == String.class) {
                return new Shape.Named(shapeOf(argument(type, 1), component));
            }
            throw noShape(component);
        }

        private static Shape shapeOf(Class<?> type, RecordComponent component) {
            Map<Class<?>, Shape> scalars = Map.of(
                    String.class, Shape.Scalar.TEXT,
                    Boolean.class, Shape.Scalar.BOOL,
                    Integer.class, Shape.Scalar.INTEGER,
                    Long.class, Shape.Scalar.LONG,
                    Double.class, Shape.Scalar.DOUBLE);
            Shape scalar = scalars.get(type);
            if (scalar != null) {
                return scalar;
            }
            if (type.isRecord()) {
                return new Shape.Nested(RecordCodec.of(type.asSubclass(Record.class)));
            }
            if (type.isEnum()) {
                @SuppressWarnings("unchecked")
                var choice = (Class<? extends Enum<?>>) type;
                return new Shape.Choice(choice);
            }
            throw noShape(component);
        }

        private static Type argument(Type type, int position) {
            return ((ParameterizedType) type).getActualTypeArguments()[position];
        }

        private static IllegalArgumentException noShape(RecordComponent component) {
            return new IllegalArgumentException(
                    "no property can hold " + component.getDeclaringRecord().getSimpleName() + "." + component.getName()
                            + " of type " + component.getGenericType());
        }
    }
}
