package dev.slipway.cloud.balancer;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The target's side of an exchange: finds a target, connects, sends the request, reads the answer; tries again where that is safe. */
final class Forwarding {
    private static final Duration REUSE = Duration.ofMinutes(1);
    /** What may not be sent twice goes only where the other side has surely not begun to close the connection. */
    private static final Duration REUSE_FOR_UNSAFE = Duration.ofSeconds(1);

    private final Exchange exchange;
    private final TargetGroup group;
    private final HttpRequest head;
    private final EventLoop loop;
    private final Waiter waiter;
    private final Set<Member> refused = new HashSet<>();
    private final Deque<HttpContent> pending = new ArrayDeque<>();
    private @Nullable Waiter again;
    private @Nullable Lease lease;
    private @Nullable Channel backend;
    private boolean reused;
    private boolean bodySent;
    private boolean lastSent;
    private boolean informational;
    private boolean responseDone;
    private boolean reusable;
    private boolean ended;

    Forwarding(Exchange exchange, TargetGroup group, HttpRequest original, HttpRequest head) {
        this.exchange = exchange;
        this.group = group;
        this.head = head;
        this.loop = exchange.clientChannel().eventLoop();
        this.waiter = new Waiter(loop, Set.of(), this::granted);
    }

    void start() {
        ask(waiter);
    }

    /** Whether no target has been found yet. */
    boolean waiting() {
        return lease == null;
    }

    void requestContent(HttpContent content) {
        if (backend == null) {
            pending.add(content);
        } else {
            send(backend, content);
        }
    }

    void responsePart(HttpObject part) {
        if (ended || part.decoderResult().isFailure()) {
            ReferenceCountUtil.release(part);
            fail("the service sent an answer that is not valid HTTP");
            return;
        }
        if (part instanceof HttpResponse response) {
            informational = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
            if (!informational) {
                reusable = HttpUtil.isKeepAlive(response)
                        && (HttpUtil.isContentLengthSet(response)
                                || HttpUtil.isTransferEncodingChunked(response)
                                || response.status().code() == 304
                                || response.status().code() == 204
                                || head.method().name().equals("HEAD"));
                exchange.answer(response);
            }
        }
        if (part instanceof HttpContent content) {
            if (informational) {
                content.release();
            } else {
                responseDone = content instanceof LastHttpContent;
                if (!exchange.answer(content)) {
                    readBackend(false);
                }
            }
        }
    }

    void readBackend(boolean read) {
        if (backend != null) {
            backend.config().setAutoRead(read);
        }
    }

    void backendGone() {
        Channel gone = backend;
        backend = null;
        if (ended || gone == null) {
            return;
        }
        // A connection that had idled and ends without an answer was closed by the other side before the request came.
        if (reused && !exchange.answered() && !bodySent && Heads.isIdempotent(head) && lease != null) {
            if (lastSent) {
                pending.add(LastHttpContent.EMPTY_LAST_CONTENT);
                lastSent = false;
            }
            connect(lease, true);
            return;
        }
        fail("the service ended the connection without an answer");
    }

    /** Gives everything back; safe to call twice. */
    void end() {
        if (ended) {
            return;
        }
        ended = true;
        pending.forEach(ReferenceCountUtil::release);
        pending.clear();
        group.cancel(again == null ? waiter : again);
        if (backend != null) {
            BackendHandler.attach(backend, null);
            if (responseDone && reusable && lastSent && backend.isActive() && lease != null) {
                readBackend(true);
                lease.member().give(backend);
            } else {
                backend.close();
            }
            backend = null;
        }
        if (lease != null) {
            lease.release();
        }
    }

    private void ask(Waiter asking) {
        TargetGroup.Admission admission = group.ask(asking);
        if (admission == TargetGroup.Admission.FULL) {
            exchange.answer(HttpResponseStatus.TOO_MANY_REQUESTS, "all instances of this service are busy");
        } else if (admission == TargetGroup.Admission.NO_TARGET) {
            exchange.answer(
                    HttpResponseStatus.SERVICE_UNAVAILABLE,
                    refused.isEmpty()
                            ? "no instance of this service is running"
                            : "no instance of this service accepts connections");
        }
    }

    private void granted(Lease granted) {
        if (ended) {
            granted.release();
            return;
        }
        lease = granted;
        connect(granted, false);
    }

    private void connect(Lease to, boolean fresh) {
        Channel idle = fresh ? null : to.member().take(loop, Heads.isIdempotent(head) ? REUSE : REUSE_FOR_UNSAFE);
        reused = idle != null;
        if (idle != null) {
            attach(idle);
            return;
        }
        Future<Channel> dialled = to.member().target.dialer().dial(loop, BackendHandler.initializer(to.member()));
        dialled.addListener(done -> {
            if (dialled.isSuccess() && ended) {
                dialled.getNow().close();
            } else if (dialled.isSuccess()) {
                attach(dialled.getNow());
            } else if (!ended) {
                tryAnother(to);
            }
        });
    }

    private void tryAnother(Lease failed) {
        refused.add(failed.member());
        failed.release();
        lease = null;
        again = new Waiter(loop, Set.copyOf(refused), this::granted);
        ask(again);
    }

    private void attach(Channel channel) {
        backend = channel;
        BackendHandler.attach(channel, exchange);
        channel.write(head);
        for (HttpContent content = pending.poll(); content != null; content = pending.poll()) {
            send(channel, content);
        }
        channel.flush();
        exchange.wantBody();
    }

    private void send(Channel channel, HttpContent content) {
        bodySent = bodySent || content.content().isReadable();
        lastSent = content instanceof LastHttpContent;
        channel.writeAndFlush(content);
        if (!channel.isWritable() && !lastSent) {
            exchange.readClient(false);
        }
    }

    private void fail(String text) {
        if (!ended) {
            reusable = false;
            exchange.answer(HttpResponseStatus.BAD_GATEWAY, text);
        }
    }
}
