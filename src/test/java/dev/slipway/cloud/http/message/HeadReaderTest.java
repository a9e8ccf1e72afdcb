package dev.slipway.cloud.http.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HeadReaderTest {
    private static final String HOST = "\r\nHost: a\r\n\r\n";

    @Test
    void readsARequestHowEverItIsCut() throws Exception {
        String text =
                "POST /a?b=c HTTP/1.1\r\nHost: A.example:80\r\nX-Two:  one  \r\nContent-Length: 12\r\nConnection: close\r\n\r\n";
        for (int cut = 1; cut < text.length(); cut++) {
            HeadReader reader = new HeadReader(HeadReader.Kind.REQUEST);
            assertThat(reader.read(bytes(text.substring(0, cut)))).isFalse();
            ByteBuf rest = bytes(text.substring(cut) + "body");
            assertThat(reader.read(rest)).isTrue();
            assertThat(rest.toString(StandardCharsets.US_ASCII)).isEqualTo("body");
            Head head = reader.head();
            assertThat(head.methodText() + head.target() + head.host()).isEqualTo("POST/a?b=ca.example");
            assertThat(head.contentLength()).isEqualTo(12);
            assertThat(head.isKeepAlive()).isFalse();
            assertThat(head.fieldNameText(1) + "=" + head.fieldValue(1)).isEqualTo("X-Two=one");
        }
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
                    a bare LF after the request line  | GET / HTTP/1.1\\nHost: a\\r\\n\\r\\n
                    a bare LF after a field           | GET / HTTP/1.1\\r\\nHost: a\\nX: 1\\r\\n\\r\\n
                    a bare LF as the empty line       | GET / HTTP/1.1\\r\\nHost: a\\r\\n\\n
                    a bare CR in a value              | GET / HTTP/1.1\\r\\nHost: a\\r\\nX: 1\\rY: 2\\r\\n\\r\\n
                    a folded line                     | GET / HTTP/1.1\\r\\nHost: a\\r\\nX: 1\\r\\n 2\\r\\n\\r\\n
                    a folded first field              | GET / HTTP/1.1\\r\\n Host: a\\r\\nHost: b\\r\\n\\r\\n
                    a space before the colon          | GET / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length : 3\\r\\n\\r\\n
                    a field without a colon           | GET / HTTP/1.1\\r\\nHost: a\\r\\nX\\r\\n\\r\\n
                    a field without a name            | GET / HTTP/1.1\\r\\nHost: a\\r\\n: x\\r\\n\\r\\n
                    a name with a slash               | GET / HTTP/1.1\\r\\nHost: a\\r\\na/b: x\\r\\n\\r\\n
                    NUL in a value                    | GET / HTTP/1.1\\r\\nHost: a\\r\\nX: a\\0b\\r\\n\\r\\n
                    an escape in a value              | GET / HTTP/1.1\\r\\nHost: a\\r\\nX: a\\eb\\r\\n\\r\\n
                    no host                           | GET / HTTP/1.1\\r\\nX: 1\\r\\n\\r\\n
                    two hosts                         | GET / HTTP/1.1\\r\\nHost: a\\r\\nHost: a\\r\\n\\r\\n
                    a host with a path                | GET / HTTP/1.1\\r\\nHost: a/b\\r\\n\\r\\n
                    a host with a user                | GET / HTTP/1.1\\r\\nHost: a@b\\r\\n\\r\\n
                    a length with a sign              | POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: +3\\r\\n\\r\\n
                    a negative length                 | POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: -3\\r\\n\\r\\n
                    a hexadecimal length              | POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 0x3\\r\\n\\r\\n
                    an empty length                   | POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length:\\r\\n\\r\\n
                    a length beyond numbers           | POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 9999999999999999999\\r\\n\\r\\n
                    a list of lengths                 | POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 3, 3\\r\\n\\r\\n
                    two lengths that differ           | POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 3\\r\\nContent-Length: 4\\r\\n\\r\\n
                    two lengths that agree            | POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 3\\r\\nContent-Length: 3\\r\\n\\r\\n
                    length, then chunked              | POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 3\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n
                    chunked, then length              | POST / HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: chunked\\r\\nContent-Length: 3\\r\\n\\r\\n
                    chunked twice                     | POST / HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: chunked\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n
                    chunked and identity              | POST / HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: chunked\\r\\nTransfer-Encoding: identity\\r\\n\\r\\n
                    chunked that is not last          | POST / HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: chunked, identity\\r\\n\\r\\n
                    another word for chunked          | POST / HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: xchunked\\r\\n\\r\\n
                    chunked in quotes                 | POST / HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: "chunked"\\r\\n\\r\\n
                    chunked with a parameter          | POST / HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: chunked;a=b\\r\\n\\r\\n
                    chunked after a vertical tab      | POST / HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: \\vchunked\\r\\n\\r\\n
                    an empty transfer encoding        | POST / HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding:\\r\\n\\r\\n
                    chunked in HTTP/1.0               | POST / HTTP/1.0\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n
                    two spaces                        | GET  / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n
                    a tab for a space                 | GET\\t/ HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n
                    a space in the target             | GET /a b HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n
                    a target of its own kind          | GET a HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n
                    an asterisk without OPTIONS       | GET * HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n
                    an absolute target without a host | GET http:///a HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n
                    an absolute target with a user    | GET http://a@b/ HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n
                    no version                        | GET /\\r\\nHost: a\\r\\n\\r\\n
                    a version of its own kind         | GET / HTTP/11\\r\\nHost: a\\r\\n\\r\\n
                    a version in lower case           | GET / http/1.1\\r\\nHost: a\\r\\n\\r\\n
                    a method with a colon             | G:T / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n
                    TLS                               | \\u0016\\u0003\\u0001\\n
                    nothing but empty lines           | \\r\\n\\r\\n\\r\\n\\r\\n\\r\\n\\r\\n\\r\\n\\r\\n\\r\\n
                    """)
    void refusesARequestWith(String what, String request) {
        assertThat(refused(HeadReader.Kind.REQUEST, plain(request)).status())
                .as(what)
                .isEqualTo(400);
    }

    @Test
    void saysWhatElseIsWrong() {
        assertThat(refused(HeadReader.Kind.REQUEST, "GET / HTTP/2.0" + HOST).status())
                .isEqualTo(505);
        assertThat(refused(HeadReader.Kind.REQUEST, "GET / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked" + HOST)
                        .status())
                .isEqualTo(501);
        assertThat(refused(HeadReader.Kind.REQUEST, "GET /" + "a".repeat(20_000))
                        .status())
                .isEqualTo(414);
        assertThat(refused(HeadReader.Kind.REQUEST, "GET / HTTP/1.1\r\nX: " + "a".repeat(66_000))
                        .status())
                .isEqualTo(431);
        assertThat(refused(HeadReader.Kind.REQUEST, "GET / HTTP/1.1\r\n" + "X: a\r\n".repeat(101))
                        .status())
                .isEqualTo(431);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\nGET / HTTP/1.1" + HOST,
                "GET / HTTP/1.1\r\nX:" + HOST,
                "GET / HTTP/1.1\r\nX: \u00e4\tb" + HOST,
                "GET /\u00e4|{} HTTP/1.1" + HOST,
                "OPTIONS * HTTP/1.1" + HOST,
                "GET http://b:80?x HTTP/1.1" + HOST,
                "M-SEARCH / HTTP/1.1" + HOST,
                "GET / HTTP/1.9" + HOST,
                "GET / HTTP/1.1\r\nHost:\r\n\r\n",
                "GET / HTTP/1.0\r\n\r\n",
                "POST / HTTP/1.1\r\ntransfer-encoding:CHUNKED\t" + HOST
            })
    void takesWhatIsUnusual(String request) throws Exception {
        assertThat(new HeadReader(HeadReader.Kind.REQUEST).read(bytes(request))).isTrue();
    }

    @Test
    void readsAnswersOfSmallServers() throws Exception {
        for (String answer :
                new String[] {"HTTP/1.0 200\n\n", "HTTP/1.1 404 \r\nA: b\n\r\n", "HTTP/1.1 200 \u00e4\r\n\r\n"}) {
            assertThat(new HeadReader(HeadReader.Kind.ANSWER).read(bytes(answer)))
                    .isTrue();
        }
        HeadReader reader = new HeadReader(HeadReader.Kind.ANSWER);
        reader.read(bytes("HTTP/1.1 200 OK\nA: b\nContent-Length: 3\n\n"));
        HeadWriter out = new HeadWriter();
        reader.head().copyFields(0, out);
        assertThat(text(out)).isEqualTo("A: b\r\nContent-Length: 3\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 099 X\r\n\r\n",
                "HTTP/1.1 20 OK\r\n\r\n",
                "HTTP/1.1 2000 OK\r\n\r\n",
                "HTTP/2 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
                "what?\r\n\r\n"
            })
    void refusesAnAnswerThatTwoCouldReadDifferently(String answer) {
        assertThatThrownBy(() -> new HeadReader(HeadReader.Kind.ANSWER).read(bytes(answer)))
                .isInstanceOf(Malformed.class);
    }

    @Test
    void leavesOutWhatBelongsToTheConnection() throws Exception {
        HeadReader reader = new HeadReader(HeadReader.Kind.REQUEST);
        reader.read(
                bytes(
                        "GET / HTTP/1.1\r\nHost: a\r\nConnection: X-One, close ,x-two,Host, content-length\r\nx-one: 1\r\nX-TWO: 2\r\n"
                                + "X-Three: 3\r\nKeep-Alive: 5\r\nTE: trailers\r\nUpgrade: h2c\r\nProxy-Connection: close\r\nContent-Length: 0\r\n\r\n"));
        HeadWriter out = new HeadWriter();
        reader.head().copyFields(FieldName.HOP_BY_HOP, out);
        assertThat(text(out)).isEqualTo("Host: a\r\nX-Three: 3\r\nContent-Length: 0\r\n");
    }

    @Test
    void findsAnInvalidByteOfAValueWhereverItStands() throws Exception {
        for (int value = 0; value < 256; value++) {
            boolean valid = value == '\t' || value >= ' ' && value != 127;
            for (int place = 0; place < 18; place++) {
                byte[] text = ("GET / HTTP/1.1\r\nHost: a\r\nX: <" + "x".repeat(18) + ">\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1);
                text[29 + place] = (byte) value;
                HeadReader reader = new HeadReader(HeadReader.Kind.REQUEST);
                if (valid) {
                    assertThat(reader.read(Unpooled.wrappedBuffer(text))).isTrue();
                    assertThat(reader.head().fieldValue(1)).hasSize(20).contains("" + (char) value);
                } else {
                    assertThatThrownBy(() -> reader.read(Unpooled.wrappedBuffer(text)))
                            .as("%d at %d", value, place)
                            .isInstanceOf(Malformed.class);
                }
            }
        }
    }

    private static Malformed refused(HeadReader.Kind kind, String text) {
        return catchThrowableOfType(Malformed.class, () -> new HeadReader(kind).read(bytes(text)));
    }

    private static String plain(String text) {
        return text.replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\\0", "\0")
                .replace("\\e", "\u001b")
                .replace("\\v", "\u000b");
    }

    static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }

    static String text(HeadWriter written) {
        ByteBuf out = Unpooled.buffer();
        written.copyTo(out);
        return out.toString(StandardCharsets.ISO_8859_1);
    }
}
