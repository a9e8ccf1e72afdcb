package dev.slipway.cloud.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;

/** Opens a connection to one place (a container instance), from wherever that place can be reached. */
public interface Dialer {
    /** A new connected channel on {@code loop}, fails when the place does not accept within the dialer's own time limit. */
    Future<Channel> dial(EventLoop loop, ChannelInitializer<Channel> initializer);
}
