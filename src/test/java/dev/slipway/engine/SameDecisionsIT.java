package dev.slipway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real Pulumi engine and ours, over the same changes of the same programs with the same provider, each on a stack and a world of its own:
 * the same operations for every resource, and each finds nothing to do in what the other one recorded.
 */
final class SameDecisionsIT {
    @TempDir
    Path directory;

    @Test
    void ofEveryOption() {
        try (var both = new BothDecide(directory)) {
            Wishes before = Changes.before();
            both.decide("the first up", before, Selection.ALL);
            both.swapStates(before);
            both.decide("the changes", Changes.after(), Selection.ALL);
            assertThat(both.operations())
                    .as("the changes are of every kind")
                    .contains(
                            "same",
                            "create",
                            "update",
                            "delete",
                            "replace",
                            "create-replacement",
                            "delete-replaced",
                            "read",
                            "read-replacement",
                            "discard",
                            "discard-replaced",
                            "import");
            both.swapStates(Changes.after());
        }
    }

    @Test
    void ofWhatARunMayTouch() {
        try (var both = new BothDecide(directory)) {
            both.decide("the first up", Changes.chain(0), Selection.ALL);
            both.decide("a target", Changes.chain(1), targets("b"));
            both.decide("a target that others need", Changes.chain(2), targets("a"));
            both.decide("a target with dependents", Changes.chain(3), both(targets("b"), true));
            both.decide("an exclusion", Changes.chain(4), excludes("b"));
            both.decide("an exclusion with dependents", Changes.chain(0), both(excludes("b"), false));
            both.decide("a replacement", Changes.chain(0), Selection.ALL.withReplacements(List.of(urn("b"))));
            both.decide(
                    "a targeted replacement",
                    Changes.chain(3),
                    Selection.ALL.withTargetReplacements(List.of(urn("c"))));
            both.decide("everything", Changes.chain(3), Selection.ALL);
            both.swapStates(Changes.chain(3));
        }
    }

    @Test
    void ofDeletionsWithTargets() {
        try (var both = new BothDecide(directory)) {
            both.decide("the first up", Changes.chain(0), Selection.ALL);
            Consumer<Wishes> withoutC = wishes -> wishes.remove(wishes.find("c").orElseThrow());
            both.decide("a deletion that is not targeted", changed(withoutC), targets("a"));
            both.decide("a deletion that is excluded", changed(withoutC), excludes("c"));
            both.decide("a deletion that is targeted", changed(withoutC), targets("c"));
            both.destroy("a target", targets("d"));
            both.destroy("an exclusion", excludes("a"));
            both.destroy("everything", Selection.ALL);
            assertThat(both.nothingIsLeft()).isTrue();
        }
    }

    @Test
    void ofWhatIsProtected() {
        try (var both = new BothDecide(directory)) {
            Consumer<Wishes> protection = wishes -> wishes.find("b").orElseThrow().protect = true;
            both.decide("the first up", changed(protection), Selection.ALL);
            both.decide("a deletion of everything", new Wishes(), Selection.ALL);
            both.destroy("everything", Selection.ALL);
            // Without what either engine may or may not come to before it fails.
            Consumer<Wishes> replacement = wishes -> {
                wishes.find("b").orElseThrow().form = 2;
                wishes.remove(wishes.find("d").orElseThrow());
            };
            both.decide("a replacement", changed(protection.andThen(replacement)), Selection.ALL);
            both.decide("no protection", Changes.chain(0), Selection.ALL);
            both.destroy("everything", Selection.ALL);
        }
    }

    private static Wishes changed(Consumer<Wishes> change) {
        Wishes wishes = Changes.chain(0);
        change.accept(wishes);
        return wishes;
    }

    private static String urn(String name) {
        return Workbench.urn(name).text();
    }

    private static Selection targets(String name) {
        return Selection.ALL.withTargets(List.of(urn(name)), false);
    }

    private static Selection excludes(String name) {
        return Selection.ALL.withExcludes(List.of(urn(name)), false);
    }

    private static Selection both(Selection selection, boolean targets) {
        return new Selection(selection.targets(), targets, selection.excludes(), !targets, selection.replacements());
    }
}
