package dev.slipway.cloud.trouble;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The switches for trouble. Off until somebody sets one; kept in memory only, so that a restart of the cloud is always a way back to a
 * cloud that works. Thread-safe.
 */
public final class Troubles {
    private static final int MOST = 1000;

    private final InstantSource machine;
    private final RandomGenerator random;
    private volatile List<Switch> switches = List.of();
    private long lastId;

    /**
     * @param machine the true clock
     * @param random draws where a trouble has a probability and no seed
     */
    public Troubles(InstantSource machine, RandomGenerator random) {
        this.machine = machine;
        this.random = random;
    }

    /** A cloud where nothing goes wrong, for tests of the rooms. */
    public static Troubles none() {
        return new Troubles(InstantSource.system(), new SplittableRandom(0));
    }

    /** A trouble that is set, with what is left of it. */
    private static final class Switch {
        final Trouble trouble;
        final @Nullable RandomGenerator own;
        /** The cloud's time when a clock was set. */
        final Instant from;

        int struck;

        Switch(Trouble trouble, Instant from) {
            this.trouble = trouble;
            this.own = trouble.seed() == null ? null : new SplittableRandom(trouble.seed());
            this.from = from;
        }

        Trouble left() {
            Integer calls = trouble.calls();
            return calls == null ? trouble : trouble.next(calls - struck);
        }
    }

    /**
     * Sets a trouble; those of before stay. A second {@code clock} or {@code skew} replaces the first.
     *
     * @return the same with its id
     * @throws IllegalArgumentException when there are a thousand already
     */
    public synchronized Trouble add(Trouble wanted) {
        sweep();
        Instant cloudTime = time();
        List<Switch> next = new ArrayList<>(switches);
        if (wanted.kind() == Kind.CLOCK || wanted.kind() == Kind.SKEW) {
            next.removeIf(other -> other.trouble.kind() == wanted.kind());
        }
        if (next.size() >= MOST) {
            throw new IllegalArgumentException("there are " + MOST + " troubles already; clear some");
        }
        Trouble set = wanted.set("t-" + ++lastId, machine.instant());
        next.add(new Switch(set, cloudTime));
        switches = List.copyOf(next);
        return set;
    }

    /** What is set now, in the order it was set, with the number of calls that are left. */
    public synchronized List<Trouble> list() {
        sweep();
        return switches.stream().map(Switch::left).toList();
    }

    /** Ends the troubles that {@code which} takes; how many there were. */
    public synchronized int clear(Predicate<Trouble> which) {
        sweep();
        int before = switches.size();
        switches = switches.stream().filter(one -> !which.test(one.left())).toList();
        return before - switches.size();
    }

    /**
     * What strikes a call; counts it.
     *
     * @param resources the ARNs that the call is about; asked only when some trouble names a resource
     */
    public Blow strike(String account, String service, String operation, Supplier<Collection<String>> resources) {
        if (switches.isEmpty()) {
            return Blow.NONE;
        }
        return struck(account, service, operation, resources);
    }

    private synchronized Blow struck(
            String account, String service, String operation, Supplier<Collection<String>> resources) {
        Duration delay = Duration.ZERO;
        Kind outcome = null;
        for (Switch one : switches) {
            Trouble trouble = one.trouble;
            boolean pointless = trouble.kind() != Kind.SLOW && outcome != null;
            if (!trouble.kind().strikesCalls()
                    || pointless
                    || !trouble.scope().takes(account, service, operation, resources)
                    || !draw(one)) {
                continue;
            }
            if (trouble.kind() == Kind.SLOW) {
                delay = delay.plus(trouble.timeOrZero());
            } else {
                outcome = trouble.kind();
            }
        }
        sweep();
        Duration bounded = delay.compareTo(Trouble.SLOWEST) > 0 ? Trouble.SLOWEST : delay;
        return new Blow(bounded, Optional.ofNullable(outcome));
    }

    private boolean draw(Switch one) {
        RandomGenerator dice = one.own == null ? random : one.own;
        if (one.trouble.probability() < 1 && dice.nextDouble() >= one.trouble.probability()) {
            return false;
        }
        one.struck++;
        return true;
    }

    /** How late decisions about this account see changes of IAM; empty when they see them at once. */
    public Optional<Duration> iamPropagation(String account) {
        return switches.stream()
                .map(one -> one.trouble)
                .filter(trouble -> trouble.kind() == Kind.IAM_PROPAGATION
                        && trouble.scope().takesAccount(account))
                .map(Trouble::timeOrZero)
                .max(Duration::compareTo);
    }

    /**
     * How long an App Runner service is still in maintenance; empty when it is not.
     *
     * @param serviceArn the ARN, which has the name in it
     */
    public Optional<Duration> maintenance(String serviceArn) {
        Instant now = machine.instant();
        return switches.stream()
                .map(one -> one.trouble)
                .filter(trouble ->
                        trouble.kind() == Kind.MAINTENANCE && trouble.scope().takesService(serviceArn))
                .map(trouble -> Duration.between(now, trouble.since().plus(trouble.timeOrZero())))
                .filter(left -> !left.isNegative() && !left.isZero())
                .max(Duration::compareTo);
    }

    /**
     * Whether the deletion of an App Runner service fails now; counts it.
     *
     * @param serviceArn the ARN, which has the name in it
     */
    public synchronized boolean failsDeletion(String serviceArn) {
        boolean fails = switches.stream()
                .anyMatch(one -> one.trouble.kind() == Kind.DELETE_FAILED
                        && one.trouble.scope().takesService(serviceArn)
                        && draw(one));
        sweep();
        return fails;
    }

    /** The time in the cloud: the machine's, unless a {@code clock} is set. Clearing that sets it right again, even backwards. */
    public InstantSource clock() {
        return this::time;
    }

    /** The time that signatures are judged by: the machine's, unless a {@code skew} is set. */
    public InstantSource signatureClock() {
        return () -> machine.instant()
                .plus(only(Kind.SKEW).map(one -> one.trouble.timeOrZero()).orElse(Duration.ZERO));
    }

    private Instant time() {
        Instant now = machine.instant();
        return only(Kind.CLOCK).map(one -> moved(one, now)).orElse(now);
    }

    private static Instant moved(Switch one, Instant now) {
        Trouble trouble = one.trouble;
        double passed = Duration.between(trouble.since(), now).toNanos() * trouble.speed();
        return one.from.plus(trouble.timeOrZero()).plusNanos((long) passed);
    }

    private Optional<Switch> only(Kind kind) {
        return switches.stream().filter(one -> one.trouble.kind() == kind).findFirst();
    }

    /** Forgets what has struck its last call or lasted its time. */
    private void sweep() {
        if (switches.stream().anyMatch(this::isOver)) {
            switches = switches.stream().filter(one -> !isOver(one)).toList();
        }
    }

    private boolean isOver(Switch one) {
        Integer calls = one.trouble.calls();
        boolean lasted = one.trouble.kind() == Kind.MAINTENANCE
                && !machine.instant().isBefore(one.trouble.since().plus(one.trouble.timeOrZero()));
        return lasted || (calls != null && one.struck >= calls);
    }
}
