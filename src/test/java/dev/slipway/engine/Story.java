package dev.slipway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.FailingDisk.Died;
import dev.slipway.engine.Wish.Kind;
import dev.slipway.engine.state.Disk;
import dev.slipway.engine.state.FullDisk;
import dev.slipway.engine.state.PendingOperation;
import dev.slipway.engine.state.ResourceState;
import dev.slipway.engine.state.Snapshot;
import dev.slipway.engine.state.StackSecrets;
import dev.slipway.engine.state.StateException;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One stack's generated life, and what must hold after every run of it. */
final class Story {
    private static final StackSecrets SECRETS =
            new StackSecrets(Optional.empty(), () -> Optional.of("ready"), new Random(1));

    private final Path directory;
    private final Random random;
    final Realm realm = new Realm();
    private final Mishaps mishaps = new Mishaps();
    final Workbench bench;
    private final List<String> lines = new ArrayList<>();
    private boolean atOnce;
    private boolean tidy = true;
    Wishes wishes;

    Story(Path directory, Random random) {
        this.directory = directory;
        this.random = random;
        this.bench = new Workbench(directory);
        this.wishes = Wishes.random(random);
        bench.providers = () -> new RealmProvider(realm, mishaps);
        bench.secrets(SECRETS);
        bench.parallel = 1;
        realm.put("home/foreign", PropertyMap.of("name", PropertyValue.of("foreign")));
    }

    Story atOnce() {
        atOnce = true;
        bench.parallel = 8;
        return this;
    }

    void tell(int runs) {
        for (int i = 0; i < runs; i++) {
            if (i > 0) {
                wishes = wishes.changed(random);
            }
            if (random.nextInt(8) == 0) {
                bringToImport();
            }
            oneRun();
        }
    }

    /** Something that is there already and shall be managed from now on. */
    private void bringToImport() {
        var wish = new Wish(Kind.THING, "i" + random.nextInt(1_000_000));
        wish.explicitName = wish.name;
        wish.imported = "home/" + wish.name;
        realm.put(
                wish.imported,
                PropertyMap.of("name", PropertyValue.of(wish.name)).with("size", PropertyValue.of(0)));
        wishes.all.add(wish);
    }

    private void oneRun() {
        bench.options = Request.Options.DEFAULT
                .withSelection(selection())
                .withRefresh(random.nextInt(6) == 0)
                .withContinueOnError(random.nextInt(4) == 0);
        mishaps.seed(random.nextLong(), random.nextInt(3) == 0 ? 15 : 0);
        cancelSometime();
        drift();
        tidy = bench.options.selection().equals(Selection.ALL);
        int what = random.nextInt(10);
        if (what == 0 && bench.store().exists(Workbench.STACK)) {
            run("refresh", bench::refresh);
        } else if (what == 1 && bench.store().exists(Workbench.STACK)) {
            run("destroy", bench::destroy);
        } else {
            if (what < 5) {
                preview();
            }
            run("up", () -> bench.up(program()));
        }
        bench.options = Request.Options.DEFAULT;
        bench.cancellation = new Cancellation();
        bench.listener = EventSink.NONE;
        mishaps.none();
    }

    private Program program() {
        Script script = bench.options.continueOnError() ? wishes.script().goingOn() : wishes.script();
        return atOnce ? script.atOnce() : script;
    }

    private Selection selection() {
        List<String> some = wishes.all.stream()
                .filter(wish -> random.nextInt(3) == 0)
                .map(wish -> wishes.urn(wish).text())
                .toList();
        return switch (random.nextInt(12)) {
            case 0 -> Selection.ALL.withTargets(some, false);
            case 1 -> Selection.ALL.withTargets(some, true);
            case 2 -> Selection.ALL.withExcludes(some, false);
            case 3 -> Selection.ALL.withExcludes(some, true);
            case 4 -> Selection.ALL.withReplacements(some);
            default -> Selection.ALL;
        };
    }

