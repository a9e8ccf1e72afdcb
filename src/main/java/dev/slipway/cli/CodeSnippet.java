package dev.slipway.cli;

import dev.slipway.cli.display.Values;
import dev.slipway.engine.state.ResourceState;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The Java that declares a resource as it is: what to put into the program after an import. */
final class CodeSnippet {
    private static final String DSL = "dev.slipway.";
    private static final int MOST_PAIRS = 10;
    private static final Set<String> RESERVED = Set.of(
            "abstract",
            "assert",
            "boolean",
            "break",
            "byte",
            "case",
            "catch",
            "char",
            "class",
            "const",
            "continue",
            "default",
            "do",
            "double",
            "else",
            "enum",
            "extends",
            "false",
            "final",
            "finally",
            "float",
            "for",
            "goto",
            "if",
            "implements",
            "import",
            "instanceof",
            "int",
            "interface",
            "long",
            "native",
            "new",
            "null",
            "package",
            "private",
            "protected",
            "public",
            "return",
            "short",
            "static",
            "strictfp",
            "super",
            "switch",
            "synchronized",
            "this",
            "throw",
            "throws",
            "transient",
            "true",
            "try",
            "void",
            "volatile",
            "while",
            "_");

    private CodeSnippet() {}

    static String of(ResourceState state) {
        String[] type = state.type().split(":", -1);
        String name = type[type.length - 1];
        Optional<Class<?>> builder = type[0].equals("slipway") ? builder(DSL + name + "Args") : Optional.empty();
        if (builder.isEmpty()) {
            return state.custom()
                    ? "// " + state.type() + " `" + state.urn().name()
                            + "`: declare it with the package's SDK, with these inputs:\n// "
                            + Values.json(state.inputs(), false) + "\n"
                    : "";
        }
        String options = state.marks().protect()
                ? ", CustomResourceOptions.builder()\n        .protect(true)\n        .build()"
                : "";
        return "var " + variable(state.urn().name()) + " = new " + name + "("
                + text(state.urn().name()) + ", " + build(builder.get(), name + "Args", state.inputs(), "        ")
                + options + ");\n";
    }

    private static Optional<Class<?>> builder(String args) {
        try {
            return Optional.of(Class.forName(args + "$Builder"));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    private static String build(Class<?> builder, String args, PropertyMap inputs, String indent) {
        var code = new StringBuilder(args).append(".builder()");
        new TreeMap<>(inputs.values()).forEach((key, value) -> setter(builder, key)
                .filter(type -> !(value instanceof PropertyValue.Null))
                .ifPresent(type -> code.append('\n')
                        .append(indent)
                        .append('.')
                        .append(key)
                        .append('(')
                        .append(literal(value, type, indent + "        "))
                        .append(')')));
        return code.append('\n').append(indent).append(".build()").toString();
    }

    /** The type that the property has in Java; what has no setter can't be declared. */
    private static Optional<Class<?>> setter(Class<?> builder, String name) {
        return Arrays.stream(builder.getMethods())
                .filter(method -> method.getName().equals(name) && method.getParameterCount() == 1)
                .filter(method -> !method.isVarArgs() && !method.isBridge())
                .map(CodeSnippet::type)
                .filter(type -> !type.getName().startsWith("com.pulumi"))
                .findFirst();
    }

    private static Class<?> type(Method method) {
        return method.getParameterTypes()[0];
    }

    private static String literal(PropertyValue value, Class<?> type, String indent) {
        if (value instanceof PropertyValue.Secret) {
            return "/* a secret: take it from the stack's configuration */ ctx.config().requireSecret(\"\")";
        }
        if (value instanceof PropertyMap map && !Map.class.isAssignableFrom(type)) {
            return builder(type.getName())
                    .map(inner -> build(inner, type.getSimpleName(), map, indent))
                    .orElseGet(() -> map(map, indent));
        }
        if (value instanceof PropertyMap map) {
            return map(map, indent);
        }
        if (value instanceof PropertyValue.ListOf list) {
            return "List.of("
                    + list.items().stream()
                            .map(item -> literal(item, Object.class, indent))
                            .collect(Collectors.joining(", "))
                    + ")";
        }
        return value instanceof PropertyValue.Text text ? text(text.value()) : Values.line(value, false);
    }

    private static String map(PropertyMap map, String indent) {
        Map<String, PropertyValue> sorted = new TreeMap<>(map.values());
        boolean entries = sorted.size() > MOST_PAIRS;
        List<String> pairs = sorted.entrySet().stream()
                .map(entry -> text(entry.getKey()) + ", " + literal(entry.getValue(), Object.class, indent))
                .map(pair -> entries ? "Map.entry(" + pair + ")" : pair)
                .toList();
        String separator = entries ? ",\n" + indent : ", ";
        return (entries ? "Map.ofEntries(\n" + indent : "Map.of(") + String.join(separator, pairs) + ")";
    }

    private static String text(String value) {
        var literal = new StringBuilder("\"");
        value.chars().forEach(c -> {
            switch (c) {
                case '"' -> literal.append("\\\"");
                case '\\' -> literal.append("\\\\");
                case '\n' -> literal.append("\\n");
                case '\t' -> literal.append("\\t");
                case '\r' -> literal.append("\\r");
                default -> literal.append(c < ' ' ? String.format("\\u%04x", c) : String.valueOf((char) c));
            }
        });
        return literal.append('"').toString();
    }

    /** A name in the program: {@code my-service} becomes {@code myService}. */
    static String variable(String name) {
        var variable = new StringBuilder();
        boolean upper = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!Character.isJavaIdentifierPart(c) || c == '$') {
                upper = variable.length() > 0;
                continue;
            }
            variable.append(upper ? Character.toUpperCase(c) : c);
            upper = false;
        }
        boolean usable = variable.length() > 0
                && Character.isJavaIdentifierStart(variable.charAt(0))
                && !RESERVED.contains(variable.toString());
        return usable ? variable.toString() : "resource" + variable;
    }
}
