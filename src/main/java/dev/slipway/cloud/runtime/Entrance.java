package dev.slipway.cloud.runtime;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.net.URI;

/** Where this process takes what one instance sends to others than itself. It ends with the instance. */
public interface Entrance {
    /** Whoever runs an instance, as Amazon ECS is reached by a task. */
    URI MACHINE = URI.create("http://169.254.170.2");

    /** The name server in every instance's {@code resolv.conf}, as a VPC's is. */
    String NAME_SERVER = "169.254.169.253";

    /**
     * Begins to take connections and questions; to be called once.
     *
     * @param loops of Netty's epoll transport
     * @param connections prepares a connection; its local address is the one that the application meant
     * @param questions gets a {@code DatagramPacket} for each question to the name server, and answers on the same channel
     */
    void open(EventLoopGroup loops, ChannelInitializer<Channel> connections, ChannelInboundHandler questions);

    /** Whether a connection is meant for whoever runs the instance. */
    static boolean isMachine(InetSocketAddress meant) {
        byte[] ip = meant.getAddress().getAddress();
        return (ip[0] == 127 && ip[1] == 0)
                || (meant.getAddress().getHostAddress().equals(MACHINE.getHost()) && meant.getPort() == 80);
    }
}
