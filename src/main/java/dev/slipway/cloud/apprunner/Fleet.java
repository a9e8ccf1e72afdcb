package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.balancer.Target;
import dev.slipway.cloud.runtime.InstanceSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The instances of one version of a service: keeps as many as are wanted, replaces those that fail. Not thread-safe. */
final class Fleet {
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(60);
    /** While no instance serves or is about to, the next try is never further away. */
    private static final Duration LONGEST_WITHOUT_ANY = Duration.ofSeconds(5);
    /** An instance that was ready for as long was sound; its end says nothing about the next. */
    private static final Duration SOUND_LIFE = Duration.ofSeconds(10);

    private final Setting setting;
    private final Version version;
    private final List<InstanceWatch> watches = new ArrayList<>();
    private final Set<String> joined = new HashSet<>();
    private final List<Vacancy> vacancies = new ArrayList<>();
    private int wanted;
    private boolean serving;

    /**
     * The place of an instance that failed.
     *
     * @param failures how many failed there in a row, each soon after its start
     * @param since when the last one failed
     */
    private record Vacancy(int failures, Instant since) {
        boolean mayStart(Instant now, boolean alone) {
            return !now.isBefore(since.plus(patience(failures, alone)));
        }
    }

    /** @param wanted how many instances, within the bounds of the version's scaling */
    Fleet(Setting setting, Version version, int wanted) {
        this.setting = setting;
        this.version = version;
        this.wanted = version.scaling().clamp(wanted);
    }

    Version version() {
        return version;
    }

    /** How many instances there are to be. */
    int wanted() {
        return wanted;
    }

    void resize(int size) {
        wanted = version.scaling().clamp(size);
    }

    int ready() {
        return (int) watches.stream()
                .filter(watch -> watch.state() == InstanceWatch.State.READY)
                .count();
    }

    /** Those that work on requests, or did a moment ago; all others that are ready have no processor time. */
    int active() {
        return (int) watches.stream()
                .filter(watch -> watch.state() == InstanceWatch.State.READY && !watch.idle())
                .count();
    }

    boolean allReady() {
        return watches.size() == wanted && ready() == wanted;
    }

    /** Why an instance failed that has not been replaced, which happens only before the fleet serves. */
    Optional<String> failure() {
        return watches.stream()
                .filter(watch -> watch.state() == InstanceWatch.State.FAILED)
                .map(InstanceWatch::failure)
                .findFirst();
    }

    void tick(Instant now) {
        watches.forEach(watch -> watch.tick(now));
        if (serving) {
            replaceFailed(now);
            joinReady();
        }
        if (failure().isEmpty()) {
            fill(now);
        }
        while (watches.size() > wanted) {
            retireOne(now);
        }
    }

    private void fill(Instant now) {
        while (!vacancies.isEmpty() && watches.size() + vacancies.size() > wanted) {
            vacancies.remove(vacancies.size() - 1);
        }
        for (Vacancy vacancy : List.copyOf(vacancies)) {
            if (vacancy.mayStart(now, watches.isEmpty())) {
                vacancies.remove(vacancy);
                watches.add(start(vacancy.failures(), now));
            }
        }
        while (watches.size() + vacancies.size() < wanted) {
            watches.add(start(0, now));
        }
    }

    /** Puts the ready instances in the place of all others of the service; completes when those have answered what they had. */
    CompletableFuture<Void> serve() {
        serving = true;
        setting.group()
                .queueLimit(
                        version.scaling().maxConcurrency() * version.scaling().maxSize());
        List<Target> targets = watches.stream()
                .filter(watch -> watch.state() == InstanceWatch.State.READY)
                .peek(watch -> joined.add(watch.id()))
                .map(this::target)
                .toList();
        return setting.group().replace(targets);
    }

    /** Gives all instances up, to be stopped when they have answered what they have. */
    void retire(Instant now) {
        serving = false;
        wanted = 0;
        vacancies.clear();
        while (!watches.isEmpty()) {
            retireOne(now);
        }
    }

    private void replaceFailed(Instant now) {
        for (InstanceWatch watch : List.copyOf(watches)) {
            if (watch.state() == InstanceWatch.State.FAILED) {
                boolean sound = watch.readyFor(now).compareTo(SOUND_LIFE) > 0;
                int failures = sound ? 1 : watch.failuresBefore() + 1;
                vacancies.add(new Vacancy(failures, now));
                setting.log().event(replaced(watch, failures, patience(failures, alone())));
                retire(watch, now);
            }
        }
    }

