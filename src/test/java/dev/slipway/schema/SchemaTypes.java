package dev.slipway.schema;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.core.internal.Internal;
import dev.slipway.provider.Default;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes properties and their types, and collects the types that have names. */
final class SchemaTypes {
    private static final String PREFIX = "slipway:index:";
    private static final Map<Type, String> PRIMITIVES = Map.of(
            String.class, "string",
            Boolean.class, "boolean",
            Integer.class, "integer",
            Long.class, "integer",
            Double.class, "number");

    private final JsonMapper json = new JsonMapper();
    private final Map<String, ObjectNode> named = new TreeMap<>();
    private final Javadocs javadocs;

    SchemaTypes(Javadocs javadocs) {
        this.javadocs = javadocs;
    }

    /** The properties of one object. */
    record Members(ObjectNode properties, List<String> required) {}

    ObjectNode all() {
        ObjectNode all = json.createObjectNode();
        named.forEach(all::set);
        return all;
    }

    ObjectNode object(Members members) {
        ObjectNode object = json.createObjectNode().put("type", "object");
        object.set("properties", members.properties());
        if (!members.required().isEmpty()) {
            members.required().forEach(object.withArray("required")::add);
        }
        return object;
    }

    /** The properties of an arguments class, its superclasses' first. */
    Members inputs(Class<?> args, @Nullable Class<?> record) {
        var members = new Members(json.createObjectNode(), new ArrayList<>());
        for (Field field : fields(args)) {
            Import input = field.getAnnotation(Import.class);
            if (input != null) {
                ObjectNode property = type(unwrapped(field.getGenericType()), component(record, input.name()));
                property.put("description", javadocs.of(args, field.getName()));
                if (isMadeSecret(args, field)) {
                    property.put("secret", true);
                }
                component(record, input.name())
                        .map(component -> component.getAnnotation(Default.class))
                        .ifPresent(value -> addDefault(property, value, unwrapped(field.getGenericType())));
                members.properties().set(input.name(), property);
                if (input.required()) {
                    members.required().add(input.name());
                }
            }
        }
        return members;
    }

    private void addDefault(ObjectNode property, Default value, Type type) {
        if (type == Integer.class) {
            property.put("default", Integer.parseInt(value.value()));
        } else if (type == Boolean.class) {
            property.put("default", Boolean.parseBoolean(value.value()));
        } else if (!value.value().isEmpty()) {
            property.put("default", value.value());
        }
        if (value.environment().length > 0) {
            List.of(value.environment())
                    .forEach(property.putObject("defaultInfo").withArray("environment")::add);
        }
    }

    /** The outputs of a resource class; what its accessor never leaves out is required. */
    Members outputs(Class<?> resource, Class<?> record) {
        var members = new Members(json.createObjectNode(), new ArrayList<>());
        for (Field field : fields(resource)) {
            Export output = field.getAnnotation(Export.class);
            if (output != null) {
                add(members, resource, output.name(), component(record, output.name()));
            }
        }
        return members;
    }

    /** The members of a class that is only ever an answer. */
    Members members(Class<?> type, @Nullable Class<?> record) {
        var members = new Members(json.createObjectNode(), new ArrayList<>());
        for (Field field : fields(type)) {
            add(members, type, field.getName(), component(record, field.getName()));
        }
        return members;
    }

    private void add(Members members, Class<?> owner, String name, Optional<RecordComponent> component) {
        Type accessed = accessor(owner, name).getGenericReturnType();
        ObjectNode property = type(unwrapped(accessed), component);
        property.put("description", javadocs.of(owner, name));
        members.properties().set(name, property);
        if (!accessed.getTypeName().contains(Optional.class.getName())) {
            members.required().add(name);
        }
    }

    private static Method accessor(Class<?> owner, String name) {
        try {
            return owner.getMethod(name);
        } catch (NoSuchMethodException e) {
            throw new AssertionError(owner.getSimpleName() + " has no method " + name + "()", e);
        }
    }

