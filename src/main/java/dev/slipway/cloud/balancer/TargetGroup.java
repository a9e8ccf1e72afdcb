package dev.slipway.cloud.balancer;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The targets behind one service. Each request goes to the target with the fewest requests; when all are at their limit it waits, up
 * to a bound, in order of arrival. Thread-safe.
 */
public final class TargetGroup {
    /** How long a target that failed is asked only when there is no other. */
    private static final Duration REST = Duration.ofSeconds(1);

    private final String name;
    private final InstantSource clock;
    private final Counters counters = new Counters();
    private final Gauge gauge;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Map<String, Member> leaving = new HashMap<>();
    private final Deque<Waiter> queue = new ArrayDeque<>();
    private List<Member> candidates = List.of();
    private long takes;
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
        candidates = List.copyOf(members.values());
        member.leave();
        leaving.put(id, member);
        endIfDrained(member);
        return member.drained;
    }

    /** Answers those who wait that there is no target; when there will be none for long. */
    public synchronized void turnAway() {
        for (Waiter waiter = queue.pollFirst(); waiter != null; waiter = queue.pollFirst()) {
            gauge.change(-1);
            waiter.loop().execute(waiter::turnedAway);
        }
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

    /** Requests that wait for a target now. */
    public synchronized int waiting() {
        return queue.size();
    }

    public Traffic traffic() {
        return counters.traffic();
    }

    Counters counters() {
        return counters;
    }

    /** A lease at once, or a place in the queue, or neither. @param again after a member failed: goes before all others, and is never too many */
    synchronized Admission ask(Waiter waiter, boolean again) {
        if (!hasCandidate(waiter)) {
            return Admission.Without.NO_TARGET;
        }
        Member member = freest(waiter);
        if (member != null && (again || queue.isEmpty())) {
            gauge.change(1);
            return take(member);
        }
        if (again) {
            queue.addFirst(waiter);
        } else if (member == null && queue.size() >= queueLimit) {
            return Admission.Without.FULL;
        } else {
            queue.addLast(waiter);
        }
        gauge.change(1);
        if (member != null) {
            // Those before may want other members than this one.
            serveQueue();
        }
        return Admission.Without.QUEUED;
    }

    /** Takes a waiter out of the queue, if it is there. */
    synchronized void cancel(Waiter waiter) {
        if (queue.remove(waiter)) {
            gauge.change(-1);
        }
    }

    synchronized void release(Member member) {
        member.inFlight--;
        inFlight--;
        member.target.listener().requestEnds();
        gauge.change(-1);
        endIfDrained(member);
        if (!queue.isEmpty()) {
            serveQueue();
        }
    }

    synchronized void rest(Member member) {
        member.restsUntil = clock.millis() + REST.toMillis();
    }

    private void endIfDrained(Member member) {
        if (member.leaving() && member.inFlight == 0) {
            leaving.remove(member.target.id(), member);
            member.drained.complete(null);
        }
    }

    private void join(Target target) {
        members.computeIfAbsent(target.id(), id -> new Member(target));
        candidates = List.copyOf(members.values());
    }

    private void serveQueue() {
        for (Iterator<Waiter> waiters = queue.iterator(); waiters.hasNext(); ) {
            Waiter waiter = waiters.next();
            Member member = freest(waiter);
            if (member != null) {
                waiters.remove();
                Lease lease = take(member);
                waiter.loop().execute(() -> waiter.granted(lease));
            } else if (candidates.stream().noneMatch(Member::hasRoom)) {
                return;
            }
        }
    }

    private Lease take(Member member) {
        member.inFlight++;
        member.taken = ++takes;
        inFlight++;
        member.target.listener().requestBegins();
        return new Lease(this, member);
    }

    private boolean hasCandidate(Waiter waiter) {
        for (int i = 0; i < candidates.size(); i++) {
            if (!waiter.avoids(candidates.get(i))) {
                return true;
            }
        }
        return false;
    }

    /** Of those with room the one with the fewest requests, of those the one that was taken longest ago. One that has just failed comes last. */
    private @Nullable Member freest(Waiter waiter) {
        Member best = null;
        Member resting = null;
        boolean othersAreBusy = false;
        for (int i = 0; i < candidates.size(); i++) {
            Member each = candidates.get(i);
            if (waiter.avoids(each)) {
                continue;
            }
            boolean rests = each.restsUntil > 0 && each.restsUntil > clock.millis();
            if (!each.hasRoom()) {
                othersAreBusy |= !rests;
            } else if (rests) {
                resting = less(each, resting);
            } else {
                best = less(each, best);
            }
        }
        return best == null && !othersAreBusy ? resting : best;
    }

    private static Member less(Member one, @Nullable Member other) {
        if (other == null || one.inFlight < other.inFlight) {
            return one;
        }
        return one.inFlight == other.inFlight && one.taken < other.taken ? one : other;
    }
}
