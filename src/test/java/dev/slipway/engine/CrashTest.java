package dev.slipway.engine;

import static dev.slipway.engine.Script.res;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.FailingDisk.Died;
import dev.slipway.engine.Script.Res;
import dev.slipway.property.PropertyValue;
import dev.slipway.protocol.OutcomeUnknown;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process dies at every single write in turn, and every time after the provider has done something but before that is recorded; the next
 * run must lead to where an undisturbed one leads: nothing lost, nothing orphaned, nothing made twice.
 */
final class CrashTest {
    private static final int PROGRAMS = 12;

    @TempDir
    Path directory;

    private static Script before() {
        return Script.of(
                res("a").with("name", "a-one"),
                res("b").from("link", "a").with("size", "1"),
                res("c"),
                res("e").with("name", "e-one"));
    }

    private static Script after() {
        return Script.of(
                res("a").with("name", "a-two"),
                res("b").from("link", "a").with("size", "2"),
                res("d").from("link", "b"),
                res("e").with("name", "e-two").deleteFirst());
    }

    @Test
    void convergesAfterADeathAtAnyWriteOfAnUpdate() {
        int deaths = 0;
        boolean died = true;
        for (int writes = 0; died; writes++) {
            var bench = new Workbench(directory.resolve("u" + writes));
            bench.up(before());
            died = dies(bench, writes, () -> bench.up(after()));
            deaths += died ? 1 : 0;
            assertThat(bench.up(after()).succeeded()).as(bench.told()).isTrue();
            assertThatTheWorldIsAsRecorded(bench, writes);
            assertThat(bench.recorded()).containsExactlyInAnyOrder("a", "b", "d", "e");
            assertThat(bench.up(after()).changed()).isFalse();
        }
        // Changes made side by side may share a write, so the number is not always the same.
        assertThat(deaths).isGreaterThan(10);
    }

    @Test
    void leavesNothingBehindWhenDestroyedAfterADeath() {
        boolean died = true;
        for (int writes = 0; died; writes++) {
            var bench = new Workbench(directory.resolve("d" + writes));
            died = dies(bench, writes, () -> bench.up(after()));
            if (bench.store().exists(Workbench.STACK)) {
                assertThat(bench.destroy().succeeded()).as(bench.told()).isTrue();
                assertThat(bench.snapshot().pending()).isEmpty();
            }
            assertThat(bench.world.ids()).as("after %d writes", writes).isEmpty();
        }
    }

    @Test
    void returnsToTheOldProgramAfterADeathOnTheWayToANewOne() {
        boolean died = true;
        for (int writes = 0; died; writes++) {
            var bench = new Workbench(directory.resolve("r" + writes));
            bench.up(before());
            died = dies(bench, writes, () -> bench.up(after()));
            assertThat(bench.up(before()).succeeded()).as(bench.told()).isTrue();
            assertThatTheWorldIsAsRecorded(bench, writes);
            assertThat(bench.recorded()).containsExactlyInAnyOrder("a", "b", "c", "e");
        }
    }

    @Test
    void namesWhatWasInterrupted() {
        var bench = new Workbench(directory);
        bench.provider.onCreate = request -> {
            bench.world.create(request);
            throw new Died();
        };
        assertThat(dies(bench, Integer.MAX_VALUE, () -> bench.up(Script.of(res("a")))))
                .isTrue();
        List<String> made = bench.world.ids();
        assertThat(made).hasSize(1);
        bench.provider.onCreate = bench.world::create;
        assertThat(bench.up(Script.of(res("a"))).succeeded()).isTrue();
        assertThat(bench.told()).contains("an earlier run was interrupted while creating test:index:Thing `a`");
        assertThat(bench.world.ids()).isEqualTo(made);
    }

    @Test
    void aCreationWhoseAnswerWasLostIsTakenOverByTheNextRun() {
        var bench = new Workbench(directory);
        bench.provider.onCreate = request -> {
            bench.world.create(request);
            throw new OutcomeUnknown("no answer came", new IOException("cut"));
        };
        assertThat(bench.up(Script.of(res("a"))).succeeded()).isFalse();
        assertThat(bench.told()).contains("`a` create has no known end", "no answer came");
        assertThat(bench.snapshot().pending()).hasSize(1);
        List<String> made = bench.world.ids();
        bench.provider.onCreate = bench.world::create;
        assertThat(bench.up(Script.of(res("a"))).succeeded()).isTrue();
        assertThat(bench.world.ids()).isEqualTo(made);
        assertThatTheWorldIsAsRecorded(bench, 0);
    }

