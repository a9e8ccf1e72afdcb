package dev.slipway.cloud.egress;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandler;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;

/**
 * The way of one instance to other machines. The instance's own kernel has accepted a connection before it is known whether it can be made: when it
 * can't, or may not, it is reset. IPv4 and TCP only, and questions about names.
 */
public final class Egress {
    private static final int NAMES_PORT = 53;

    private final String nameServer;
    private final Supplier<List<InetSocketAddress>> nameServers;

    /**
     * @param nameServer the address by which the instance knows its name server
     * @param nameServers this machine's; {@link NameServers#ofMachine()}
     */
    public Egress(String nameServer, Supplier<List<InetSocketAddress>> nameServers) {
        this.nameServer = nameServer;
        this.nameServers = nameServers;
    }

    /** Takes over a new connection, not registered with its event loop or not read from yet, whose local address is the one that was meant. */
    public void relay(Channel channel) {
        Relay.prepare(channel);
        InetSocketAddress meant = (InetSocketAddress) channel.localAddress();
        InetSocketAddress destination =
                isNameServer(meant) ? nameServers.get().stream().findFirst().orElse(meant) : meant;
        boolean allowed = !destination.equals(meant) || mayBeReached(meant.getAddress());
        if (allowed) {
            Relay.dial(channel, destination);
        } else {
            Relay.reset(channel);
        }
    }

    /** Answers the questions that come to one channel. */
    public ChannelInboundHandler names() {
        return new Names(nameServers);
    }

    /**
     * What this machine has for itself alone stays out of reach: its loopback interface, and what is link-local, such as the credentials that a cloud
     * gives to its machines.
     */
    static boolean mayBeReached(InetAddress address) {
        int first = address.getAddress()[0] & 0xff;
        return address instanceof Inet4Address
                && first > 0
                && first < 224
                && !address.isLoopbackAddress()
                && !address.isLinkLocalAddress();
    }

    private boolean isNameServer(InetSocketAddress meant) {
        return meant.getPort() == NAMES_PORT
                && meant.getAddress().getHostAddress().equals(nameServer);
    }
}
