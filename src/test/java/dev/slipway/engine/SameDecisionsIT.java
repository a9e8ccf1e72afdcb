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

    @Test
    void ofWhatIsHalfDone() {
        try (var both = new BothDecide(directory)) {
            Wishes program = Changes.chain(0);
            // What does not depend on the failed one may or may not be come to before.
            program.remove(program.find("d").orElseThrow());
            both.mishap("create", "b", true);
            both.decide("a creation that is not well", program, Selection.ALL);
            both.noMishaps();
            both.decide("its repair", program, Selection.ALL);
            assertThat(both.operations()).contains("update");
            both.swapStates(program);
            Wishes changed = Changes.chain(1);
            changed.remove(changed.find("d").orElseThrow());
            both.mishap("update", "b", true);
            both.decide("an update that is not well", changed, Selection.ALL);
            both.noMishaps();
            both.decide("the rest of it", changed, Selection.ALL);
            both.swapStates(changed);
        }
    }

    @Test
    void ofGoingOnAfterAFailure() {
        Request.Options goingOn = Request.Options.DEFAULT.withContinueOnError(true);
        try (var both = new BothDecide(directory)) {
            both.mishap("create", "b", false);
            both.decide("a creation that is refused", independentFirst(0), goingOn);
            both.mishap("create", "b", true);
            both.decide("a creation that is not well", independentFirst(0), goingOn);
            both.noMishaps();
            both.decide("everything", independentFirst(0), goingOn);
            both.swapStates(independentFirst(0));
            both.mishap("update", "b", false);
            both.decide("an update that is refused", independentFirst(1), goingOn);
            both.noMishaps();
            both.decide("the update", independentFirst(1), goingOn);
            both.mishap("delete", "c", false);
            Wishes less = independentFirst(1);
            less.remove(less.find("c").orElseThrow());
            less.remove(less.find("d").orElseThrow());
            both.decide("a deletion that is refused", less, goingOn);
            both.noMishaps();
            both.decide("the deletion", less, goingOn);
            both.swapStates(less);
        }
    }

    @Test
    void ofWhatChangedMeanwhile() {
        Request.Options refreshing = Request.Options.DEFAULT.withRefresh(true);
        try (var both = new BothDecide(directory)) {
            both.decide("the first up", Changes.chain(0), Selection.ALL);
            both.decide("a refresh that finds nothing", Changes.chain(0), refreshing);
            both.meanwhile("d", (realm, id) -> realm.drift(id, "link", "elsewhere"));
            both.decide("a thing that was changed", Changes.chain(0), refreshing);
            both.meanwhile("b", Realm::vanish);
            both.decide("a thing that is gone", Changes.chain(0), refreshing);
            both.swapStates(Changes.chain(0));
        }
    }

    @Test
    void ofARefreshOfItsOwn() {
        try (var both = new BothDecide(directory)) {
            both.decide("the first up", Changes.chain(0), Selection.ALL);
            both.refresh("what is as recorded", Selection.ALL);
            both.meanwhile("d", (realm, id) -> realm.drift(id, "link", "elsewhere"));
            both.refresh("another thing", targets("c"));
            both.refresh("a thing that was changed", Selection.ALL);
            both.decide("the change taken back", Changes.chain(0), Selection.ALL);
            both.meanwhile("b", Realm::vanish);
            both.refresh("a thing that is gone", Selection.ALL);
            both.decide("the gone thing made again", Changes.chain(0), Selection.ALL);
            both.mishap("read", "c", true);
            both.refresh("a thing that is not well", Selection.ALL);
            both.noMishaps();
            both.refresh("a thing that is well again", Selection.ALL);
            both.swapStates(Changes.chain(0));
        }
    }

    @Test
    void ofWhatChildrenInherit() {
        try (var both = new BothDecide(directory)) {
            Wishes family = Changes.chain(0);
            family.find("d").orElseThrow().owner = "a";
            family.find("b").orElseThrow().retain = true;
            for (String parent : List.of("b", "d")) {
                var child = new Wish(Wish.Kind.THING, "child-of-" + parent);
                child.parent = parent;
                family.all.add(child);
            }
            both.decide("children", family, Selection.ALL);
            both.swapStates(family);
        }
    }

    /** Our program awaits one after the other; Pulumi's comes to {@code d} whatever becomes of the chain. */
    private static Wishes independentFirst(int size) {
        Wishes wishes = Changes.chain(size);
        Wish independent = wishes.find("d").orElseThrow();
        wishes.all.remove(independent);
        wishes.all.add(0, independent);
        return wishes;
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
