package dev.slipway.cloud.balancer;

import dev.slipway.cloud.http.StreamRoute;
import io.netty.channel.ChannelInboundHandler;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Streams each request to the least busy target of the group that its address or host names. Thread-safe. */
public final class Balancer implements StreamRoute {
    /** App Runner's limit for a whole request, from its first byte to the last byte of the answer. */
    public static final Duration REQUEST_LIMIT = Duration.ofSeconds(120);

    private final Duration requestLimit;
    private final InstantSource clock;
    private final Map<InetAddress, TargetGroup> byAddress = new ConcurrentHashMap<>();
    private final Map<String, TargetGroup> byHost = new ConcurrentHashMap<>();

    /** @param requestLimit for a whole request, {@link #REQUEST_LIMIT} as on AWS */
    public Balancer(Duration requestLimit, InstantSource clock) {
        this.requestLimit = requestLimit;
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

    /** Whether some group is reached by this host name (lower case, without port). */
    public boolean knows(String host) {
        return byHost.containsKey(host);
    }

    @Override
    public boolean accepts(HttpRequest request, InetSocketAddress local) {
        return find(request, local).isPresent();
    }

    @Override
    public ChannelInboundHandler newHandler() {
        return new ClientHandler(this);
    }

    Duration requestLimit() {
        return requestLimit;
    }

    Optional<TargetGroup> find(HttpRequest request, InetSocketAddress local) {
        TargetGroup group = byAddress.get(local.getAddress());
        return group != null ? Optional.of(group) : host(request).map(byHost::get);
    }

    private static Optional<String> host(HttpRequest request) {
        return Optional.ofNullable(request.headers().get(HttpHeaderNames.HOST))
                .map(host -> host.replaceFirst(":[0-9]*$", "").toLowerCase(Locale.ROOT));
    }
}
