package dev.slipway.cloud.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds the connections of a server, as a handler of its listeners. At the bound they accept no more until a connection ends; who comes
 * waits in the system's queue. Meanwhile connections without a request are asked every second to make room. Thread-safe.
 */
@ChannelHandler.Sharable
final class ConnectionLimit extends ChannelInboundHandlerAdapter {
    private static final System.Logger LOG = System.getLogger(ConnectionLimit.class.getName());
    private static final int LEAST = 64;
    private static final int MOST = 10_000;
    /** For jars, layers, logs and pipes. */
    private static final int OTHER_FILES = 256;
    /** What macOS gives a JVM. */
    private static final int USUAL_FILES = 10_240;

    private final int most;
    private final Runnable askForRoom;
    private final AtomicInteger open = new AtomicInteger();
    private final Set<Channel> paused = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean asking = new AtomicBoolean();
    private final AtomicBoolean told = new AtomicBoolean();

    /** @param askForRoom tells all connections {@link ServerEvent#MAKE_ROOM} */
    ConnectionLimit(int most, Runnable askForRoom) {
        this.most = most;
        this.askForRoom = askForRoom;
    }

    /** A bound at which the process can still open what else it needs: each connection may need one to an instance, and those are kept for a while. */
    static int ofOpenFiles(int files) {
        return Math.max(LEAST, Math.min(MOST, (files - OTHER_FILES) / 3));
    }

    /** How many files this process may have open. */
    static int openFiles() {
        try {
            return Files.readAllLines(Path.of("/proc/self/limits")).stream()
                    .filter(line -> line.startsWith("Max open files"))
                    .map(line -> line.split(" {2,}")[1])
                    .mapToInt(soft -> soft.matches("[0-9]{1,9}") ? Integer.parseInt(soft) : Integer.MAX_VALUE)
                    .findFirst()
                    .orElse(USUAL_FILES);
        } catch (IOException notLinux) {
            return USUAL_FILES;
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
        ((Channel) accepted).closeFuture().addListener(done -> ended());
        if (open.incrementAndGet() >= most) {
            pause(context);
        }
        context.fireChannelRead(accepted);
    }

    private void pause(ChannelHandlerContext context) {
        if (told.compareAndSet(false, true)) {
            LOG.log(
                    Level.WARNING,
                    "{0} client connections are open, which is the most this process takes; new ones wait until others end."
                            + " The bound comes from the limit of open files (ulimit -n)",
                    String.valueOf(most));
        }
        context.channel().config().setAutoRead(false);
        paused.add(context.channel());
        if (asking.compareAndSet(false, true)) {
            ask(context.executor());
        }
        if (open.get() < most) {
            // One ended before this listener was known to wait.
            resume();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // ends with its loop
    private void ask(EventExecutor loop) {
        if (paused.isEmpty()) {
            asking.set(false);
        } else {
            askForRoom.run();
            loop.schedule(() -> ask(loop), 1, TimeUnit.SECONDS);
        }
    }

    private void ended() {
        if (open.decrementAndGet() < most && !paused.isEmpty()) {
            resume();
        }
    }

    private void resume() {
        for (Iterator<Channel> listeners = paused.iterator(); listeners.hasNext(); ) {
            Channel listener = listeners.next();
            listeners.remove();
            listener.config().setAutoRead(true);
        }
    }
}
