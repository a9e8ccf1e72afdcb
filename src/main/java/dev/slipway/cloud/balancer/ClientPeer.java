package dev.slipway.cloud.balancer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.slipway.cloud.http.ConnectionRoute;
import dev.slipway.cloud.http.message.Head;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Who is at the other end of a connection, what it meant to reach, and whether it may ask that. */
final class ClientPeer {
    private static final byte[] HTTP = "http".getBytes(US_ASCII);
    private static final byte[] HTTPS = "https".getBytes(US_ASCII);

    private final Channel channel;
    private final ConnectionRoute.Origin origin;
    private final InetAddress meant;
    private final byte[] local;
    private final byte[] address;
    private byte[] allowedHost = {'/'};

    ClientPeer(Channel channel, ConnectionRoute.Origin origin) {
        this.channel = channel;
        this.origin = origin;
        InetSocketAddress here = (InetSocketAddress) channel.localAddress();
        this.meant = here.getAddress();
        this.local = (meant.getHostAddress() + ":" + here.getPort()).getBytes(US_ASCII);
        this.address = ((InetSocketAddress) channel.remoteAddress())
                .getAddress()
                .getHostAddress()
                .getBytes(US_ASCII);
    }

    ConnectionRoute.Origin origin() {
        return origin;
    }

    /** The local address that it connected to. */
    InetAddress meant() {
        return meant;
    }

    /** The same with the port, as text. */
    byte[] local() {
        return local;
    }

    /** Whether it came over loopback. */
    boolean isOnThisMachine() {
        return meant.isLoopbackAddress();
    }

    /** Its own address, as text without port. */
    byte[] address() {
        return address;
    }

    byte[] scheme() {
        return isSecure() ? HTTPS : HTTP;
    }

    boolean isSecure() {
        return origin.speaksTls() && channel.pipeline().get(SslHandler.class) != null;
    }

    /** What it is answered when no target may see its request; null when one may. */
    @Nullable
    OwnAnswer refusal(Head head) {
        if (!head.hostIs(allowedHost)) {
            if (!origin.allows(head.host())) {
                return OwnAnswer.MISDIRECTED;
            }
            allowedHost = head.rawHost();
        }
        return origin.speaksTls() && !isSecure() ? OwnAnswer.MOVED : OwnAnswer.ofRequest(head);
    }
}
