package dev.slipway.cloud.balancer;

import dev.slipway.cloud.http.message.BodySink;
import dev.slipway.cloud.http.message.Head;
import dev.slipway.cloud.http.message.HeadWriter;
import dev.slipway.cloud.http.message.Malformed;
import dev.slipway.cloud.http.message.Method;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way to a target and its answer on the way back. Runs on the client's event loop, and so does the connection to the
 * target. Finds a target, and another one where that is safe.
 */
final class Exchange implements Waiter {
    private static final Duration REUSE = Duration.ofSeconds(30);
    /** What may not be sent twice goes only where the other side has surely not begun to close the connection. */
    private static final Duration REUSE_FOR_UNSAFE = Duration.ofSeconds(1);

    private final ClientConnection client;
    private final TargetGroup group;
    private final Head head;
    private @Nullable List<Member> failed;
    private @Nullable Lease lease;
    private @Nullable BackendConnection backend;
    private boolean queued;
    private boolean reused;
    private boolean repeated;
    private boolean bodySent;
    private boolean continued;
    private boolean answered;
    private boolean surelyRead;
    private boolean close;
    private boolean ended;

    /** @param head valid until the exchange has ended */
    Exchange(ClientConnection client, TargetGroup group, Head head) {
        this.client = client;
        this.group = group;
        this.head = head;
    }

    void start() {
        group.counters().request();
        ask(false);
    }

    Method method() {
        return head.method();
    }

    // ---- finding a target

    private void ask(boolean again) {
        Admission admission = group.ask(this, again);
        if (admission instanceof Lease granted) {
            granted(granted);
        } else if (admission == Admission.Without.QUEUED) {
            queued = true;
        } else if (admission == Admission.Without.FULL) {
            answer(OwnAnswer.BUSY);
        } else {
            noTarget();
        }
    }

    private void noTarget() {
        OwnAnswer tried = repeated ? OwnAnswer.CONNECTION_TERMINATION : OwnAnswer.CONNECTION_FAILURE;
        answer(failed == null ? OwnAnswer.NO_TARGET : tried);
    }

    @Override
    public void turnedAway() {
        queued = false;
        if (!ended) {
            noTarget();
        }
    }

    @Override
    public EventLoop loop() {
        return client.loop();
    }

    @Override
    public boolean avoids(Member member) {
        return failed != null && failed.contains(member);
    }

    @Override
    public void granted(Lease granted) {
        queued = false;
        if (ended) {
            granted.release();
            return;
        }
        lease = granted;
        BackendConnection idle = idle(granted.member());
        if (idle == null) {
            dial(granted);
        } else {
            reused = true;
            attach(idle);
        }
    }

    private @Nullable BackendConnection idle(Member of) {
        if (method().isIdempotent()) {
            return of.take(loop(), REUSE);
        }
        BackendConnection idle = of.take(loop(), REUSE_FOR_UNSAFE);
        while (idle != null && !idle.isOpen()) {
            idle.close();
            idle = of.take(loop(), REUSE_FOR_UNSAFE);
        }
        return idle;
    }

    private void dial(Lease to) {
        reused = false;
        Future<Channel> dialled = to.member().target.dialer().dial(loop(), BackendConnection.initializer(to.member()));
        dialled.addListener(done -> {
            if (!dialled.isSuccess()) {
                if (!ended) {
                    tryAnother(to);
                }
            } else if (ended) {
                dialled.getNow().close();
            } else {
                attach(BackendConnection.of(dialled.getNow()));
            }
        });
    }

    private void tryAnother(Lease of) {
        if (failed == null) {
            failed = new ArrayList<>();
        }
        failed.add(of.member());
        lease = null;
        of.fail();
        ask(true);
    }

    // ---- the request

    private void attach(BackendConnection to) {
        backend = to;
        to.attach(this);
        HeadWriter out = Sender.scratch();
        client.writeHead(head, out);
        to.sender().head(out, head.isChunked());
        client.resume();
        if (backend == to) {
            to.sender().flush();
        }
    }

    /** Whether the next bytes of the body can go to the target. */
    boolean takesBody() {
        return backend != null && backend.isWritable();
    }