    private static String replaced(InstanceWatch watch, int failures, Duration patience) {
        String stop = watch.failure().endsWith(".") ? "" : ".";
        String pause = patience.isZero()
                ? "."
                : "; " + failures + " in a row failed soon after their start, so the next one starts within "
                        + patience.toSeconds() + " s.";
        return watch.failure() + stop + " The instance " + watch.id() + " is replaced" + pause;
    }

    /** Whether every instance has failed. */
    private boolean alone() {
        return watches.stream().allMatch(watch -> watch.state() == InstanceWatch.State.FAILED);
    }

    /** None after the first failure, then doubling from a second up to the bound. */
    private static Duration patience(int failures, boolean alone) {
        long seconds = failures <= 1 ? 0 : 1L << Math.min(failures - 2, 6);
        Duration bound = alone ? LONGEST_WITHOUT_ANY : LONGEST_BACK_OFF;
        return Duration.ofSeconds(Math.min(seconds, bound.toSeconds()));
    }

    private void joinReady() {
        for (InstanceWatch watch : watches) {
            if (watch.state() == InstanceWatch.State.READY && joined.add(watch.id())) {
                setting.group().add(target(watch));
            }
        }
    }

    /** The least loss: one that does not serve yet, else the one with the fewest requests, else an idle one, else the newest. */
    private void retireOne(Instant now) {
        watches.stream()
                .min(Comparator.comparing((InstanceWatch watch) -> watch.state() == InstanceWatch.State.READY)
                        .thenComparing(watch -> setting.group().inFlight(watch.id()))
                        .thenComparing(watch -> !watch.idle())
                        .thenComparing(InstanceWatch::startedAt, Comparator.reverseOrder()))
                .ifPresent(watch -> retire(watch, now));
    }

    private void retire(InstanceWatch watch, Instant now) {
        watches.remove(watch);
        joined.remove(watch.id());
        CompletableFuture<Void> drained = setting.group().drain(watch.id());
        drained.thenRun(setting.wake());
        setting.retirement().add(watch, drained, now);
    }

    private Target target(InstanceWatch watch) {
        return watch.target(version.scaling().maxConcurrency());
    }

    private InstanceWatch start(int failuresBefore, Instant now) {
        String id = setting.ids().hex();
        InstanceSpec spec = spec(id);
        Parts parts = setting.parts();
        var starting = Work.elsewhere(parts.workers(), setting.wake(), () -> {
            var instance = parts.runtime().start(version.image(), spec);
            instance.exit().whenComplete((status, never) -> setting.wake().run());
            return instance;
        });
        return new InstanceWatch(
                id,
                version.configuration(),
                starting,
                instance -> {
                    var probe = Probe.run(
                            parts.loops().next(),
                            instance.dialer(),
                            version.configuration().healthCheck());
                    probe.thenRun(setting.wake());
                    return probe;
                },
                now,
                failuresBefore);
    }

    private InstanceSpec spec(String id) {
        Configuration configuration = version.configuration();
        Configuration.Source source = configuration.source();
        Map<String, String> environment = new LinkedHashMap<>(source.variables());
        version.deployed()
                .secrets()
                .forEach((name, kept) ->
                        environment.put(name, setting.parts().secrets().open(setting.place(name), kept)));
        environment.put("PORT", Integer.toString(source.port()));
        String command = source.startCommand();
        return new InstanceSpec(
                id,
                command == null ? List.of() : ShellWords.split(command),
                environment,
                source.port(),
                configuration.size().cpu(),
                configuration.size().memory(),
                setting.parts()
                        .environs()
                        .around(setting.arn(), configuration.size().instanceRoleArn(), id),
                line -> setting.log().application(id, line));
    }

    CompletableFuture<?> stopNow() {
        return CompletableFuture.allOf(watches.stream().map(InstanceWatch::stop).toArray(CompletableFuture[]::new));
    }

    CompletableFuture<?> pending() {
        return watches.stream()
                .<CompletableFuture<?>>map(InstanceWatch::pending)
                .filter(pending -> !pending.isDone())
                .findFirst()
                .orElse(CompletableFuture.completedFuture(null));
    }
}
