package dev.slipway.cloud.balancer;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * The targets behind one service. Each request goes to the target with the fewest requests; when all are at their limit it waits, up
 * to a bound, in order of arrival. Thread-safe.
 */
public final class TargetGroup {
    private final String name;
    private final InstantSource clock;
    private final Counters counters = new Counters();
    private final Gauge gauge;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Map<String, Member> leaving = new HashMap<>();
    private final Deque<Waiter> queue = new ArrayDeque<>();
    private int queueLimit = 1;
    private int inFlight;

    TargetGroup(String name, InstantSource clock) {
        this.name = name;
        this.clock = clock;
        this.gauge = new Gauge(clock);
    }

    public String name() {
        return name;
    }

    /** How many requests may wait when all targets are busy, before more are answered 429; 1 until set. */
    public synchronized void queueLimit(int requests) {
        queueLimit = requests;
    }

    /** Sends all requests from now on to these targets; completes when the targets that are no longer among them have answered theirs. */
    public synchronized CompletableFuture<Void> replace(Collection<Target> targets) {
        List<String> wanted = targets.stream().map(Target::id).toList();
        List<CompletableFuture<Void>> leaving = new ArrayList<>();
        targets.forEach(this::join);
        for (String id : List.copyOf(members.keySet())) {
            if (!wanted.contains(id)) {
                leaving.add(drain(id));
            }
        }
        serveQueue();
        return CompletableFuture.allOf(leaving.toArray(CompletableFuture[]::new));
    }

    public synchronized void add(Target target) {
        join(target);
        serveQueue();
    }

    /** Sends no more requests to a target; completes when it has answered those it has. A target that is not there is drained. */
    public synchronized CompletableFuture<Void> drain(String id) {
        Member member = members.remove(id);
        if (member == null) {
            Member already = leaving.get(id);
            return already == null ? CompletableFuture.completedFuture(null) : already.drained;
        }
        member.leave();
        leaving.put(id, member);
        endIfDrained(member);
        return member.drained;
    }

    /** The load since this was asked before; for one asker. */
    public synchronized Load load() {
        return new Load(gauge.mean(), inFlight, queue.size());
    }

    /** Requests that a target works on now; 0 when it is not there. */
    public synchronized int inFlight(String id) {
        return Optional.ofNullable(members.get(id))
                .map(member -> member.inFlight)
                .orElse(0);
    }

    /** Requests that all targets work on now, those that are drained included. */
    public synchronized int inFlight() {
        return inFlight;
    }

    public Traffic traffic() {
        return counters.traffic();
    }

    Counters counters() {
        return counters;
    }

    /** Whether a request was let in, now or later. */
    enum Admission {
        /** The waiter is called, perhaps before {@link #ask} returns. */
        ACCEPTED,
        /** All targets are busy and so many wait already. */
        FULL,
        /** There is no target, or none that was not tried. */
        NO_TARGET
    }

    synchronized Admission ask(Waiter waiter) {
        if (candidates(waiter).findAny().isEmpty()) {
            return Admission.NO_TARGET;
        }
        if (queue.size() >= queueLimit && freest(waiter).isEmpty()) {
            return Admission.FULL;
        }
        gauge.change(1);
        queue.addLast(waiter);
        serveQueue();
        return Admission.ACCEPTED;
    }

    /** Takes a waiter out of the queue; false when it was called already, or will be. */
    synchronized boolean cancel(Waiter waiter) {
        boolean removed = queue.remove(waiter);
        if (removed) {
            gauge.change(-1);
        }
        return removed;
    }

    synchronized void release(Member member) {
        member.inFlight--;
        inFlight--;
        gauge.change(-1);
        endIfDrained(member);
        serveQueue();
    }

    private void endIfDrained(Member member) {
        if (member.leaving() && member.inFlight == 0) {
            leaving.remove(member.target.id(), member);
            member.drained.complete(null);
        }
    }

    private void join(Target target) {
        members.computeIfAbsent(target.id(), id -> new Member(target, clock));
    }

    private void serveQueue() {
        for (Iterator<Waiter> waiters = queue.iterator(); waiters.hasNext(); ) {
            Waiter waiter = waiters.next();
            Optional<Member> member = freest(waiter);
            if (member.isPresent()) {
                waiters.remove();
                member.get().inFlight++;
                inFlight++;
                var lease = new Lease(this, member.get());
                waiter.loop().execute(() -> waiter.granted().accept(lease));
            } else if (waiter.avoid().isEmpty()) {
                return;
            }
        }
    }

    private Optional<Member> freest(Waiter waiter) {
        return candidates(waiter).filter(Member::hasRoom).min(Comparator.comparingInt(member -> member.inFlight));
    }

    private Stream<Member> candidates(Waiter waiter) {
        return members.values().stream().filter(member -> !waiter.avoid().contains(member));
    }
}
