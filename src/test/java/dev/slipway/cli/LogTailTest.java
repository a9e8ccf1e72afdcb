package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.provider.aws.LogReader.Line;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LogTailTest {
    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

    private final List<Line> written = new ArrayList<>();
    private final List<Instant> asked = new ArrayList<>();
    private final LogTail tail = new LogTail(
            List.of(new LogTail.Source("web", from -> {
                asked.add(from);
                return written.stream()
                        .filter(line -> !line.time().isBefore(from))
                        .toList();
            })),
            START);

    private void write(int second, String source, String message) {
        written.add(new Line("id" + written.size(), START.plusSeconds(second), source, message));
    }

    private List<String> more() {
        return tail.more().stream().map(entry -> entry.line().message()).toList();
    }

    @Test
    void givesEachLineOnceInTheOrderOfTime() {
        write(2, "events", "second");
        write(1, "instance/0123456789ab", "first");
        assertThat(more()).containsExactly("first", "second");
        assertThat(more()).isEmpty();
        write(1, "events", "late");
        write(1, "events", "late");
        assertThat(more()).containsExactly("late", "late");
    }

    @Test
    void asksForLittleAgain() {
        write(100, "events", "a");
        tail.more();
        write(101, "events", "b");
        assertThat(more()).containsExactly("b");
        assertThat(asked).containsExactly(START, START.plusSeconds(90));
    }

    @Test
    void namesTheServiceAndTheInstance() {
        write(1, "instance/0123456789ab", "hello\u001b[31m red\u001b]0;title\u0007");
        write(2, "events", "[AppRunner] hello");
        assertThat(tail.more())
                .extracting(LogTail.Entry::text)
                .containsExactly(
                        "2026-01-31T12:00:01.000Z[                  web/01234567] hello\u001b[31m red?]0;title?",
                        "2026-01-31T12:00:02.000Z[                           web] [AppRunner] hello");
    }

    @Test
    void sinceIsADurationATimeOrSeconds() {
        assertThat(Since.parse("2h30m", START)).isEqualTo(Instant.parse("2026-01-31T09:30:00Z"));
        assertThat(Since.parse("90s", START)).isEqualTo(Instant.parse("2026-01-31T11:58:30Z"));
        assertThat(Since.parse("2026-01-31T12:00:00+01:00", START)).isEqualTo(START.minusSeconds(3600));
        assertThat(Since.parse("1700000000", START)).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
        for (String wrong : List.of("", "soon", "1x", "-1h")) {
            assertThatThrownBy(() -> Since.parse(wrong, START))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("--since");
        }
    }
}
