package dev.slipway.engine.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.slipway.engine.state.PendingOperation.Kind;
import dev.slipway.engine.state.ResourceState.Links;
import dev.slipway.engine.state.ResourceState.Marks;
import dev.slipway.engine.state.ResourceState.Options;
import dev.slipway.engine.state.ResourceState.Times;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StackEditorTest {
    private static final StackName STACK = StackName.of("proj", "dev");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final UpdateRecord UPDATE = new UpdateRecord(
            "update",
            NOW,
            NOW.plusSeconds(5),
            new Circumstances(
                    "why",
                    Map.of("git.head", "abc"),
                    Map.of(
                            "app:a",
                            TextNode.valueOf("text"),
                            "app:s",
                            JsonNodeFactory.instance.objectNode().put("secure", "v1:x:y"))),
            "succeeded",
            Map.of("create", 1));

    @TempDir
    Path directory;

    private StateStore store;

    @BeforeEach
    void threeResources() {
        store = new StateStore(directory, () -> NOW, new Random(7));
        try (StackSession session = store.open(STACK, secrets())) {
            session.ledger().record(Change.NONE.put(stack()));
            session.ledger().record(Change.NONE.put(resource("a")));
            session.ledger().record(Change.NONE.put(resource("b", urn("a"))));
            session.ledger().record(Change.NONE.put(resource("c", urn("b"))));
            session.finish(UPDATE);
        }
    }

    private static StackSecrets secrets() {
        return new StackSecrets(Optional.empty(), Optional::empty, new Random(1));
    }

    private static Urn urn(String name) {
        return Urn.of("dev", "proj", "", "t:i:T", name);
    }

    private static ResourceState stack() {
        Urn urn = Urn.of("dev", "proj", "", Urn.STACK_TYPE, "proj-dev");
        return state(urn, false, "", new Links(null, List.of(), Map.of(), null, null));
    }

    private static ResourceState resource(String name, Urn... needs) {
        return orphan(name, stack().urn(), needs);
    }

    private static ResourceState orphan(String name, @Nullable Urn parent, Urn... needs) {
        return state(
                urn(name),
                true,
                "id-" + name,
                new Links(parent, List.of(needs), Map.of("x", List.of(needs)), null, null));
    }

    private static ResourceState state(Urn urn, boolean custom, String id, Links links) {
        PropertyMap inputs = custom ? PropertyMap.of("x", PropertyValue.of(1)) : PropertyMap.EMPTY;
        return new ResourceState(
                urn, custom, id, inputs, PropertyMap.EMPTY, links, Marks.NONE, List.of(), Options.NONE, Times.UNKNOWN);
    }

    private StackEditor editor() {
        return store.editor(STACK, secrets());
    }

    private List<String> names() {
        return store.load(STACK, secrets()).orElseThrow().resources().stream()
                .map(state -> state.urn().name())
                .toList();
    }

    private Path file(String name) {
        return directory.resolve(".pulumi").resolve(name);
    }

    @Test
    void whatOthersNeedIsNotDeleted() {
        assertThatThrownBy(() -> editor().edit(StateEdit.delete(urn("a"), false, false)))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("the following resources depend on it")
                .hasMessageContaining(urn("b").text())
                .hasMessageContaining(urn("c").text())
                .hasMessageContaining("--target-dependents");
        assertThat(names()).containsExactly("proj-dev", "a", "b", "c");
    }

    @Test
    void dependentsGoWithItWhenAsked() throws IOException {
        String before = Files.readString(file("stacks/proj/dev.json"));
        editor().edit(StateEdit.delete(urn("b"), false, true));
        assertThat(names()).containsExactly("proj-dev", "a");
        assertThat(file("stacks/proj/dev.json.bak")).hasContent(before);
        assertThat(file("backups/proj/dev/dev.1767225600000000000.json"))
                .content()
                .contains("::a")
                .doesNotContain("::b");
        assertThat(file("locks/organization/proj/dev")).isEmptyDirectory();
        assertThat(file("stacks/proj/dev.journal")).doesNotExist();
    }

    @Test
    void aProtectedOneNeedsForce() {
        editor().edit(StateEdit.protect(urn("c"), true));
        assertThatThrownBy(() -> editor().edit(StateEdit.delete(urn("c"), false, false)))
                .hasMessageContaining("protected")
                .hasMessageContaining("--force");
        editor().edit(StateEdit.delete(urn("c"), true, false));
        assertThat(names()).containsExactly("proj-dev", "a", "b");
        assertThatThrownBy(() -> editor().edit(StateEdit.delete(urn("c"), true, false)))
                .hasMessageContaining("No such resource");
    }

    @Test
    void aNewNameIsFollowedByAllThatReferToIt() {
        editor().edit(StateEdit.rename(urn("a"), "z"));
        ResourceState b =
                store.load(STACK, secrets()).orElseThrow().find(urn("b")).orElseThrow();
        assertThat(b.links().dependencies()).containsExactly(urn("z"));
        assertThat(b.links().propertyDependencies()).containsEntry("x", List.of(urn("z")));
        assertThat(names()).containsExactly("proj-dev", "z", "b", "c");
        assertThatThrownBy(() -> editor().edit(StateEdit.rename(urn("z"), "b"))).hasMessageContaining("is taken");
    }

    @Test
    void nobodyEditsALockedStack() {
        try (StackSession held = store.open(STACK, secrets())) {
            assertThatThrownBy(() -> editor().edit(StateEdit.protectAll(true))).hasMessageContaining("is locked by");
            assertThatThrownBy(() -> editor().take("{}", secrets(), true)).hasMessageContaining("is locked by");
            assertThatThrownBy(() -> editor().repair()).hasMessageContaining("is locked by");
            assertThatThrownBy(() -> store.setTags(STACK, Map.of("a", "b"))).hasMessageContaining("is locked by");
        }
    }

    @Test
    void anExportIsTakenBackAlsoWhenTheRecordIsBroken() throws IOException {
        String export = store.export(STACK, secrets(), false);
        Files.writeString(file("stacks/proj/dev.json"), "{ not json");
        Files.writeString(file("stacks/proj/dev.journal"), "neither\n");
        assertThat(editor().take(export, secrets(), false)).isEmpty();
        assertThat(names()).containsExactly("proj-dev", "a", "b", "c");
        assertThat(file("stacks/proj/dev.journal")).doesNotExist();
    }

    @Test
    void aDeploymentOfAnotherStackOrWithoutOrderIsRefusedUnlessForced() {
        String export = store.export(STACK, secrets(), false);
        String stranger = export.replace("urn:pulumi:dev::", "urn:pulumi:prod::");
        assertThatThrownBy(() -> editor().take(stranger, secrets(), false)).hasMessageContaining("different stack");
        String dangling = export.replace("::t:i:T::a\",\n      \"custom\"", "::t:i:T::gone\",\n      \"custom\"");
        assertThat(dangling).isNotEqualTo(export);
        assertThatThrownBy(() -> editor().take(dangling, secrets(), false))
                .hasMessageContaining("does not stand before");
        assertThat(names()).contains("a");
        assertThat(editor().take(dangling, secrets(), true)).isNotEmpty();
    }

    @Test
    void pendingOperationsEndWithAnImportAndAreTold() {
        try (StackSession session = store.open(STACK, secrets())) {
            session.ledger().begin(Kind.CREATING, resource("d"));
        }
        String export = store.export(STACK, secrets(), false);
        assertThat(editor().take(export, secrets(), false))
                .containsExactly("removing pending operation 'creating' on '" + urn("d") + "' from the record");
        assertThat(store.load(STACK, secrets()).orElseThrow().pending()).isEmpty();
    }

    @Test
    void aRepairPutsInOrderAndDropsWhatIsNotThere() {
        String export = store.export(STACK, secrets(), false);
        assertThat(editor().planRepair().changes()).isEmpty();
        String broken = export.replace("::t:i:T::a\",\n      \"custom\"", "::t:i:T::gone\",\n      \"custom\"");
        editor().take(broken, secrets(), true);
        assertThatThrownBy(() -> store.load(STACK, secrets())).hasMessageContaining("can't be trusted");
        assertThat(editor().planRepair().changes()).hasSize(1);
        assertThat(editor().repair().changes()).singleElement().asString().contains(urn("a") + " is not there");
        assertThat(names()).containsExactly("proj-dev", "gone", "b", "c");
        assertThat(editor().repair().changes()).isEmpty();
    }

    @Test
    void aRepairSortsAndGivesOrphansNoParent() {
        Urn lost = Urn.of("dev", "proj", "", "t:i:Comp", "lost");
        ResourceState child = state(
                Urn.of("dev", "proj", "t:i:Comp", "t:i:T", "child"),
                true,
                "1",
                new Links(lost, List.of(), Map.of(), null, null));
        Repair repair =
                Repair.of(new Snapshot(NOW, "", null, List.of(orphan("b", null, child.urn()), child), List.of()));
        assertThat(repair.result().resources()).extracting(ResourceState::urn).containsExactly(urn("child"), urn("b"));
        assertThat(repair.result().resources().get(1).links().dependencies()).containsExactly(urn("child"));
        assertThat(repair.changes()).hasSize(2);
    }

    @Test
    void aCycleIsBeyondRepair() {
        var snapshot = new Snapshot(
                NOW, "", null, List.of(orphan("a", null, urn("b")), orphan("b", null, urn("a"))), List.of());
        assertThatThrownBy(() -> Repair.of(snapshot)).hasMessageContaining("needs itself");
    }

    @Test
    void aRenamedStackTakesItsResourcesHistoryAndTagsAlong() {
        store.setTags(STACK, Map.of("owner", "me"));
        StackName prod = StackName.of("proj", "prod");
        editor().rename(prod);
        assertThat(store.exists(STACK)).isFalse();
        Snapshot moved = store.load(prod, secrets()).orElseThrow();
        assertThat(moved.resources())
                .extracting(state -> state.urn().text())
                .containsExactly(
                        "urn:pulumi:prod::proj::pulumi:pulumi:Stack::proj-prod",
                        "urn:pulumi:prod::proj::t:i:T::a",
                        "urn:pulumi:prod::proj::t:i:T::b",
                        "urn:pulumi:prod::proj::t:i:T::c");
        assertThat(Integrity.problems(moved.resources())).isEmpty();
        assertThat(store.history(prod)).containsExactly(UPDATE);
        assertThat(store.history(STACK)).isEmpty();
        assertThat(store.tags(prod)).containsExactly(Map.entry("owner", "me"));
        assertThat(store.tags(STACK)).isEmpty();
    }

    @Test
    void aRenamingThatDiedHalfwayCanBeDoneAgainButNeverOverAnotherStack() throws IOException {
        byte[] old = Files.readAllBytes(file("stacks/proj/dev.json"));
        StackName prod = StackName.of("proj", "prod");
        editor().rename(prod);
        Files.write(file("stacks/proj/dev.json"), old);
        editor().rename(prod);
        assertThat(store.exists(STACK)).isFalse();
        Files.write(file("stacks/proj/dev.json"), old);
        store.editor(prod, secrets()).edit(StateEdit.protectAll(true));
        assertThatThrownBy(() -> editor().rename(prod)).hasMessageContaining("There is a stack");
        assertThat(store.exists(STACK)).isTrue();
    }

    @Test
    void historyIsToldYoungestFirst() {
        var later = new StateStore(directory, () -> NOW.plusSeconds(100), new Random(8));
        try (StackSession session = later.open(STACK, secrets())) {
            session.finish(new UpdateRecord(
                    "destroy",
                    NOW.plusSeconds(90),
                    NOW.plusSeconds(100),
                    Circumstances.of(""),
                    "failed",
                    Map.of("delete", 2)));
        }
        assertThat(store.history(STACK)).extracting(UpdateRecord::kind).containsExactly("destroy", "update");
        assertThat(store.history(STACK).get(1)).isEqualTo(UPDATE);
    }

    @Test
    void tagsStandInPulumisFileUntilTheLastIsGone() {
        store.setTags(STACK, Map.of("environment", "production"));
        assertThat(file("stacks/proj/dev.pulumi-tags")).content().contains("\"version\" : 1", "production");
        assertThat(store.list()).containsExactly(STACK);
        store.setTags(STACK, Map.of());
        assertThat(file("stacks/proj/dev.pulumi-tags")).doesNotExist();
    }
}
