package dev.slipway.cloud.balancer;

import dev.slipway.cloud.http.ConnectionRoute;
import dev.slipway.cloud.http.message.Head;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandler;
import io.netty.handler.codec.DateFormatter;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Streams each request to the least busy target of the group that its address or host names. Thread-safe. */
public final class Balancer implements ConnectionRoute {
    /** App Runner's limit for a whole request, from its first byte to the last byte of the answer. */
    public static final Duration REQUEST_LIMIT = Duration.ofSeconds(120);

    private final Limits limits;
    private final InstantSource clock;
    private volatile Stamp stamp = new Stamp(Long.MIN_VALUE, new byte[0]);
    private final Map<InetAddress, TargetGroup> byAddress = new ConcurrentHashMap<>();
    private final Map<String, TargetGroup> byHost = new ConcurrentHashMap<>();

    /** @param requestLimit for a whole request, {@link #REQUEST_LIMIT} as on AWS */
    public Balancer(Duration requestLimit, InstantSource clock) {
        this(Limits.of(requestLimit), clock);
    }

    Balancer(Limits limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** A new group without targets, which answers 503 until it has some. */
    public TargetGroup newGroup(String name) {
        return new TargetGroup(name, clock);
    }

    /** Sends what comes in on this local address to the group. */
    public void route(InetAddress address, TargetGroup group) {
        byAddress.put(address, group);
    }

    /** Sends what names this host (without port, any case) to the group, whichever address it came in on. */
    public void route(String host, TargetGroup group) {
        byHost.put(host.toLowerCase(Locale.ROOT), group);
    }

    /** Takes away all routes to a group. */
    public void unroute(TargetGroup group) {
        byAddress.values().removeIf(each -> each == group);
        byHost.values().removeIf(each -> each == group);
    }

    @Override
    public boolean takes(InetAddress local) {
        return byAddress.containsKey(local);
    }

    @Override
    public boolean takes(String host) {
        return byHost.containsKey(host);
    }

    @Override
    public ChannelInboundHandler newHandler(Channel channel, Origin origin) {
        return new ClientConnection(this, channel, origin);
    }

    Limits limits() {
        return limits;
    }

    @Nullable
    TargetGroup find(InetAddress local, Head request) {
        TargetGroup group = byAddress.get(local);
        return group != null ? group : byHost.get(request.host());
    }

    /** The time in the words of HTTP. */
    byte[] date() {
        long second = clock.millis() / 1000;
        Stamp last = stamp;
        if (last.second != second) {
            last = new Stamp(
                    second, DateFormatter.format(new Date(1000 * second)).getBytes(StandardCharsets.US_ASCII));
            stamp = last;
        }
        return last.text;
    }

    private record Stamp(long second, byte[] text) {}
}
