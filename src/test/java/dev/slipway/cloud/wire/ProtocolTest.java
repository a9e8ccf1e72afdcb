package dev.slipway.cloud.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import software.amazon.awssdk.core.SdkBytes;

/** AWS's own cases for the three protocols that are spoken here, seen from the server: requests are read, answers and errors written. */
final class ProtocolTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Why cases do not hold here, and which. A case that holds must not be here. */
    private static final Map<String, List<String>> EXCLUDED = Map.of(
            "it says what a client does with its input or with a sloppy server: fills in defaults and tokens, compresses, bears"
                    + " nulls, unknown members and other spellings of an error's type",
            List.of(
                    "request QueryProtocolIdempotencyTokenAutoFill",
                    "request SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsQuery",
                    "request SDKAppliedContentEncoding_awsQuery",
                    "request SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsJson1_0",
                    "request SDKAppliedContentEncoding_awsJson1_0",
                    "request SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsJson1_1",
                    "request SDKAppliedContentEncoding_awsJson1_1",
                    "request AwsJson10ClientPopulatesDefaultValuesInInput",
                    "request AwsJson10ClientPopulatesNestedDefaultValuesWhenMissing",
                    "request AwsJson10ClientUsesExplicitlyProvidedMemberValuesOverDefaults",
                    "answer AwsJson10ClientErrorCorrectsWhenServerFailsToSerializeRequiredValues",
                    "answer AwsJson10ClientErrorCorrectsWithDefaultValuesWhenServerFailsToSerializeRequiredValues",
                    "answer AwsJson10ClientIgnoresDefaultValuesIfMemberValuesArePresentInResponse",
                    "answer AwsJson10ClientPopulatesDefaultsValuesWhenMissingInResponse",
                    "answer AwsJson10ClientPopulatesNestedDefaultsWhenMissingInResponseBody",
                    "answer AwsJson10DeserializeAllowNulls",
                    "answer AwsJson10DeserializeIgnoreType",
                    "answer AwsJson10HandlesUnexpectedJsonOutput",
                    "answer AwsJson11DeserializeIgnoreType",
                    "answer AwsJson11StructuresDontDeserializeNullValues",
                    "answer handles_unexpected_json_output",
                    "error AwsJson10FooErrorUsingCode",
                    "error AwsJson10FooErrorUsingCodeAndNamespace",
                    "error AwsJson10FooErrorUsingCodeUriAndNamespace",
                    "error AwsJson10FooErrorUsingXAmznErrorType",
                    "error AwsJson10FooErrorUsingXAmznErrorTypeWithUri",
                    "error AwsJson10FooErrorUsingXAmznErrorTypeWithUriAndNamespace",
                    "error AwsJson10FooErrorWithNestedTypeProperty",
                    "error AwsJson11FooErrorUsingCode",
                    "error AwsJson11FooErrorUsingCodeAndNamespace",
                    "error AwsJson11FooErrorUsingCodeUriAndNamespace",
                    "error AwsJson11FooErrorUsingXAmznErrorType",
                    "error AwsJson11FooErrorUsingXAmznErrorTypeWithUri",
                    "error AwsJson11FooErrorUsingXAmznErrorTypeWithUriAndNamespace",
                    "error AwsJson11FooErrorWithNestedTypeProperty"),
            "the answer of an operation without output may be empty; AWS's own services write the envelope",
            List.of(
                    "answer QueryEmptyInputAndEmptyOutput",
                    "answer QueryNoInputAndNoOutput",
                    "answer QueryNoInputAndOutput"),
            "an empty map is not said in a query request",
            List.of("request QueryEmptyQueryMaps"),
            "times are answered in UTC, which says the same",
            List.of(
                    "answer AwsQueryDateTimeWithNegativeOffset",
                    "answer AwsQueryDateTimeWithPositiveOffset",
                    "answer AwsJson11DateTimeWithNegativeOffset",
                    "answer AwsJson11DateTimeWithPositiveOffset"),
            "no member of the services here has a default in its model",
            List.of(
                    "request AwsJson10ServerPopulatesDefaultsWhenMissingInRequestBody",
                    "request AwsJson10ServerPopulatesNestedDefaultsWhenMissingInRequestBody",
                    "answer AwsJson10ServerPopulatesDefaultsInResponseWhenMissingInParams",
                    "answer AwsJson10ServerPopulatesNestedDefaultValuesWhenMissingInInResponseParams"),
            "no list or map of the services here may hold nulls",
            List.of(
                    "request AwsJson11SparseListsSerializeNull",
                    "request AwsJson11SparseMapsSerializeNullValues",
                    "answer AwsJson11SparseListsDeserializeNull",
                    "answer AwsJson11SparseMapsDeserializeNullValues"),
            "no member of the services here is a document",
            List.of("request PutAndGetInlineDocumentsInput", "answer PutAndGetInlineDocumentsInput"),
            "no service here answers queries and JSON both",
            List.of("error QueryCompatibleAwsJson10CustomCodeError", "error QueryCompatibleAwsJson10NoCustomCodeError"),
            "the message is `message` in the JSON 1.1 services here; clients read both",
            List.of("error AwsJson11InvalidGreetingError"));

    private static boolean isExcluded(String test) {
        return EXCLUDED.values().stream().anyMatch(tests -> tests.contains(test));
    }

    @Test
    void everyExcludedCaseIsThere() throws IOException {
        List<String> all = Stream.of(awsJson10(), awsJson11(), awsQuery())
                .flatMap(tests -> tests)
                .map(DynamicTest::getDisplayName)
                .toList();

        assertThat(all).hasSizeGreaterThanOrEqualTo(276).doesNotHaveDuplicates();
        assertThat(EXCLUDED.values().stream().flatMap(List::stream)).isSubsetOf(all);
    }

    @TestFactory
    Stream<DynamicTest> awsJson10() throws IOException {
        return cases("awsJson1_0", Protocol.JSON_1_0);
    }

    @TestFactory
    Stream<DynamicTest> awsJson11() throws IOException {
        return cases("awsJson1_1", Protocol.JSON_1_1);
    }

    @TestFactory
    Stream<DynamicTest> awsQuery() throws IOException {
        return cases("awsQuery", Protocol.QUERY);
    }

    private static Stream<DynamicTest> cases(String name, Protocol protocol) throws IOException {
        ProtocolCases cases = new ProtocolCases(name);
        List<DynamicTest> tests = new ArrayList<>();
        cases.requests().forEach(one -> tests.add(test("request", one, () -> reads(cases, one, protocol))));
        cases.responses().forEach(one -> tests.add(test("answer", one, () -> writes(cases, one, protocol))));
        cases.errors().forEach(one -> tests.add(test("error", one, () -> refuses(cases, one, protocol))));
        return tests.stream();
    }

    @FunctionalInterface
    private interface Check {
        void run() throws Exception;
    }

    private static DynamicTest test(String kind, ProtocolCases.Case one, Check check) {
        return DynamicTest.dynamicTest(kind + " " + one.id(), () -> {
            if (!isExcluded(kind + " " + one.id())) {
                check.run();
                return;
            }
            Throwable failure = null;
            try {
                check.run();
            } catch (Exception | AssertionError expected) {
                failure = expected;
            }
            assertThat(failure).as("holds after all; take it off the list").isNotNull();
        });
    }

    private static void reads(ProtocolCases cases, ProtocolCases.Case one, Protocol protocol) {
        DynamicPojo read = cases.pojo(one);
        if (protocol == Protocol.QUERY) {
            QueryCodec.read(QueryParameters.parse(one.body()), read);
        } else {
            JsonCodec.read(one.body().getBytes(StandardCharsets.UTF_8), read);
        }
        assertThat(plain(read.values)).isEqualTo(plain(cases.values(one)));
    }

    private static void writes(ProtocolCases cases, ProtocolCases.Case one, Protocol protocol) throws Exception {
        DynamicPojo answer = cases.pojo(one);
        answer.values.putAll(cases.values(one));
        if (protocol == Protocol.QUERY) {
            byte[] written = XmlCodec.answer("https://example.com/", one.owner(), answer, false, "requestid");
            assertThat(xml(new String(written, StandardCharsets.UTF_8))).isEqualTo(xml(one.body()));
        } else {
            JsonNode expected = JSON.readTree(one.body().isEmpty() ? "{}" : one.body());
            assertThat(JSON.readTree(JsonCodec.write(answer))).isEqualTo(expected);
        }
    }

    private static void refuses(ProtocolCases cases, ProtocolCases.Case one, Protocol protocol) throws Exception {
        Map<String, Object> members = plain(cases.values(one));
        String message = (String) members.remove(members.containsKey("Message") ? "Message" : "message");
        String code = one.structure()
                .findTrait("aws.protocols#awsQueryError")
                .map(trait -> trait.toNode()
                        .expectObjectNode()
                        .expectStringMember("code")
                        .getValue())
                .orElse(one.owner());
        AwsException error = new AwsException(code, one.code(), message, members);
        if (protocol == Protocol.QUERY) {
            byte[] written = XmlCodec.error("https://example.com/", error, "foo-id");
            assertThat(xml(new String(written, StandardCharsets.UTF_8))).isEqualTo(xml(one.body()));
        } else {
            JsonNode written = JSON.readTree(JsonErrors.write(protocol, error));
            assertThat(withoutNamespace(written)).isEqualTo(withoutNamespace(JSON.readTree(one.body())));
        }
    }

    /** Clients drop what is before a hash and after a colon. */
    private static Map<String, Object> withoutNamespace(JsonNode error) {
        Map<String, Object> members =
                JSON.convertValue(error, new com.fasterxml.jackson.core.type.TypeReference<>() {});
        members.computeIfPresent(
                "__type",
                (name, type) -> type.toString().replaceFirst(".*#", "").replaceFirst(":.*", ""));
        return members;
    }

    private static Map<String, Object> plain(Map<String, Object> values) {
        Map<String, Object> plain = new LinkedHashMap<>();
        values.forEach((name, value) -> plain.put(name, plainValue(value)));
        return plain;
    }

    private static Object plainValue(Object value) {
        if (value instanceof DynamicPojo pojo) {
            return plain(pojo.values);
        }
        if (value instanceof List<?> list) {
            List<Object> plain = new ArrayList<>();
            list.forEach(one -> plain.add(plainValue(one)));
            return plain;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> plain = new LinkedHashMap<>();
            map.forEach((key, one) -> plain.put(key.toString(), plainValue(one)));
            return plain;
        }
        return value instanceof SdkBytes bytes ? bytes.asUtf8String() : value;
    }

    /** What a document says: names, texts and attributes; not namespaces of answers, blanks between elements or the request id. */
    private static String xml(String text) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(false);
        return said(factory.newDocumentBuilder()
                .parse(new InputSource(new StringReader(text)))
                .getDocumentElement());
    }

    private static String said(Element element) {
        StringBuilder said = new StringBuilder(element.getTagName());
        NodeList children = element.getChildNodes();
        List<String> elements = new ArrayList<>();
        StringBuilder texts = new StringBuilder();
        for (int i = 0; i < children.getLength(); i++) {
            if (children.item(i) instanceof Element child) {
                if (!List.of("ResponseMetadata", "RequestId").contains(child.getTagName())) {
                    elements.add(said(child));
                }
            } else {
                texts.append(children.item(i).getTextContent());
            }
        }
        if (elements.isEmpty()) {
            return said.append('=')
                    .append(texts.toString().isBlank() ? "" : texts)
                    .toString();
        }
        return said.append(elements).toString();
    }
}
