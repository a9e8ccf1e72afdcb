package dev.slipway.cloud.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConnectionLimitTest {
    private final AtomicInteger asked = new AtomicInteger();
    private final ConnectionLimit limit = new ConnectionLimit(2, asked::incrementAndGet);
    private final EmbeddedChannel one = listener();
    private final EmbeddedChannel other = listener();

    private EmbeddedChannel listener() {
        EmbeddedChannel listener = new EmbeddedChannel(limit);
        listener.freezeTime();
        return listener;
    }

    private static EmbeddedChannel connect(EmbeddedChannel listener) {
        EmbeddedChannel connection = new EmbeddedChannel();
        listener.writeInbound(connection);
        return connection;
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    @Test
    void acceptsNoMoreAtTheBoundUntilAConnectionEnds() {
        EmbeddedChannel first = connect(one);
        assertThat(one.config().isAutoRead()).isTrue();
        connect(one);
        assertThat(one.config().isAutoRead()).isFalse();
        first.close();
        assertThat(one.config().isAutoRead()).isTrue();
        connect(one);
        assertThat(one.config().isAutoRead()).isFalse();
    }

    @Test
    void countsTheConnectionsOfAllListenersTogether() {
        EmbeddedChannel first = connect(one);
        connect(other);
        assertThat(other.config().isAutoRead()).isFalse();
        EmbeddedChannel third = connect(one);
        assertThat(one.config().isAutoRead()).isFalse();
        first.close();
        assertThat(other.config().isAutoRead()).isFalse();
        third.close();
        assertThat(one.config().isAutoRead()).isTrue();
        assertThat(other.config().isAutoRead()).isTrue();
    }

    @Test
    void asksForRoomEverySecondAndNoOftener() {
        EmbeddedChannel first = connect(one);
        connect(one);
        assertThat(asked).hasValue(1);
        first.close();
        EmbeddedChannel third = connect(one);
        assertThat(asked).as("although the bound is reached anew").hasValue(1);
        one.advanceTimeBy(1, TimeUnit.SECONDS);
        one.runPendingTasks();
        assertThat(asked).hasValue(2);
        third.close();
        one.advanceTimeBy(1, TimeUnit.SECONDS);
        one.runPendingTasks();
        assertThat(asked).as("nobody waits").hasValue(2);
        connect(one);
        assertThat(asked).hasValue(3);
    }

    @ParameterizedTest
    @CsvSource({"1024, 256", "256, 64", "4096, 1280", "65536, 10000", "2147483647, 10000"})
    void leavesFilesForWhatElseIsOpen(int files, int connections) {
        assertThat(ConnectionLimit.ofOpenFiles(files)).isEqualTo(connections);
    }

    @Test
    void knowsHowManyFilesThisProcessMayOpen() {
        assertThat(ConnectionLimit.openFiles()).isGreaterThanOrEqualTo(64);
    }
}