    private void cancelSometime() {
        if (random.nextInt(8) == 0) {
            int[] left = {random.nextInt(12)};
            bench.listener = event -> {
                if (left[0]-- == 0) {
                    bench.cancellation.cancel();
                }
            };
        }
    }

    private void drift() {
        if (random.nextInt(5) > 0) {
            return;
        }
        for (Map.Entry<String, Realm.Thing> thing : realm.things().entrySet()) {
            if (!thing.getValue().ours()) {
                continue;
            }
            if (random.nextInt(4) == 0) {
                realm.vanish(thing.getKey());
                lines.add("vanished: " + thing.getKey());
            } else if (random.nextInt(4) == 0) {
                realm.drift(thing.getKey(), "color", "drifted");
                lines.add("drifted: " + thing.getKey());
            }
        }
    }

    private void preview() {
        Optional<Snapshot> before = recorded();
        var things = realm.things();
        OperationResult result = bench.preview(program());
        lines.add("preview " + result.outcome() + ": " + bench.steps());
        assertThat(recorded()).as("a preview records nothing").isEqualTo(before);
        assertThat(realm.things()).as("a preview touches nothing").isEqualTo(things);
        bench.cancellation = new Cancellation();
    }

    private interface Operation {
        OperationResult once();
    }

    private OperationResult run(String name, Operation operation) {
        lines.add(name + " " + bench.options.selection() + (bench.options.refresh() ? " refresh" : "")
                + (bench.options.continueOnError() ? " continue" : "") + wishes);
        realm.calls.clear();
        OperationResult result = operation.once();
        lines.add("  " + result.outcome() + " " + bench.steps());
        lines.add("  calls: " + realm.calls);
        lines.add("  told: " + bench.told().replace("\n", "\n    "));
        nothingIsLost();
        List<Realm.Misuse> misuses = realm.misuses();
        if (tidy) {
            assertThat(misuses).allSatisfy(misuse -> assertThat(wasDeletedFirst(misuse.name()))
                    .as(misuse.what())
                    .isTrue());
        }
        return result;
    }

    private boolean wasDeletedFirst(String name) {
        List<String> steps = bench.begunSteps();
        int deleted = steps.indexOf("delete-replaced " + name);
        return deleted >= 0 && !steps.subList(0, deleted).contains("replace " + name);
    }

    private Optional<Snapshot> recorded() {
        return bench.store().load(Workbench.STACK, bench.secrets());
    }

    /** Everything that this stack made is in its record, or is what an operation was about that has no known end. */
    void nothingIsLost() {
        Snapshot snapshot = recorded().orElseGet(() -> Snapshot.empty(Instant.EPOCH));
        Set<String> known = ids(snapshot);
        snapshot.pending().stream()
                .map(PendingOperation::resource)
                .flatMap(state -> state.inputs().text("name").stream())
                .forEach(name -> known.addAll(List.of("home/" + name, "east/" + name, "west/" + name)));
        assertThat(known).containsAll(ours());
    }

