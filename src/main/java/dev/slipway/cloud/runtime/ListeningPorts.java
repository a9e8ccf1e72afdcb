package dev.slipway.cloud.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** Reads which TCP ports are listened on in the network of a process. */
final class ListeningPorts {
    private static final String LISTEN = "0A";

    private ListeningPorts() {}

    /** Empty when the process is gone. */
    static Set<Integer> of(long pid) {
        Set<Integer> ports = new TreeSet<>();
        for (String table : new String[] {"tcp", "tcp6"}) {
            try {
                for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "net", table))) {
                    String[] fields = line.strip().split("\\s+");
                    if (fields.length > 3 && fields[3].equals(LISTEN)) {
                        ports.add(Integer.parseInt(fields[1].substring(fields[1].indexOf(':') + 1), 16));
                    }
                }
            } catch (IOException e) {
                // The process is gone, or the kernel has no IPv6.
            }
        }
        return ports;
    }
}
