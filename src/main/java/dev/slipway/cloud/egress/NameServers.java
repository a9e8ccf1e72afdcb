package dev.slipway.cloud.egress;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads which name servers a machine asks. */
public final class NameServers {
    private static final int MOST = 3;
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%.+)?");

    private NameServers() {}

    /** Those in {@code /etc/resolv.conf} as it is now, three at most; none when there is no such file. */
    public static List<InetSocketAddress> ofMachine() {
        return in(Path.of("/etc/resolv.conf"));
    }

    static List<InetSocketAddress> in(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .map(line -> line.strip().split("\\s+"))
                    .filter(words -> words.length > 1 && words[0].equals("nameserver"))
                    .flatMap(words -> server(words[1]))
                    .limit(MOST)
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Never asks for a name: that would be asking whom to ask. */
    private static Stream<InetSocketAddress> server(String address) {
        if (!ADDRESS.matcher(address).matches()) {
            return Stream.empty();
        }
        try {
            return Stream.of(new InetSocketAddress(InetAddress.getByName(address), 53));
        } catch (UnknownHostException e) {
            return Stream.empty();
        }
    }
}
