package dev.slipway.cloud.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What AWS's published model of a service says that the SDK's classes do not: constraints, codes and statuses of errors, and which
 * operations there are, the newest too. Read from a table, a line each:
 *
 * <pre>
 * operation CreateService CreateServiceRequest result
 * error NoSuchEntityException NoSuchEntity 404
 * structure Tag Key!=TagKey Value=-
 * string TagKey secret length=1..128 pattern=^(?!aws:).+
 * </pre>
 *
 * <p>An exclamation mark means required, {@code -} a shape without constraints, an open range is left out on its side.
 */
final class ServiceModel {
    /** A model that knows nothing and therefore allows everything. */
    static final ServiceModel EMPTY = new ServiceModel();

    private static final String AWS = "software.amazon.awssdk.services.";

    private static final List<String> INTERNAL = List.of(
            "InternalServiceErrorException",
            "InternalServerError",
            "InternalServiceError",
            "ServerException",
            "ServiceFailureException",
            "ServiceUnavailableException");

    private final Map<String, String> inputs = new HashMap<>();
    private final Set<String> results = new HashSet<>();
    private final Map<String, Failure> errors = new HashMap<>();
    private final Map<String, Shape> shapes = new HashMap<>();

    /** The error of a service, on the wire. */
    record Failure(String code, int status) {}

    /**
     * The model of the service whose classes are in {@code modelPackage}; the empty one when they are not AWS's.
     *
     * @throws IllegalStateException when the build has not made the table of a service of AWS
     */
    static ServiceModel of(String modelPackage) {
        if (!modelPackage.startsWith(AWS)) {
            return EMPTY;
        }
        String name = modelPackage.substring(AWS.length()).replaceFirst("\\.model$", "");
        try (InputStream table = ServiceModel.class.getResourceAsStream("models/" + name + ".txt")) {
            if (table == null) {
                throw new IllegalStateException("there is no table of " + name
                        + "'s constraints beside the classes; mvn process-classes makes it");
            }
            return parse(table);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    static ServiceModel parse(InputStream table) {
        ServiceModel model = new ServiceModel();
        new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(model::line);
        return model;
    }

    private void line(String line) {
        String[] words = line.split(" ", 3);
        String rest = words.length > 2 ? words[2] : "";
        switch (words[0]) {
            case "operation" -> {
                inputs.put(words[1], rest.replaceFirst(" result$", ""));
                if (rest.endsWith(" result")) {
                    results.add(words[1]);
                }
            }
            case "error" -> {
                String[] onWire = rest.split(" ");
                Failure failure = new Failure(onWire[0], Integer.parseInt(onWire[1]));
                errors.put(words[1], failure);
                errors.put(onWire[0], failure);
            }
            case "structure" -> shapes.put(words[1], parseStructure(rest));
            case "string", "number", "blob", "list", "map" -> shapes.put(words[1], parseSimple(rest));
            default -> throw new IllegalArgumentException("no line of a service's table: " + line);
        }
    }

    private static Shape parseStructure(String text) {
        Map<String, Shape.Member> members = new LinkedHashMap<>();
        for (String word : text.split(" ")) {
            int equals = word.indexOf('=');
            boolean required = word.charAt(equals - 1) == '!';
            members.put(
                    word.substring(0, required ? equals - 1 : equals),
                    new Shape.Member(word.substring(equals + 1), required));
        }
        return new Shape(null, null, List.of(), null, false, Shape.FREE, Shape.FREE, members);
    }

    private static Shape parseSimple(String text) {
        int patternAt = text.indexOf("pattern=");
        TextPattern pattern = patternAt < 0 ? null : new TextPattern(text.substring(patternAt + "pattern=".length()));
        Map<String, String> facts = new HashMap<>();
        for (String word : (patternAt < 0 ? text : text.substring(0, patternAt)).split(" ")) {
            int equals = word.indexOf('=');
            facts.put(equals < 0 ? word : word.substring(0, equals), word.substring(equals + 1));
        }
        String bounds = facts.getOrDefault("length", facts.getOrDefault("range", ".."));
        int dots = bounds.indexOf("..");
        String choices = facts.get("enum");
        return new Shape(
                number(bounds.substring(0, dots)),
                number(bounds.substring(dots + 2)),
                choices == null ? List.of() : List.of(choices.split("\\|")),
                pattern,
                facts.containsKey("secret"),
                facts.getOrDefault("key", Shape.FREE),
                facts.getOrDefault("of", Shape.FREE),
                Map.of());
    }

    private static @Nullable Long number(String text) {
        return text.isEmpty() ? null : Long.valueOf(text);
    }

    /** Every constrained shape, by name. */
    Map<String, Shape> shapes() {
        return Collections.unmodifiableMap(shapes);
    }

    /** Whether AWS has this operation. */
    boolean hasOperation(String name) {
        return inputs.containsKey(name);
    }

    /** Whether an operation has an output, be it an empty one. */
    boolean hasResult(String operation) {
        return results.contains(operation);
    }

    /** The shape of an operation's input. */
    Shape input(String operation) {
        return shape(inputs.getOrDefault(operation, Shape.FREE));
    }

    Shape shape(String name) {
        return shapes.getOrDefault(name, Shape.ANY);
    }

    /** The status of an error, by its code on the wire or its name in the model; empty when the model does not say. */
    OptionalInt status(String code) {
        Failure failure = errors.get(code);
        return failure == null ? OptionalInt.empty() : OptionalInt.of(failure.status());
    }

    /** The code on the wire of an error that is named as in the model. */
    String code(String name) {
        Failure failure = errors.get(name);
        return failure == null ? name : failure.code();
    }

    /** How this service says that it failed by itself. */
    Optional<Failure> internal() {
        return INTERNAL.stream().filter(errors::containsKey).findFirst().map(errors::get);
    }
}
