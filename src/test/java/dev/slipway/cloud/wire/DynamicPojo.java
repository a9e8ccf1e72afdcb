package dev.slipway.cloud.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.LocationTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;
import software.amazon.awssdk.core.traits.Trait;
import software.amazon.awssdk.utils.builder.Buildable;
import software.amazon.smithy.model.Model;
import software.amazon.smithy.model.shapes.ListShape;
import software.amazon.smithy.model.shapes.MapShape;
import software.amazon.smithy.model.shapes.MemberShape;
import software.amazon.smithy.model.shapes.Shape;

/** What the SDK's code generator would make of a structure, without generating code: its own builder, with fields from the model. */
final class DynamicPojo implements SdkPojo, Buildable {
    private final Model model;
    private final boolean query;
    private final Map<String, MemberShape> members;
    final Map<String, Object> values = new LinkedHashMap<>();

    DynamicPojo(Model model, Shape structure, boolean query) {
        this.model = model;
        this.query = query;
        this.members = structure.getAllMembers();
    }

    @Override
    public List<SdkField<?>> sdkFields() {
        List<SdkField<?>> fields = new ArrayList<>();
        members.forEach((name, member) -> fields.add(field(name, member)));
        return fields;
    }

    @Override
    public Object build() {
        return this;
    }

    private SdkField<Object> field(String name, MemberShape member) {
        Shape target = model.expectShape(member.getTarget());
        List<Trait> traits = new ArrayList<>();
        traits.add(LocationTrait.builder()
                .location(MarshallLocation.PAYLOAD)
                .locationName(query ? xmlName(member, name) : name)
                .build());
        boolean flattened = member.hasTrait("smithy.api#xmlFlattened");
        if (target instanceof ListShape list) {
            traits.add(ListTrait.builder()
                    .memberLocationName(xmlName(list.getMember(), null))
                    .memberFieldInfo(field("member", list.getMember()))
                    .isFlattened(flattened)
                    .build());
        } else if (target instanceof MapShape map) {
            traits.add(MapTrait.builder()
                    .keyLocationName(xmlName(map.getKey(), "key"))
                    .valueLocationName(xmlName(map.getValue(), "value"))
                    .valueFieldInfo(field("value", map.getValue()))
                    .isFlattened(flattened)
                    .build());
        }
        format(member, target, traits);
        return SdkField.<Object>builder(type(target))
                .memberName(name)
                .getter(pojo -> ((DynamicPojo) pojo).values.get(name))
                .setter((pojo, value) -> ((DynamicPojo) pojo).values.put(name, value))
                .constructor(
                        target.isStructureShape() || target.isUnionShape()
                                ? () -> new DynamicPojo(model, target, query)
                                : null)
                .traits(traits.toArray(new Trait[0]))
                .build();
    }

    private static String xmlName(MemberShape member, String otherwise) {
        return member.getTrait(software.amazon.smithy.model.traits.XmlNameTrait.class)
                .map(trait -> trait.getValue())
                .orElse(otherwise);
    }

    private static void format(MemberShape member, Shape target, List<Trait> traits) {
        member.getTrait(software.amazon.smithy.model.traits.TimestampFormatTrait.class)
                .or(() -> target.getTrait(software.amazon.smithy.model.traits.TimestampFormatTrait.class))
                .map(trait -> switch (trait.getFormat()) {
                    case DATE_TIME -> TimestampFormatTrait.Format.ISO_8601;
                    case HTTP_DATE -> TimestampFormatTrait.Format.RFC_822;
                    default -> TimestampFormatTrait.Format.UNIX_TIMESTAMP;
                })
                .ifPresent(format -> traits.add(TimestampFormatTrait.create(format)));
    }

    @SuppressWarnings("unchecked")
    private static MarshallingType<Object> type(Shape target) {
        Object type =
                switch (target.getType()) {
                    case STRING, ENUM -> MarshallingType.STRING;
                    case BOOLEAN -> MarshallingType.BOOLEAN;
                    case BYTE, SHORT, INTEGER, INT_ENUM -> MarshallingType.INTEGER;
                    case LONG -> MarshallingType.LONG;
                    case FLOAT -> MarshallingType.FLOAT;
                    case DOUBLE -> MarshallingType.DOUBLE;
                    case TIMESTAMP -> MarshallingType.INSTANT;
                    case BLOB -> MarshallingType.SDK_BYTES;
                    case STRUCTURE, UNION -> MarshallingType.SDK_POJO;
                    case LIST, SET -> MarshallingType.LIST;
                    case MAP -> MarshallingType.MAP;
                    default -> MarshallingType.DOCUMENT;
                };
        return (MarshallingType<Object>) type;
    }
}
