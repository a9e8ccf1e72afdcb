package dev.slipway.engine;

import static dev.slipway.engine.Script.res;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.property.Urn;
import org.junit.jupiter.api.Test;

/** Resources that are recorded under another name than the program gives them now. */
final class AliasTest extends BenchedTest {
    private static Urn provider(String name) {
        return Urn.of("dev", "proj", "", "pulumi:providers:test", name);
    }

    @Test
    void anAliasIsTheSameResourceUnderANewName() {
        bench.up(Script.of(res("old").with("name", "n"), res("b").from("link", "old")));
        var renamed = Script.of(res("new").with("name", "n").alias(Workbench.urn("old")), res("b").from("link", "new"));
        OperationResult result = bench.up(renamed);
        assertThat(result.changed()).isFalse();
        assertThat(bench.recorded()).containsExactly("new", "b");
        assertThat(bench.state("b").links().dependencies()).containsExactly(Workbench.urn("new"));
    }

    @Test
    void childrenOfAnAliasedParentAreFoundUnderTheirOldNames() {
        bench.up(Script.of(
                res("old").type("test:index:Box").component(), res("old-a").parent("old")));
        Urn before = Urn.of("dev", "proj", "", "test:index:Box", "old");
        OperationResult result = bench.up(Script.of(
                res("new").type("test:index:Box").component().alias(before),
                res("new-a").parent("new")));
        assertThat(result.changed()).isFalse();
        assertThat(bench.recorded()).containsExactly("new", "new-a");
        assertThat(bench.world.ids()).hasSize(1);
    }

    @Test
    void childrenFollowWhenTheTypeOfTheirParentChanges() {
        bench.up(Script.of(res("box").type("test:index:Box").component(), res("a").parent("box")));
        Urn before = Urn.of("dev", "proj", "", "test:index:Box", "box");
        OperationResult result = bench.up(
                Script.of(res("box").type("test:index:Crate").component().alias(before), res("a").parent("box")));
        assertThat(result.changed()).isFalse();
        assertThat(bench.state("a").urn().qualifiedType()).isEqualTo("test:index:Crate$test:index:Thing");
    }

    @Test
    void theNameItselfComesBeforeItsAliases() {
        bench.up(Script.of(res("old").with("size", "1"), res("new").with("size", "2")));
        bench.up(Script.of(res("new").with("size", "2").alias(Workbench.urn("old"))));
        assertThat(bench.world.calls).containsExactly("delete old");
    }

    @Test
    void twoResourcesCanNotBeOneOldOne() {
        bench.up(Script.of(res("old")));
        assertThat(bench.up(Script.of(res("a").alias(Workbench.urn("old")), res("b").alias(Workbench.urn("old"))))
                        .succeeded())
                .isFalse();
        assertThat(bench.told()).contains("`b` has an ambiguous alias", "which came first");
        assertThat(bench.world.ids()).hasSize(1);
    }

    @Test
    void anAliasIsNotTheNameOfAnotherResource() {
        bench.up(Script.of(res("old")));
        assertThat(bench.up(Script.of(res("old"), res("b").alias(Workbench.urn("old"))))
                        .succeeded())
                .isFalse();
        assertThat(bench.told()).contains("is the name of another resource of this program");
        assertThat(bench.up(Script.of(res("b").alias(Workbench.urn("old")), res("old")))
                        .succeeded())
                .isFalse();
        assertThat(bench.told()).contains("`old` is declared twice", "has this name as an alias");
    }

    @Test
    void aReplacedOneIsDeletedThoughItsProviderWasRenamed() {
        bench.up(Script.of(
                res("p").type("pulumi:providers:test"), res("a").provider("p").with("name", "one")));
        assertThat(bench.up(Script.of(
                                res("q").type("pulumi:providers:test").alias(provider("p")),
                                res("a").provider("q").with("name", "two")))
                        .succeeded())
                .as(bench.told())
                .isTrue();
        assertThat(bench.world.ids()).containsExactly("id-two");
    }

    @Test
    void whatTheFormerNameStillMeansIsRenamedToo() {
        bench.up(Script.of(
                res("p").type("pulumi:providers:test").with("region", "east"),
                res("a").provider("p").protect(true)));
        // The provider is replaced, what it manages may not be: both providers stay recorded.
        var moved = res("p").type("pulumi:providers:test").with("region", "west");
        assertThat(bench.up(Script.of(moved, res("a").provider("p").protect(true)))
                        .succeeded())
                .isFalse();
        var renamed =
                res("q").type("pulumi:providers:test").with("region", "west").alias(provider("p"));
        bench.up(Script.of(renamed, res("a").provider("q").protect(true)));
        assertThat(bench.snapshot().resources())
                .filteredOn(state -> state.isProvider() && !ProviderRegistry.isDefault(state.urn()))
                .hasSize(2)
                .allSatisfy(state -> assertThat(state.urn()).isEqualTo(provider("q")));
    }
}