    private static Set<String> ids(Snapshot snapshot) {
        return snapshot.resources().stream()
                .filter(state -> state.custom() && !state.isProvider())
                .map(ResourceState::id)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> ours() {
        return realm.things().entrySet().stream()
                .filter(entry -> entry.getValue().ours() && !entry.getValue().mayStay())
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The program of the first run, and the one after it, without anything that goes wrong by itself. */
    Story quietly() {
        wishes.all.forEach(wish -> wish.protect = false);
        return this;
    }

    /** Whether the second run dies before that write. */
    boolean dies(int writes) {
        return breaksOn(new FailingDisk(writes));
    }

    /** Whether the disk is full at that write of the second run; the next one finds room again. */
    boolean fills(int writes) {
        var disk = new FullDisk(new FastDisk(), writes);
        breaksOn(disk);
        return disk.wasFull();
    }

    private boolean breaksOn(Disk broken) {
        run("up", () -> bench.up(program()));
        wishes = wishes.changed(random);
        wishes.all.forEach(wish -> wish.protect = false);
        int what = random.nextInt(8);
        Disk usual = bench.disk;
        bench.disk = broken;
        try {
            OperationResult result = what == 0 ? bench.destroy() : bench.up(program());
            lines.add((what == 0 ? "destroy" : "up") + " lived" + wishes + "\n  " + result);
            return false;
        } catch (Died expected) {
            lines.add((what == 0 ? "destroy" : "up") + " died" + wishes + "\n  " + bench.steps() + "\n  calls: "
                    + realm.calls);
            return true;
        } catch (StateException full) {
            lines.add((what == 0 ? "destroy" : "up") + " could not be recorded" + wishes + "\n  " + full.getMessage());
            return true;
        } finally {
            bench.disk = usual;
            var unused = realm.misuses();
            bench.store().breakLock(Workbench.STACK);
        }
    }

    void endsAfterADeath() {
        nothingIsLost();
        int what = random.nextInt(4);
        if (what == 0) {
            assertThat(run("refresh", bench::refresh).succeeded()).isTrue();
        } else if (what == 1) {
            preview();
        }
        assertThat(run("up", () -> bench.up(program())).succeeded())
                .as(bench.told())
                .isTrue();
        everythingIsAsWanted();
        assertThat(run("up", () -> bench.up(program())).worked())
                .as("a second run has nothing to do")
                .isFalse();
    }

    /** With the trouble over, and without what nobody can do (an import of what is gone, or under another id). */
    void endsWell() {
        tidy = true;
        if (bench.store().exists(Workbench.STACK)) {
            run("refresh", bench::refresh);
        } else {
            run("up", () -> bench.up(program()));
        }
        settleImports();
        unprotect();
        assertThat(run("up", () -> bench.up(program())).succeeded())
                .as(bench.told())
                .isTrue();
        everythingIsAsWanted();
        OperationResult again = run("up", () -> bench.up(program()));
        assertThat(again.worked()).as("a second run has nothing to do").isFalse();
        assertThat(run("destroy", bench::destroy).succeeded()).as(bench.told()).isTrue();
        assertThat(ours()).as("after the destroy").isEmpty();
        assertThat(recorded().orElseThrow().resources()).isEmpty();
        assertThat(recorded().orElseThrow().pending()).isEmpty();
        assertThat(realm.things()).containsKey("home/foreign");
    }

    private void settleImports() {
        Map<String, String> ids = recorded().stream()
                .flatMap(snapshot -> snapshot.resources().stream())
                .filter(state -> !state.marks().delete())
                .collect(Collectors.toMap(state -> state.urn().name(), ResourceState::id, (one, other) -> other));
        for (Wish wish : List.copyOf(wishes.all)) {
            if (wish.imported != null && !wish.imported.equals(ids.get(wish.name))) {
                wishes.remove(wish);
            }
            wish.imported = null;
        }
    }

    /** As {@code pulumi state unprotect --all} does. */
    private void unprotect() {
        wishes.all.forEach(wish -> wish.protect = false);
        Path file = directory.resolve(".pulumi/stacks/proj/dev.json");
        try {
            Files.writeString(file, Files.readString(file).replace("\"protect\":true,", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void everythingIsAsWanted() {
        Snapshot snapshot = recorded().orElseThrow();
        assertThat(snapshot.pending()).isEmpty();
        assertThat(ids(snapshot)).containsAll(ours());
        for (Wish wish : wishes.all) {
            ResourceState state = snapshot.resources().stream()
                    .filter(other -> other.urn().equals(wishes.urn(wish)))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("not recorded: " + wish));
            if (wish.kind == Kind.THING) {
                Realm.Thing thing = realm.things().get(state.id());
                assertThat(thing).as("what is recorded is there: %s", wish).isNotNull();
                if (!wish.ignoresSize) {
                    assertThat(thing.inputs().get("size")).contains(PropertyValue.of(wish.size));
                }
                assertThat(thing.inputs().get("kind"))
                        .isEqualTo(
                                wish.form == 0 ? Optional.empty() : Optional.of(PropertyValue.of("form " + wish.form)));
            }
        }
    }

    /** Thousands of stories need much room. */
    void forget() {
        InMemory.delete(directory);
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
