package dev.slipway.cloud.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListeningPortsTest {
    private static final long SELF = ProcessHandle.current().pid();

    @Test
    void aPortOfAllAddressesIsReachedByOthers() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            assertThat(ListeningPorts.of(SELF)).contains(socket.getLocalPort());
            assertThat(ListeningPorts.ofLoopback(SELF)).doesNotContain(socket.getLocalPort());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.9.10"})
    void aPortOfALoopbackAddressIsNot(String address) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            assertThat(ListeningPorts.of(SELF)).doesNotContain(socket.getLocalPort());
            assertThat(ListeningPorts.ofLoopback(SELF)).contains(socket.getLocalPort());
        }
    }
}
