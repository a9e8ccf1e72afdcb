package dev.slipway.cloud.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store does, wherever it keeps its documents. */
abstract class StoreContract {
    enum Kind {
        SMALL,
        LARGE
    }

    record Part(String name, Optional<Integer> size) {}

    record Thing(
            String name,
            int count,
            Kind kind,
            Instant made,
            Optional<Duration> life,
            Optional<Part> main,
            List<Part> parts,
            Map<String, String> tags) {
        static Thing named(String name) {
            return new Thing(
                    name,
                    1,
                    Kind.SMALL,
                    Instant.parse("2026-01-02T03:04:05.123456789Z"),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Map.of());
        }

        Thing counted() {
            return new Thing(name, count + 1, kind, made, life, main, parts, tags);
        }

        public boolean isLarge() {
            return kind == Kind.LARGE;
        }

        public String getLabel() {
            throw new IllegalStateException("not a component");
        }
    }

    Store store;
    Table<Thing> things;

    abstract Store open() throws IOException;

    @BeforeEach
    void start() throws IOException {
        store = open();
        things = store.table("things", Thing.class);
    }

    @AfterEach
    void stop() {
        store.close();
    }

    @Test
    void keepsADocumentAsItIs() {
        Thing whole = new Thing(
                "grüße\n🚢",
                -3,
                Kind.LARGE,
                Instant.EPOCH,
                Optional.of(Duration.ofMillis(1500)),
                Optional.of(new Part("p", Optional.of(4))),
                List.of(new Part("q", Optional.empty())),
                Map.of("a", "", "b", "\"'<&>"));

        things.put("k", whole);

        assertThat(things.get("k")).contains(whole);
        assertThat(things.get("other")).isEmpty();
    }

    @Test
    void theLastPutStands() {
        things.put("k", Thing.named("one"));
        things.put("k", Thing.named("two"));

        assertThat(things.get("k")).contains(Thing.named("two"));
        assertThat(things.values()).hasSize(1);
    }

    @Test
    void putIfAbsentLeavesWhatIsThere() {
        assertThat(things.putIfAbsent("k", Thing.named("one"))).isTrue();
        assertThat(things.putIfAbsent("k", Thing.named("two"))).isFalse();
        assertThat(things.get("k")).contains(Thing.named("one"));
    }

    @Test
    void updateChangesWhatIsThereAndNothingElse() {
        things.put("k", Thing.named("one"));

        assertThat(things.update("k", Thing::counted))
                .contains(Thing.named("one").counted());
        assertThat(things.update("other", Thing::counted)).isEmpty();
        assertThat(things.get("other")).isEmpty();
    }

    @Test
    void anUpdateThatFailsChangesNothing() {
        things.put("k", Thing.named("one"));

        assertThatThrownBy(() -> things.update("k", old -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(things.get("k")).contains(Thing.named("one"));
    }

    @Test
    void removeSaysWhetherThereWasSomething() {
        things.put("k", Thing.named("one"));

        assertThat(things.remove("k")).isTrue();
        assertThat(things.remove("k")).isFalse();
        assertThat(things.get("k")).isEmpty();
    }

    @Test
    void allThatFitAreRemovedAtOnce() {
        for (String name : new String[] {"a", "b", "c"}) {
            things.put(name, Thing.named(name));
        }

        things.removeIf(thing -> !thing.equals(Thing.named("b")));

        assertThat(things.values()).containsExactly(Thing.named("b"));
    }

    @Test
    void valuesAreASnapshotInTheOrderOfTheKeys() {
        things.put("b", Thing.named("b"));
        things.put("a", Thing.named("a"));
        var snapshot = things.values();
        things.put("0", Thing.named("0"));

        assertThat(snapshot).extracting(Thing::name).containsExactly("a", "b");
        assertThat(things.values()).extracting(Thing::name).containsExactly("0", "a", "b");
    }

    @Test
    void tablesAreApartAndHaveOneType() {
        Table<Part> parts = store.table("parts", Part.class);
        parts.put("k", new Part("p", Optional.empty()));

        assertThat(things.get("k")).isEmpty();
        assertThat(store.table("parts", Part.class).get("k")).isPresent();
        assertThatThrownBy(() -> store.table("parts", Thing.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("parts");
    }

    @Test
    void noUpdateIsLostAmongManyWriters() throws Exception {
        things.put("k", Thing.named("one"));
        ExecutorService writers = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                int number = i;
                running.add(writers.submit(() -> {
                    things.update("k", Thing::counted);
                    things.put("own" + number, Thing.named("own"));
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            writers.shutdownNow();
        }

        assertThat(things.get("k").orElseThrow().count()).isEqualTo(201);
        assertThat(things.values()).hasSize(201);
    }

    record Unreadable(Object what) {
        Unreadable {
            if (what instanceof String) {
                throw new IllegalArgumentException("text");
            }
        }
    }

    @Test
    void aDocumentThatCouldNotBeReadAgainIsRefusedAtOnce() {
        Table<Unreadable> table = store.table("unreadable", Unreadable.class);

        assertThatThrownBy(() -> table.put("k", new Unreadable(new StringBuilder("secret"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'k' of the table 'unreadable'")
                .hasMessageNotContaining("secret");
        assertThat(table.get("k")).isEmpty();
    }
}