    /** Arguments that a program gives in clear and that are secret all the same. */
    private static boolean isMadeSecret(Class<?> args, Field field) {
        if (unwrapped(field.getGenericType()) != String.class || field.getType() != Output.class) {
            return false;
        }
        try {
            Object builder = args.getMethod("builder").invoke(null);
            Object filled =
                    builder.getClass().getMethod(field.getName(), String.class).invoke(builder, "clear");
            Field held = Arrays.stream(builder.getClass().getDeclaredFields())
                    .filter(inner -> inner.getType() == args)
                    .findFirst()
                    .orElseThrow();
            held.setAccessible(true);
            field.setAccessible(true);
            var output = (Output<?>) field.get(held.get(filled));
            return Internal.of(output).isSecret().join();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(args.getSimpleName() + "." + field.getName() + " has no usual builder", e);
        }
    }

    private ObjectNode type(Type type, Optional<RecordComponent> component) {
        ObjectNode spec = json.createObjectNode();
        if (type instanceof ParameterizedType generic) {
            List<Type> arguments = List.of(generic.getActualTypeArguments());
            if (generic.getRawType() == List.class) {
                spec.put("type", "array").set("items", type(unwrapped(arguments.get(0)), inner(component)));
                return spec;
            }
            spec.put("type", "object").set("additionalProperties", type(unwrapped(arguments.get(1)), inner(component)));
            return spec;
        }
        Optional<Class<?>> words =
                component.<Class<?>>map(RecordComponent::getType).filter(Class::isEnum);
        if (words.isPresent() && type == String.class) {
            return spec.put("$ref", "#/types/" + words(words.get()));
        }
        String primitive = PRIMITIVES.get(type);
        return primitive != null
                ? spec.put("type", primitive)
                : spec.put("$ref", "#/types/" + object((Class<?>) type, component));
    }

    /** A component whose type is the element's. Only records matter in there, and those are found by their list. */
    private static Optional<RecordComponent> inner(Optional<RecordComponent> component) {
        return component.filter(list -> !(list.getGenericType() instanceof GenericArrayType));
    }

    /** One type for what programs write and what they read: {@code HealthCheckArgs} and {@code HealthCheck} have the same members. */
    private String object(Class<?> type, Optional<RecordComponent> component) {
        String name = type.getSimpleName().replaceFirst("Args$", "");
        String token = PREFIX + name;
        if (!named.containsKey(token)) {
            named.put(token, json.createObjectNode());
            Class<?> record = component.map(SchemaTypes::record).orElse(null);
            Optional<Class<?>> args = args(name);
            Members members = args.map(found -> inputs(found, record)).orElseGet(() -> members(type, record));
            ObjectNode object = object(members);
            named.put(token, object.put("description", javadocs.of(args.orElse(type))));
        }
        return token;
    }

    private static Optional<Class<?>> args(String name) {
        try {
            return Optional.of(Class.forName("dev.slipway." + name + "Args"));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    private String words(Class<?> words) {
        String token =
                PREFIX + words.getEnclosingClass().getSimpleName().replaceFirst("Inputs$", "") + words.getSimpleName();
        ObjectNode type = json.createObjectNode().put("type", "string");
        for (Object word : words.getEnumConstants()) {
            type.withArray("enum").addObject().put("value", ((Enum<?>) word).name());
        }
        named.put(token, type);
        return token;
    }

    private static @Nullable Class<?> record(RecordComponent component) {
        Type type = component.getGenericType();
        while (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            type = arguments[arguments.length - 1];
        }
        return type instanceof Class<?> plain && plain.isRecord() ? plain : null;
    }

    private static Optional<RecordComponent> component(@Nullable Class<?> record, String name) {
        return record == null
                ? Optional.empty()
                : Arrays.stream(record.getRecordComponents())
                        .filter(component -> component.getName().equals(name))
                        .findFirst();
    }

    private static Type unwrapped(Type type) {
        return type instanceof ParameterizedType generic
                        && (generic.getRawType() == Output.class || generic.getRawType() == Optional.class)
                ? unwrapped(generic.getActualTypeArguments()[0])
                : type;
    }

    private static List<Field> fields(Class<?> type) {
        var fields = new ArrayList<List<Field>>();
        for (Class<?> owner = type;
                owner != null && owner.getPackageName().startsWith("dev.slipway");
                owner = owner.getSuperclass()) {
            fields.add(Arrays.stream(owner.getDeclaredFields())
                    .filter(field -> !Modifier.isStatic(field.getModifiers()))
                    .toList());
        }
        Collections.reverse(fields);
        return fields.stream().flatMap(List::stream).toList();
    }
}
