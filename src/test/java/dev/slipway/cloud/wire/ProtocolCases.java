package dev.slipway.cloud.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.smithy.model.Model;
import software.amazon.smithy.model.loader.ModelAssembler;
import software.amazon.smithy.model.node.Node;
import software.amazon.smithy.model.node.ObjectNode;
import software.amazon.smithy.model.shapes.ListShape;
import software.amazon.smithy.model.shapes.MapShape;
import software.amazon.smithy.model.shapes.OperationShape;
import software.amazon.smithy.model.shapes.Shape;
import software.amazon.smithy.model.shapes.ShapeId;
import software.amazon.smithy.model.shapes.StructureShape;

/** AWS's own cases for one of its protocols, read from the jar {@code smithy-aws-protocol-tests}. */
final class ProtocolCases {
    private final Model model;
    private final String protocol;

    /** @param protocol {@code awsJson1_0}, {@code awsJson1_1} or {@code awsQuery} */
    ProtocolCases(String protocol) throws IOException {
        this.protocol = protocol;
        ModelAssembler assembler = Model.assembler().putProperty(ModelAssembler.ALLOW_UNKNOWN_TRAITS, true);
        for (URL file : files(protocol + "/")) {
            assembler.addImport(file);
        }
        // Traits of other jars are unknown here, and kept as they are written.
        this.model = assembler.assemble().getResult().orElseThrow();
    }

    private static List<URL> files(String directory) throws IOException {
        List<URL> files = new ArrayList<>();
        for (URL manifest :
                Collections.list(ProtocolCases.class.getClassLoader().getResources("META-INF/smithy/manifest"))) {
            String base = manifest.toString().replaceFirst("manifest$", "");
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(manifest.openStream(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith(directory) || line.equals("shared-types.smithy")) {
                        files.add(URI.create(base + line).toURL());
                    }
                }
            }
        }
        return files;
    }

    /**
     * One case.
     *
     * @param owner the operation's name, or the error's
     * @param structure the shape of {@code params}
     */
    record Case(String id, String owner, Shape structure, ObjectNode definition) {
        String body() {
            return definition.getStringMemberOrDefault("body", "");
        }

        ObjectNode params() {
            return definition.getObjectMember("params").orElse(Node.objectNode());
        }

        int code() {
            return definition.getNumberMemberOrDefault("code", 200).intValue();
        }

        Optional<String> header(String name) {
            return definition
                    .getObjectMember("headers")
                    .flatMap(headers -> headers.getStringMember(name))
                    .map(header -> header.getValue());
        }

        boolean isFor(String side) {
            return definition.getStringMemberOrDefault("appliesTo", side).equals(side);
        }

        @Override
        public String toString() {
            return id;
        }
    }

    List<Case> requests() {
        return cases(OperationShape.class, "httpRequestTests");
    }

    List<Case> responses() {
        return cases(OperationShape.class, "httpResponseTests");
    }

    List<Case> errors() {
        return cases(StructureShape.class, "httpResponseTests");
    }

    private <S extends Shape> List<Case> cases(Class<S> type, String trait) {
        List<Case> cases = new ArrayList<>();
        for (S owner : model.toSet(type)) {
            owner.findTrait("smithy.test#" + trait)
                    .ifPresent(found -> found.toNode().expectArrayNode().getElementsAs(ObjectNode.class).stream()
                            .filter(definition -> definition
                                    .expectStringMember("protocol")
                                    .getValue()
                                    .endsWith(protocol))
                            .forEach(definition -> cases.add(new Case(
                                    definition.expectStringMember("id").getValue(),
                                    owner.getId().getName(),
                                    structure(owner, trait),
                                    definition))));
        }
        cases.sort(java.util.Comparator.comparing(Case::id));
        return cases;
    }

    private Shape structure(Shape owner, String trait) {
        if (owner instanceof OperationShape operation) {
            ShapeId id = trait.equals("httpRequestTests") ? operation.getInputShape() : operation.getOutputShape();
            return model.expectShape(id);
        }
        return owner;
    }

    DynamicPojo pojo(Case one) {
        return new DynamicPojo(model, one.structure(), protocol.equals("awsQuery"));
    }

    /** The parameters of a case as the codec's values. */
    Map<String, Object> values(Case one) {
        return structure(one.params(), one.structure()).values;
    }

    private DynamicPojo structure(ObjectNode params, Shape shape) {
        DynamicPojo pojo = new DynamicPojo(model, shape, protocol.equals("awsQuery"));
        params.getStringMap().forEach((name, node) -> {
            if (!node.isNullNode()) {
                pojo.values.put(
                        name,
                        value(
                                node,
                                model.expectShape(
                                        shape.getAllMembers().get(name).getTarget())));
            }
        });
        return pojo;
    }

    private Object value(Node node, Shape shape) {
        return switch (shape.getType()) {
            case STRUCTURE, UNION -> structure(node.expectObjectNode(), shape);
            case LIST, SET -> {
                List<Object> list = new ArrayList<>();
                Shape member = model.expectShape(((ListShape) shape).getMember().getTarget());
                node.expectArrayNode().forEach(one -> list.add(one.isNullNode() ? null : value(one, member)));
                yield list;
            }
            case MAP -> {
                Map<String, Object> map = new LinkedHashMap<>();
                Shape member = model.expectShape(((MapShape) shape).getValue().getTarget());
                node.expectObjectNode()
                        .getStringMap()
                        .forEach((key, one) -> map.put(key, one.isNullNode() ? null : value(one, member)));
                yield map;
            }
            case BOOLEAN -> node.expectBooleanNode().getValue();
            case BYTE, SHORT, INTEGER, INT_ENUM ->
                node.expectNumberNode().getValue().intValue();
            case LONG -> node.expectNumberNode().getValue().longValue();
            case FLOAT ->
                node.isStringNode()
                        ? (Object) Float.valueOf(node.expectStringNode().getValue())
                        : node.expectNumberNode().getValue().floatValue();
            case DOUBLE ->
                node.isStringNode()
                        ? (Object) Double.valueOf(node.expectStringNode().getValue())
                        : node.expectNumberNode().getValue().doubleValue();
            case TIMESTAMP ->
                Instant.ofEpochMilli(
                        Math.round(node.expectNumberNode().getValue().doubleValue() * 1000));
            case BLOB -> SdkBytes.fromUtf8String(node.expectStringNode().getValue());
            case STRING, ENUM -> node.expectStringNode().getValue();
            default -> Node.printJson(node);
        };
    }
}
