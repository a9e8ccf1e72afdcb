package dev.slipway.cloud.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** Reads which TCP ports are listened on in the network of a process. */
final class ListeningPorts {
    private static final String LISTEN = "0A";
    private static final String LOOPBACK_6 = "00000000000000000000000001000000";
    private static final String MAPPED = "0000000000000000FFFF0000";

    private ListeningPorts() {}

    /** Those that are reached from outside; empty when the process is gone. */
    static Set<Integer> of(long pid) {
        return read(pid, false);
    }

    /** Those that are listened on at a loopback address and at no other; empty when the process is gone. */
    static Set<Integer> ofLoopback(long pid) {
        Set<Integer> ports = read(pid, true);
        ports.removeAll(of(pid));
        return ports;
    }

    private static Set<Integer> read(long pid, boolean loopback) {
        Set<Integer> ports = new TreeSet<>();
        for (String table : new String[] {"tcp", "tcp6"}) {
            try {
                for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "net", table))) {
                    String[] fields = line.strip().split("\\s+");
                    if (fields.length > 3 && fields[3].equals(LISTEN)) {
                        int colon = fields[1].indexOf(':');
                        if (loopback == isLoopback(fields[1].substring(0, colon))) {
                            ports.add(Integer.parseInt(fields[1].substring(colon + 1), 16));
                        }
                    }
                }
            } catch (IOException e) {
                // The process is gone, or the kernel has no IPv6.
            }
        }
        return ports;
    }

    /** An address as the kernel prints it: words of four bytes, each as a little-endian number. */
    private static boolean isLoopback(String address) {
        boolean mapped = address.startsWith(MAPPED);
        return address.equals(LOOPBACK_6) || ((mapped || address.length() == 8) && address.endsWith("7F"));
    }
}