    @Test
    void aCreationThatNobodyWantsAnyMoreIsStillWorkToDo() {
        var bench = new Workbench(directory);
        bench.up(Script.of(res("a")));
        List<String> wanted = bench.world.ids();
        bench.provider.onCreate = request -> {
            bench.world.create(request);
            throw new Died();
        };
        assertThat(dies(bench, Integer.MAX_VALUE, () -> bench.up(Script.of(res("a"), res("b")))))
                .isTrue();
        bench.provider.onCreate = bench.world::create;
        OperationResult preview = bench.preview(Script.of(res("a")));
        assertThat(preview.changed()).isFalse();
        assertThat(preview.worked()).isTrue();
        bench.up(Script.of(res("a")));
        assertThat(bench.world.ids()).isEqualTo(wanted);
        assertThat(bench.preview(Script.of(res("a"))).worked()).isFalse();
    }

    @Test
    void whatWasDeletedForAReplacementThatNobodyWantsIsStillFoundWhenItWasMade() {
        var bench = new Workbench(directory);
        bench.up(Script.of(res("a").with("name", "n").with("size", "1")));
        bench.provider.onCreate = request -> {
            bench.world.create(request);
            throw new OutcomeUnknown("no answer came", new IOException("cut"));
        };
        bench.up(Script.of(
                res("a").with("name", "n").with("size", "2").replaceOn("size").deleteFirst()));
        assertThat(bench.world.ids()).containsExactly("id-n");
        bench.provider.onCreate = bench.world::create;
        assertThat(bench.destroy().succeeded()).isTrue();
        assertThat(bench.world.ids()).isEmpty();
    }

    @Test
    void aBegunCreationIsNotTakenForOneInAnotherPlace() {
        var bench = new Workbench(directory);
        var east = res("p").type("pulumi:providers:test").with("region", "east");
        bench.provider.onCreate = request -> {
            throw new OutcomeUnknown("no answer came", new IOException("cut"));
        };
        bench.up(Script.of(east, res("a").provider("p")));
        bench.provider.onCreate = bench.world::create;
        bench.up(Script.of(east, res("a").with("name", "n")));
        // Finished where it was begun, and then deleted.
        assertThat(bench.world.calls).containsExactly("create a", "create a", "delete a");
        assertThat(bench.world.ids()).containsExactly("id-n");
        assertThat(bench.snapshot().pending()).isEmpty();
    }

    @Test
    void convergesForProgramsNobodyThoughtOf() {
        for (int seed = 0; seed < PROGRAMS; seed++) {
            RandomGenerator random =
                    RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            List<Res> olds = resources(random);
            List<Res> news = resources(random);
            boolean died = true;
            for (int writes = 0; died; writes++) {
                var bench = new Workbench(directory.resolve("p" + seed + "-" + writes));
                bench.up(Script.of(olds.toArray(Res[]::new)));
                var wanted = Script.of(news.toArray(Res[]::new));
                died = dies(bench, writes, () -> bench.up(wanted));
                String what = "seed " + seed + ", after " + writes + " writes: ";
                assertThat(bench.up(wanted).succeeded()).as(what + bench.told()).isTrue();
                assertThatTheWorldIsAsRecorded(bench, writes);
                assertThat(bench.up(wanted).changed()).as(what).isFalse();
            }
        }
    }

    /** Up to six resources that refer to earlier ones; names and options come from the generator. */
    private static List<Res> resources(RandomGenerator random) {
        List<Res> resources = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (String name : List.of("a", "b", "c", "d", "e", "f")) {
            if (random.nextInt(4) == 0) {
                continue;
            }
            Res resource = res(name).with("size", PropertyValue.of(random.nextInt(2)));
            if (random.nextBoolean()) {
                resource.with("name", name + random.nextInt(2));
            }
            if (!names.isEmpty() && random.nextBoolean()) {
                resource.from("link", names.get(random.nextInt(names.size())));
            }
            if (random.nextInt(3) == 0) {
                resource.deleteFirst();
            }
            names.add(name);
            resources.add(resource);
        }
        return resources;
    }

    private static boolean dies(Workbench bench, int writes, Runnable run) {
        var usual = bench.disk;
        bench.disk = new FailingDisk(writes);
        try {
            run.run();
            return false;
        } catch (Died expected) {
            return true;
        } finally {
            bench.disk = usual;
            bench.store().breakLock(Workbench.STACK);
        }
    }

    private static void assertThatTheWorldIsAsRecorded(Workbench bench, int writes) {
        Set<String> recorded = new TreeSet<>();
        bench.snapshot().resources().stream()
                .filter(state -> state.type().equals(Script.TYPE))
                .forEach(state -> recorded.add(state.id()));
        assertThat(bench.world.ids()).as("after %d writes", writes).containsExactlyElementsOf(recorded);
        assertThat(bench.snapshot().pending()).isEmpty();
    }
}