    void body(ByteBuf in) throws Malformed {
        if (backend != null) {
            bodySent = true;
            if (client.body().read(in, backend.sender())) {
                backend.sender().end(client.body().trailers());
            }
        }
    }

    void flushBody() {
        if (backend != null) {
            backend.sender().flush();
        }
    }

    void backendWritable() {
        client.resume();
    }

    // ---- the answer

    void interim(Head interim) {
        continued |= interim.status() == 100;
        if (!head.isOld()) {
            HeadWriter out = Sender.scratch();
            AnswerHead.writeInterim(interim, out);
            client.sender().head(out, false);
        }
    }

    void answer(Head answer) {
        answered = true;
        surelyRead = isSurelyRead(answer);
        group.counters().answer(answer.status());
        boolean chunked = AnswerHead.isChunked(answer, head);
        boolean endIsOpen = !chunked && answer.contentLength() < 0 && !AnswerHead.hasNoBody(answer, method());
        // A client that waits to be asked for its body and is not may send it or not: nobody knows where its next
        // request begins.
        boolean nextIsOpen = client.expectsContinue() && !continued && !bodySent;
        close = endIsOpen || nextIsOpen || !client.mayLiveOn();
        HeadWriter out = Sender.scratch();
        AnswerHead.write(answer, head, close, client.date(), out);
        client.sender().head(out, chunked);
    }

    /**
     * Whether the target has read the request to its end. Who answers without that should end the connection (RFC 9112, 9.3); one that does
     * not would read the rest as a request of whoever comes next. Known are: answers that come before all is sent, methods whose body
     * nobody looks for, and refusals, which need none of the body.
     */
    private boolean isSurelyRead(Head answer) {
        if (!head.hasContent()) {
            return true;
        }
        boolean allSent =
                client.body().isDone() && backend != null && backend.sender().isAllOut();
        return allSent && answer.status() < 400 && !RequestHead.hasOddContent(head);
    }

    BodySink answerBody() {
        return client.sender();
    }

    /** Called after each piece. */
    void answerGoesOn() {
        if (!client.isWritable()) {
            client.sender().flushNow();
            if (backend != null && !client.isWritable()) {
                backend.read(false);
            }
        }
    }

    void clientWritable() {
        if (backend != null) {
            backend.read(true);
        }
    }

    void flushAnswer() {
        client.sender().flush();
        answerGoesOn();
    }

    void answerComplete(@Nullable Head trailers, boolean reusable) {
        client.sender().end(trailers);
        // The place is free before the client can know of its answer, or its next request might find none.
        end(reusable && surelyRead);
        client.answered(close);
    }

    boolean isAnswered() {
        return answered;
    }

    // ---- ends

    void backendGone(boolean malformed) {
        BackendConnection gone = backend;
        backend = null;
        if (ended || gone == null || lease == null) {
            return;
        }
        boolean mayRepeat = method().isIdempotent() || !gone.sender().isBegun();
        boolean safe = mayRepeat && !bodySent && !answered && !malformed;
        if (safe && reused) {
            // It had idled, and the other side closed it before the request came.
            dial(lease);
        } else if (safe && !repeated) {
            repeated = true;
            tryAnother(lease);
        } else if (answered) {
            client.abort();
        } else {
            answer(malformed ? OwnAnswer.PROTOCOL_ERROR : OwnAnswer.CONNECTION_TERMINATION);
        }
    }

    void tooLong() {
        if (answered) {
            client.abort();
        } else {
            answer(lease == null ? OwnAnswer.BUSY : OwnAnswer.TIMEOUT);
        }
    }

    private void answer(OwnAnswer own) {
        group.counters().answer(own.status());
        boolean nextIsOpen = client.expectsContinue() && !continued && !bodySent;
        end(false);
        client.answer(own, nextIsOpen);
    }

    /** The client is gone, or nothing can be said to it any more. */
    void cancel() {
        end(false);
    }

    private void end(boolean reusable) {
        if (ended) {
            return;
        }
        ended = true;
        if (queued) {
            group.cancel(this);
        }
        BackendConnection used = backend;
        backend = null;
        if (used != null && reusable) {
            used.release();
        } else if (used != null) {
            used.close();
        }
        if (lease != null) {
            lease.release();
        }
    }
}
