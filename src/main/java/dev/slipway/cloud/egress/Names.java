package dev.slipway.cloud.egress;

import dev.slipway.cloud.http.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Passes each question about a name on to this machine's name servers, one after the other until one answers, and says "server failure" when none does.
 * Each question goes from a port of its own, so that a stranger's answer has to guess it. Knows nothing of what is asked.
 */
@SuppressWarnings("FutureReturnValueIgnored") // of closes and of answers, which may get lost as any datagram
final class Names extends SimpleChannelInboundHandler<DatagramPacket> {
    private static final int HEADER = 12;
    private static final int MOST_AT_A_TIME = 256;
    private static final int PATIENCE_SECONDS = 2;
    private static final int RESPONSE = 0x80;
    private static final int SERVER_FAILURE = 2;

    private final Supplier<List<InetSocketAddress>> servers;
    private int underWay;

    /** @param servers asked anew for each question */
    Names(Supplier<List<InetSocketAddress>> servers) {
        this.servers = servers;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
        // More than that wait for nothing: whoever asks does so again.
        if (packet.content().readableBytes() >= HEADER && underWay < MOST_AT_A_TIME) {
            underWay++;
            new Question(
                            context,
                            packet.sender(),
                            packet.content().retain(),
                            servers.get().iterator())
                    .ask();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // Whoever asked is gone, and the kernel says so with the next datagram.
    }

    /** All on the event loop of the channel on which it came. */
    private final class Question {
        private final ChannelHandlerContext asker;
        private final InetSocketAddress sender;
        private final ByteBuf text;
        private final Iterator<InetSocketAddress> next;
        private boolean over;

        Question(
                ChannelHandlerContext asker, InetSocketAddress sender, ByteBuf text, Iterator<InetSocketAddress> next) {
            this.asker = asker;
            this.sender = sender;
            this.text = text;
            this.next = next;
        }

        void ask() {
            if (!next.hasNext()) {
                ByteBuf failure = text.copy();
                failure.setByte(2, failure.getByte(2) | RESPONSE);
                failure.setByte(3, SERVER_FAILURE);
                answer(failure);
                return;
            }
            new Bootstrap()
                    .group(asker.channel().eventLoop())
                    .channel(Transport.datagramChannel(asker.channel().eventLoop()))
                    .handler(new Answer())
                    .connect(next.next())
                    .addListener(connected -> {
                        if (!connected.isSuccess()) {
                            ask();
                        }
                    });
        }

        void answer(ByteBuf answer) {
            if (over) {
                answer.release();
                return;
            }
            over = true;
            underWay--;
            text.release();
            asker.writeAndFlush(new DatagramPacket(answer, sender));
        }

        /** One name server; its refusal comes as an exception. */
        private final class Answer extends SimpleChannelInboundHandler<DatagramPacket> {
            private boolean moved;

            @Override
            public void channelActive(ChannelHandlerContext context) {
                context.writeAndFlush(text.retainedDuplicate());
                context.executor().schedule(() -> moveOn(context), PATIENCE_SECONDS, TimeUnit.SECONDS);
            }

            @Override
            protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
                moved = true;
                answer(packet.content().retain());
                context.close();
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                moveOn(context);
            }

            private void moveOn(ChannelHandlerContext context) {
                context.close();
                if (!moved && !over) {
                    moved = true;
                    ask();
                }
            }
        }
    }
}
