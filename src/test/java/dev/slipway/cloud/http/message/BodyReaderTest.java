package dev.slipway.cloud.http.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BodyReaderTest {
    private static final String CHUNKED = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

    private final StringBuilder content = new StringBuilder();

    @Test
    void readsChunksHowEverTheyAreCut() throws Exception {
        String text = "3\r\nabc\r\n00A;x=\"y z\"\r\n0123456789\r\n1 \r\n.\r\n0\r\nT: v\r\n\r\n";
        for (int cut = 0; cut < text.length(); cut++) {
            content.setLength(0);
            BodyReader body = begun(CHUNKED);
            assertThat(read(body, text.substring(0, cut))).isEmpty();
            assertThat(body.isDone()).isFalse();
            assertThat(read(body, text.substring(cut) + "GET")).isEqualTo("GET");
            assertThat(body.isDone()).isTrue();
            assertThat(content).hasToString("abc0123456789.");
            assertThat(body.trailers()).isNotNull().satisfies(trailers -> {
                assertThat(trailers.fields()).isEqualTo(1);
                assertThat(trailers.fieldValue(0)).isEqualTo("v");
            });
        }
    }

    @Test
    void readsALengthAndNothingWithoutOne() throws Exception {
        assertThat(read(begun("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n"), "abcdef"))
                .isEqualTo("def");
        assertThat(content).hasToString("abc");
        assertThat(begun("POST / HTTP/1.1\r\nHost: a\r\n\r\n").isDone()).isTrue();
        assertThat(begun("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")
                        .isDone())
                .isTrue();
    }

    @Test
    void anAnswerWithoutALengthEndsWithItsConnection() throws Exception {
        HeadReader reader = new HeadReader(HeadReader.Kind.ANSWER);
        reader.read(HeadReaderTest.bytes("HTTP/1.1 200 OK\r\n\r\n"));
        BodyReader body = new BodyReader();
        body.beginAnswer(reader.head(), false);
        read(body, "all of it");
        assertThat(content).hasToString("all of it");
        assertThat(body.endsWithConnection()).isTrue();
        body.beginAnswer(reader.head(), true);
        assertThat(body.isDone()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\r\n",
                "\r\nabc",
                ";a\r\n",
                "-1\r\n",
                "+1\r\na",
                "0x1\r\na",
                "1\na",
                "1\ra",
                "1;a\nb",
                "1;\0\r\n",
                "1\r\nab\r\n",
                "1\r\na\n",
                "1\r\na\rb",
                "1_0\r\n",
                "10000000000000000\r\n",
                "0\r\nT : v\r\n\r\n",
                "0\r\nT: v\n\r\n",
                "0\r\n T: v\r\n\r\n",
                "0\r\n\n"
            })
    void refusesChunksThatTwoCouldReadDifferently(String chunks) {
        assertThatThrownBy(() -> read(begun(CHUNKED), chunks)).isInstanceOf(Malformed.class);
    }

    @Test
    void boundsWhatIsNotContent() {
        assertThatThrownBy(() -> read(begun(CHUNKED), "1;" + "a".repeat(5000))).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> read(begun(CHUNKED), "0\r\nT: " + "a".repeat(70_000)))
                .isInstanceOf(Malformed.class);
    }

    private static BodyReader begun(String head) throws Malformed {
        HeadReader reader = new HeadReader(HeadReader.Kind.REQUEST);
        reader.read(HeadReaderTest.bytes(head));
        BodyReader body = new BodyReader();
        body.beginRequest(reader.head());
        return body;
    }

    /** What is left. */
    private String read(BodyReader body, String text) throws Malformed {
        ByteBuf in = HeadReaderTest.bytes(text);
        body.read(in, (bytes, length) -> content.append(bytes.readCharSequence(length, StandardCharsets.ISO_8859_1)));
        return in.toString(StandardCharsets.ISO_8859_1);
    }
}
