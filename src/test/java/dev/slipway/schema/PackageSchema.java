package dev.slipway.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.pulumi.core.annotations.ResourceType;
import com.pulumi.resources.CustomResource;
import dev.slipway.Provider;
import dev.slipway.ProviderArgs;
import dev.slipway.Service;
import dev.slipway.SlipwayFunctions;
import dev.slipway.provider.ForcesReplacement;
import dev.slipway.provider.FunctionHandler;
import dev.slipway.provider.Handlers;
import dev.slipway.provider.ResourceHandler;
import dev.slipway.provider.aws.AwsHandlers;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The package schema, made from what there is: the classes that programs use say names, types, what is required, and in their documentation what each
 * property means; the records of the handlers say what forces a replacement, which words a property takes and what it is by default.
 */
final class PackageSchema {
    private static final String PACKAGE = "slipway";

    private final Handlers handlers;
    private final Javadocs javadocs;
    private final SchemaTypes types;
    private final ObjectNode root = new JsonMapper().createObjectNode();

    private PackageSchema(Handlers handlers, Javadocs javadocs) {
        this.handlers = handlers;
        this.javadocs = javadocs;
        this.types = new SchemaTypes(javadocs);
    }

    /** @param root the directory of the sources */
    static JsonNode of(Path root, Handlers handlers, String version) throws IOException {
        var schema = new PackageSchema(handlers, Javadocs.of(root.resolve("src/main/java/dev/slipway")));
        schema.write(version);
        return schema.root;
    }

    private void write(String version) throws IOException {
        root.put("name", PACKAGE);
        root.put("displayName", "Slipway");
        root.put("version", version);
        root.put(
                "description",
                "From a container image to a running, scaled, load-balanced web service: AWS App Runner, on AWS or in a local cloud.");
        List.of("pulumi", "aws", "apprunner", "ecr", "container", "category/cloud", "kind/native")
                .forEach(root.withArray("keywords")::add);
        root.putObject("meta").put("supportPack", true);
        writeLanguages();
        provider();
        resources();
        functions();
        root.set("types", types.all());
    }

    /** The names that generated SDKs get. Java's own SDK is not generated: it is the package {@code dev.slipway}. */
    private void writeLanguages() {
        ObjectNode language = root.putObject("language");
        language.putObject("nodejs").put("packageName", "pulumi-slipway").put("respectSchemaVersion", true);
        language.putObject("python")
                .put("packageName", "pulumi_slipway")
                .put("respectSchemaVersion", true)
                .putObject("pyproject")
                .put("enabled", true);
        language.putObject("go")
                .put("importBasePath", "slipway.dev/pulumi-slipway/sdk/go/slipway")
                .put("rootPackageName", PACKAGE)
                .put("generateResourceContainerTypes", true)
                .put("respectSchemaVersion", true);
        language.putObject("csharp")
                .put("respectSchemaVersion", true)
                .putObject("namespaces")
                .put(PACKAGE, "Slipway");
        language.putObject("java").put("basePackage", "com.pulumi");
    }

    private void provider() {
        ObjectNode provider = root.putObject("provider");
        provider.put("description", javadocs.of(Provider.class));
        var inputs = types.inputs(ProviderArgs.class, AwsHandlers.configuration());
        provider.set("inputProperties", inputs.properties());
        root.putObject("config").set("variables", inputs.properties());
    }

    private void resources() throws IOException {
        ObjectNode resources = root.putObject("resources");
        for (Class<?> type : resourceClasses()) {
            String token = type.getAnnotation(ResourceType.class).type();
            ResourceHandler<?, ?> handler = handlers.resources().get(token);
            if (handler == null) {
                throw new AssertionError(type.getSimpleName() + " has no handler for " + token);
            }
            resources.set(token, resource(type, handler));
        }
    }

    private ObjectNode resource(Class<?> type, ResourceHandler<?, ?> handler) {
        ObjectNode resource = root.objectNode().put("description", javadocs.of(type));
        var outputs = types.outputs(type, handler.state());
        resource.set("properties", outputs.properties());
        outputs.required().forEach(resource.withArray("required")::add);
        var inputs = types.inputs(named(type.getSimpleName() + "Args"), handler.inputs());
        boolean fixed = !(handler instanceof ResourceHandler.Updatable);
        for (RecordComponent component : handler.inputs().getRecordComponents()) {
            if (fixed || component.isAnnotationPresent(ForcesReplacement.class)) {
                ((ObjectNode) inputs.properties().required(component.getName())).put("willReplaceOnChanges", true);
            }
        }
        resource.set("inputProperties", inputs.properties());
        inputs.required().forEach(resource.withArray("requiredInputs")::add);
        return resource;
    }

    private void functions() {
        ObjectNode functions = root.putObject("functions");
        handlers.functions().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> functions.set(entry.getKey(), function(entry.getKey(), entry.getValue())));
    }

    private ObjectNode function(String token, FunctionHandler<?, ?> handler) {
        String name = token.substring(token.lastIndexOf(':') + 1);
        String title = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        Class<?> answer = named(title + "Result");
        ObjectNode function = root.objectNode().put("description", javadocs.of(SlipwayFunctions.class, name));
        if (handler.arguments().getRecordComponents().length > 0) {
            function.set("inputs", types.object(types.inputs(named(title + "Args"), handler.arguments())));
        }
        function.set("outputs", types.object(types.members(answer, handler.result())));
        return function;
    }

    private static Class<?> named(String simpleName) {
        try {
            return Class.forName(Service.class.getPackageName() + "." + simpleName);
        } catch (ClassNotFoundException e) {
            throw new AssertionError("programs have no class " + simpleName, e);
        }
    }

    private static List<Class<?>> resourceClasses() throws IOException {
        Path classes = Path.of(java.net.URI.create(
                String.valueOf(Service.class.getResource(Service.class.getSimpleName() + ".class"))));
        try (Stream<Path> files = Files.list(classes.getParent())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("[A-Za-z]+\\.class"))
                    .map(name -> named(name.replace(".class", "")))
                    .filter(type -> CustomResource.class.isAssignableFrom(type) && type != Provider.class)
                    .sorted(Comparator.comparing(Class::getSimpleName))
                    .<Class<?>>map(type -> type)
                    .toList();
        }
    }

    static List<String> names(Class<?> record) {
        return Arrays.stream(record.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }
}
