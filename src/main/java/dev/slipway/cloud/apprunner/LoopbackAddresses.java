package dev.slipway.cloud.apprunner;

import dev.slipway.oci.Digest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Chooses for each service an address of its own among those of the loopback interface. */
final class LoopbackAddresses {
    private LoopbackAddresses() {}

    /** An address that follows from the service's id, or the next one that is free. */
    static String choose(String id, Set<String> taken) {
        int seed = Integer.parseUnsignedInt(
                Digest.of(id.getBytes(StandardCharsets.US_ASCII)).hex().substring(0, 8), 16);
        for (int step = 0; ; step++) {
            String address = address(seed + step);
            if (!taken.contains(address)) {
                return address;
            }
        }
    }

    static InetAddress parse(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("`" + address + "` is no IPv4 address", e);
        }
    }

    /** Leaves out 127.0.x.y, where systems put names of their own, and the ends of each range of 256. */
    private static String address(int number) {
        int second = 1 + Math.floorMod(number >>> 16, 254);
        int third = Math.floorMod(number >>> 8, 256);
        int fourth = 1 + Math.floorMod(number, 254);
        return "127." + second + "." + third + "." + fourth;
    }
}
