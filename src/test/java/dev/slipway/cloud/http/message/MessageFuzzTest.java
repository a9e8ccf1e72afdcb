package dev.slipway.cloud.http.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.testing.Cases;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Whatever comes, in whatever pieces: the same reading, and never a failure of another kind than {@link Malformed}. */
final class MessageFuzzTest {
    private static final List<String> SEEDS = List.of(
            "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n",
            "POST http://a:80/x?y HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nConnection: close, x\r\n\r\nhello",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nT: v\r\n\r\n",
            "OPTIONS * HTTP/1.0\r\nMax-Forwards: 3\r\nExpect: 100-continue\r\n\r\n",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n2\r\nok\r\n0\r\n\r\n",
            "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n\r\nto the end");
    private static final String SPICE = "\r\n\r\n \t:;,\0\u007f\u00e40aZ/*";

    @Test
    void readsTheSameInWhateverPieces() {
        Cases.of(3_000, 300_000).run((random, number) -> {
            byte[] text = mutated(random);
            for (HeadReader.Kind kind : List.of(HeadReader.Kind.REQUEST, HeadReader.Kind.ANSWER)) {
                String whole = reading(kind, text, new int[0]);
                int[] cuts = random.ints(1 + random.nextInt(6), 0, text.length + 1)
                        .sorted()
                        .toArray();
                assertThat(reading(kind, text, cuts)).isEqualTo(whole);
            }
        });
    }

    private static byte[] mutated(RandomGenerator random) {
        StringBuilder text = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
        for (int i = random.nextInt(5); i > 0; i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, SPICE.charAt(random.nextInt(SPICE.length())));
                case 2 -> text.setCharAt(at, SPICE.charAt(random.nextInt(SPICE.length())));
                default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(30))));
            }
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** All that is understood, as text, up to where nothing more is. */
    private static String reading(HeadReader.Kind kind, byte[] text, int[] cuts) {
        HeadReader reader = new HeadReader(kind);
        BodyReader body = new BodyReader();
        StringBuilder understood = new StringBuilder();
        boolean inBody = false;
        int from = 0;
        try {
            for (int i = 0; i <= cuts.length; i++) {
                int to = i < cuts.length ? cuts[i] : text.length;
                ByteBuf in = Unpooled.wrappedBuffer(text, from, to - from);
                from = to;
                while (in.isReadable()) {
                    if (inBody) {
                        body.read(
                                in,
                                (bytes, length) ->
                                        understood.append(bytes.readCharSequence(length, StandardCharsets.ISO_8859_1)));
                    } else if (reader.read(in)) {
                        describe(reader.head(), understood);
                        if (kind == HeadReader.Kind.REQUEST) {
                            body.beginRequest(reader.head());
                        } else {
                            body.beginAnswer(reader.head(), reader.head().status() < 200);
                        }
                        reader.reset();
                    }
                    inBody = !body.isDone();
                }
            }
        } catch (Malformed bad) {
            understood.append('!').append(bad.status());
        }
        return understood.toString();
    }

    private static void describe(Head head, StringBuilder out) {
        HeadWriter written = new HeadWriter();
        if (head.status() == 0) {
            head.copyMethod(written);
            head.copyTarget(written);
            head.copyHost(written);
            written.add(head.host());
        }
        head.copyFields(FieldName.HOP_BY_HOP, written);
        out.append('<')
                .append(HeadReaderTest.text(written))
                .append(head.isKeepAlive())
                .append('>');
    }
}
