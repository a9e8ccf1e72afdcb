package dev.slipway.cloud.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LineReaderTest {
    private static List<String> read(String text) throws IOException {
        List<String> lines = new ArrayList<>();
        LineReader.read(new ByteArrayInputStream(text.getBytes(UTF_8)), lines::add);
        return lines;
    }

    @Test
    void cutsLinesAndKeepsEmptyOnes() throws IOException {
        assertThat(read("a\n\nb\r\nlast")).containsExactly("a", "", "b", "last");
    }

    @Test
    void cutsAnEndlessLine() throws IOException {
        assertThat(read("x".repeat(150_000))).hasSize(3).allSatisfy(line -> assertThat(line)
                .hasSizeLessThanOrEqualTo(65536));
    }

    @Test
    void cutsBetweenCharacters() throws IOException {
        String text = "x" + "\u00e4\u20ac".repeat(30_000);
        assertThat(read(text)).hasSizeGreaterThan(1);
        assertThat(String.join("", read(text))).isEqualTo(text);
    }

    @Test
    void takesAnyBytes() throws IOException {
        byte[] noise = new byte[200_000];
        Arrays.fill(noise, (byte) 0x80);
        List<String> lines = new ArrayList<>();
        LineReader.read(new ByteArrayInputStream(noise), lines::add);
        assertThat(lines).hasSize(4);
    }

    @Test
    void takesNoMoreThanItsPace() throws IOException {
        long[] clock = {0};
        Pace pace = new Pace(() -> clock[0], nanos -> clock[0] += nanos);
        byte[] flood = "0123456789\n".repeat(500_000).getBytes(UTF_8);
        LineReader.read(new ByteArrayInputStream(flood), line -> {}, pace);
        long seconds = 500_000L * (10 + Pace.LINE) / Pace.MOST_A_SECOND;
        assertThat(clock[0] / 1_000_000_000L).isEqualTo(seconds);
    }
}
