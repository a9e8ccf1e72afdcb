package dev.slipway.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends GET requests at a steady rate over a few connections that stay open, whatever comes back, and has every answer judged. A request
 * whose turn comes while its connection still waits for an answer is sent right after that, so the rate holds in the mean.
 */
public final class SteadyLoad implements AutoCloseable {
    private static final int MOST_COMPLAINTS = 20;
    /** Whoever waited longer was forgotten, whatever came in the end. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final InetSocketAddress to;
    private final byte[] request;
    private final Expectation expectation;
    private final List<Thread> clients = new ArrayList<>();
    private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
    private final Map<String, Times> complaints = new ConcurrentHashMap<>();
    private final AtomicLong failed = new AtomicLong();
    private final long begin = System.nanoTime();
    private volatile boolean ended;

    private record Times(AtomicLong count, long first) {}

    /** Judges the answer to one request. */
    @FunctionalInterface
    public interface Check {
        /** What is wrong with it. */
        Optional<String> complaint(RawHttp.Answer answer);
    }

    /** Asked before each request is sent, because what is right may change while it is under way. */
    @FunctionalInterface
    public interface Expectation {
        Check now();
    }

    private SteadyLoad(InetSocketAddress to, String path, Expectation expectation) {
        this.to = to;
        this.request = ("GET " + path + " HTTP/1.1\r\nHost: " + to.getHostString() + ":" + to.getPort() + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        this.expectation = expectation;
    }

    /** @param perSecond requests, over all connections together */
    public static SteadyLoad start(
            InetSocketAddress to, String path, int perSecond, int connections, Expectation expectation) {
        return new SteadyLoad(to, path, expectation)
                .started(connections, TimeUnit.SECONDS.toNanos(connections) / perSecond);
    }

    /** So many clients, each of which sends its next request as soon as the one before is answered. */
    public static SteadyLoad crowd(InetSocketAddress to, String path, int clients, Expectation expectation) {
        return new SteadyLoad(to, path, expectation).started(clients, 0);
    }

    private SteadyLoad started(int connections, long pause) {
        for (int i = 0; i < connections; i++) {
            long first = begin + pause * i / connections;
            Thread client = new Thread(() -> send(first, pause), "load-" + i);
            client.setDaemon(true);
            clients.add(client);
            client.start();
        }
        return this;
    }

    private void send(long first, long pause) {
        try (RawHttp connection = new RawHttp(to, Duration.ofSeconds(125))) {
            for (long turn = first; !ended; turn += pause) {
                while (System.nanoTime() < turn) {
                    LockSupport.parkNanos(turn - System.nanoTime());
                }
                one(connection);
            }
        } catch (IOException e) {
            complain("closing: " + e);
        }
    }

    private void one(RawHttp connection) {
        Check check = expectation.now();
        long sent = System.nanoTime();
        String outcome;
        try {
            RawHttp.Answer answer = connection.send(request, "GET", true);
            outcome = String.valueOf(answer.status());
            check.complaint(answer).ifPresent(this::complain);
        } catch (IOException e) {
            outcome = e.toString();
            complain(outcome);
        }
        long took = System.nanoTime() - sent;
        nanos.add(took);
        if (took > LONGEST.toNanos()) {
            complain(outcome + " after " + TimeUnit.NANOSECONDS.toSeconds(took) + " s");
        }
    }

    private void complain(String text) {
        failed.incrementAndGet();
        if (complaints.size() < MOST_COMPLAINTS || complaints.containsKey(text)) {
            complaints
                    .computeIfAbsent(text, first -> new Times(new AtomicLong(), sinceBegin()))
                    .count()
                    .incrementAndGet();
        }
    }

    private long sinceBegin() {
        return (System.nanoTime() - begin) / 1_000_000;
    }

    /** What was complained of, how often, and when for the first time. */
    public List<String> complaints() {
        return complaints.entrySet().stream()
                .map(each -> each.getValue().count() + " times, first at "
                        + each.getValue().first() + " ms: " + each.getKey())
                .toList();
    }

    public long failed() {
        return failed.get();
    }

    public long sent() {
        return nanos.size();
    }

    /** Milliseconds that {@code share} of the requests until now did not exceed. */
    public double quantile(double share) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted.length == 0
                ? 0
                : sorted[Math.min(sorted.length - 1, Math.max(0, (int) Math.ceil(share * sorted.length) - 1))] / 1e6;
    }

    /** Figures for a person. */
    @Override
    public String toString() {
        double seconds = (System.nanoTime() - begin) / 1e9;
        return String.format(
                Locale.ROOT,
                "%d requests in %.1f s, %.0f/s, %d failed, p50 %.1f ms, p99 %.1f ms",
                sent(),
                seconds,
                sent() / seconds,
                failed(),
                quantile(0.5),
                quantile(0.99));
    }

    @Override
    public void close() {
        end();
    }

    /** Sends no more, and returns when every request under way has been answered. */
    public void end() {
        ended = true;
        for (Thread client : clients) {
            try {
                client.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
