package dev.slipway.property.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class StructCodecTest {
    private static final Urn URN = new Urn("urn:pulumi:dev::launch::acme:index:Bucket::logs");

    static Stream<PropertyValue> everyKindOfValue() {
        PropertyValue text = PropertyValue.of("clear");
        return Stream.of(
                PropertyValue.Null.VALUE,
                PropertyValue.of(true),
                PropertyValue.of(-2.5),
                PropertyValue.of(9007199254740992.0),
                PropertyValue.of(""),
                PropertyValue.of("ünï \n code"),
                PropertyValue.of(List.of()),
                PropertyValue.of(List.of(text, PropertyValue.Unknown.VALUE, PropertyValue.Null.VALUE)),
                PropertyMap.EMPTY,
                PropertyMap.of("a.b", PropertyMap.of("c", PropertyValue.of(1))),
                new PropertyValue.Secret(text),
                new PropertyValue.Secret(PropertyMap.of("inner", new PropertyValue.Secret(text))),
                new PropertyValue.Secret(PropertyValue.Null.VALUE),
                PropertyValue.Unknown.VALUE,
                new PropertyValue.Asset("text", null, null, null),
                new PropertyValue.Asset(null, "/a/file", null, "00ff"),
                new PropertyValue.Asset(null, null, "https://example.com/x", null),
                new PropertyValue.Archive(null, "/an/archive", null, "00ff"),
                new PropertyValue.Archive(
                        Map.of("in/it", new PropertyValue.Asset("text", null, null, null)), null, null, null),
                new PropertyValue.Reference(URN, Optional.empty(), ""),
                new PropertyValue.Reference(URN, Optional.of(PropertyValue.of("logs-1")), "1.2.3"),
                new PropertyValue.Reference(URN, Optional.of(PropertyValue.Unknown.VALUE), ""));
    }

    @ParameterizedTest
    @MethodSource("everyKindOfValue")
    void everyKindOfValueComesBackAsItWas(PropertyValue value) {
        assertThat(StructCodec.fromValue(StructCodec.toValue(value))).isEqualTo(value);
        var map = PropertyMap.of("key", value);
        assertThat(StructCodec.fromStruct(StructCodec.toStruct(map))).isEqualTo(map);
    }

    @Test
    void specialValuesStandOnTheWireAsPulumiWritesThem() {
        var secret = StructCodec.toValue(new PropertyValue.Secret(PropertyValue.of("clear")));

        assertThat(secret.getStructValue().getFieldsMap())
                .containsEntry("4dabf18193072939515e22adb298388d", text("1b47061264138c4ac30d75fd1eb44270"))
                .containsEntry("value", text("clear"));
        assertThat(StructCodec.toValue(PropertyValue.Unknown.VALUE))
                .isEqualTo(text("04da6b54-80e4-46f7-96ec-b56ff0331ba9"));
    }

    @Test
    void anUnknownIdOfAReferenceIsAnEmptyTextOnTheWire() {
        var reference = new PropertyValue.Reference(URN, Optional.of(PropertyValue.Unknown.VALUE), "");

        assertThat(StructCodec.toValue(reference).getStructValue().getFieldsMap())
                .containsEntry("id", text(""))
                .doesNotContainKey("packageVersion");
    }

    @Test
    void readsOutputValuesOfOtherLanguages() {
        var signature = text("d0e6a833031e9bbcd3f4e8bde6ca49a4");
        var secret = Struct.newBuilder()
                .putFields(StructCodec.SIGNATURE, signature)
                .putFields("value", text("clear"))
                .putFields("secret", Value.newBuilder().setBoolValue(true).build())
                .build();
        var unknown =
                Struct.newBuilder().putFields(StructCodec.SIGNATURE, signature).build();

        assertThat(StructCodec.fromValue(
                        Value.newBuilder().setStructValue(secret).build()))
                .isEqualTo(new PropertyValue.Secret(PropertyValue.of("clear")));
        assertThat(StructCodec.fromValue(
                        Value.newBuilder().setStructValue(unknown).build()))
                .isEqualTo(PropertyValue.Unknown.VALUE);
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }
}
