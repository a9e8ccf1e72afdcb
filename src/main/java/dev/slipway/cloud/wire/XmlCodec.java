package dev.slipway.cloud.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;

/** The AWS query protocol, the answer side: the SDK's objects to XML. */
final class XmlCodec {
    private final StringBuilder xml = new StringBuilder();

    private XmlCodec() {}

    /** @param hasResult whether the operation has an answer at all; an empty one is an empty element */
    static byte[] answer(String namespace, String operation, SdkPojo result, boolean hasResult, String requestId) {
        XmlCodec codec = new XmlCodec();
        codec.open(operation + "Response xmlns=\"" + namespace + "\"");
        if (hasResult || !result.sdkFields().isEmpty()) {
            codec.open(operation + "Result");
            codec.members(result);
            codec.close(operation + "Result");
        }
        codec.open("ResponseMetadata");
        codec.element("RequestId", requestId);
        codec.close("ResponseMetadata");
        codec.close(operation + "Response");
        return codec.bytes();
    }

    static byte[] error(String namespace, AwsException error, String requestId) {
        XmlCodec codec = new XmlCodec();
        codec.open("ErrorResponse xmlns=\"" + namespace + "\"");
        codec.open("Error");
        codec.element("Type", error.status() < 500 ? "Sender" : "Receiver");
        codec.element("Code", error.code());
        if (error.getMessage() != null) {
            codec.element("Message", error.getMessage());
        }
        codec.errorMembers(error.members());
        codec.close("Error");
        codec.element("RequestId", requestId);
        codec.close("ErrorResponse");
        return codec.bytes();
    }

    private void errorMembers(Map<String, ?> members) {
        members.forEach((name, value) -> {
            if (value instanceof Map<?, ?> nested) {
                open(name);
                nested.forEach((key, inner) -> element(key.toString(), String.valueOf(inner)));
                close(name);
            } else {
                element(name, String.valueOf(value));
            }
        });
    }

    private byte[] bytes() {
        return xml.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void members(SdkPojo pojo) {
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = field.getValueOrDefault(pojo);
            if (value != null && !JsonCodec.isUnset(value)) {
                member(field.locationName(), value, field);
            }
        }
    }

    private void member(String name, Object value, SdkField<?> field) {
        if (value instanceof List<?> list) {
            list(name, list, field.getTrait(ListTrait.class));
        } else if (value instanceof Map<?, ?> map) {
            map(name, map, field.getTrait(MapTrait.class));
        } else if (value instanceof SdkPojo pojo) {
            open(name);
            members(pojo);
            close(name);
        } else {
            element(name, text(value, field));
        }
    }

    private void list(String name, List<?> list, ListTrait trait) {
        String memberName = trait.memberLocationName() == null ? "member" : trait.memberLocationName();
        if (!trait.isFlattened()) {
            open(name);
        }
        for (Object element : list) {
            member(trait.isFlattened() ? name : memberName, element, trait.memberFieldInfo());
        }
        if (!trait.isFlattened()) {
            close(name);
        }
    }

    private void map(String name, Map<?, ?> map, MapTrait trait) {
        String entryName = trait.isFlattened() ? name : "entry";
        if (!trait.isFlattened()) {
            open(name);
        }
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            open(entryName);
            element(trait.keyLocationName(), entry.getKey().toString());
            member(trait.valueLocationName(), entry.getValue(), trait.valueFieldInfo());
            close(entryName);
        }
        if (!trait.isFlattened()) {
            close(name);
        }
    }

    private static String text(Object value, SdkField<?> field) {
        if (value instanceof Instant time) {
            return Timestamps.text(time, Timestamps.format(field, Format.ISO_8601));
        }
        if (value instanceof SdkBytes bytes) {
            return Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
        }
        return value.toString();
    }

    private void open(String nameAndAttributes) {
        xml.append('<').append(nameAndAttributes).append('>');
    }

    private void close(String name) {
        xml.append("</").append(name).append('>');
    }

    private void element(String name, String text) {
        open(name);
        escape(text);
        close(name);
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                case '&' -> xml.append("&amp;");
                case '"' -> xml.append("&quot;");
                // A parser would turn a bare carriage return into a line feed.
                case '\r' -> xml.append("&#xD;");
                default -> xml.append(isXml(c) ? c : '\uFFFD');
            }
        }
    }

    /** Control characters cannot be said in XML 1.0 at all. */
    private static boolean isXml(char c) {
        return (c >= 0x20 && c != 0xFFFE && c != 0xFFFF) || c == '\t' || c == '\n';
    }
}
