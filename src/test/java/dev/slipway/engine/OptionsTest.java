package dev.slipway.engine;

import static dev.slipway.engine.Script.res;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program can say of a resource beside its inputs. */
final class OptionsTest {
    @TempDir
    Path directory;

    private Workbench bench;

    @BeforeEach
    void open() {
        bench = new Workbench(directory);
    }

    @Test
    void protectedResourcesStayWithAllTheyNeedAndTheOthersGo() {
        bench.up(Script.of(res("base"), res("a").protect(true).from("link", "base"), res("b")));
        assertThat(bench.up(Script.of()).succeeded()).isFalse();
        assertThat(bench.told()).contains("`a` is protected and would have to be deleted");
        assertThat(bench.recorded()).containsExactly("base", "a");
        assertThat(bench.destroy().succeeded()).isFalse();
        assertThat(bench.world.ids()).hasSize(2);
        bench.up(Script.of(res("base"), res("a").protect(false).from("link", "base")));
        assertThat(bench.destroy().succeeded()).isTrue();
        assertThat(bench.world.ids()).isEmpty();
    }

    @Test
    void protectedResourcesAreNotReplaced() {
        bench.up(Script.of(res("a").with("name", "one").protect(true)));
        assertThat(bench.up(Script.of(res("a").with("name", "two").protect(true)))
                        .succeeded())
                .isFalse();
        assertThat(bench.world.ids()).containsExactly("id-one");
    }

    @Test
    void retainedResourcesAreOnlyForgotten() {
        bench.up(Script.of(res("a").retain()));
        assertThat(bench.up(Script.of()).succeeded()).isTrue();
        assertThat(bench.recorded()).isEmpty();
        assertThat(bench.world.ids()).hasSize(1);
    }

    @Test
    void ignoredChangesKeepTheRecordedValue() {
        bench.up(Script.of(res("a").with("size", "1").with("color", "red")));
        bench.up(Script.of(res("a").with("size", "2").with("color", "blue").ignore("color")));
        assertThat(bench.state("a").inputs().text("color")).contains("red");
        assertThat(bench.state("a").inputs().text("size")).contains("2");
        assertThat(bench.up(Script.of(res("a").with("size", "2")
                                .with("color", "green")
                                .ignore("color")))
                        .changed())
                .isFalse();
    }

    @Test
    void aChangeOfANamedPropertyReplaces() {
        bench.up(Script.of(res("a").with("size", "1")));
        OperationResult result = bench.up(Script.of(res("a").with("size", "2").replaceOn("size")));
        assertThat(result.count(Op.REPLACE)).isEqualTo(1);
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
    void deletedWithSparesTheCall() {
        bench.up(Script.of(res("a"), res("b").deletedWith("a")));
        bench.up(Script.of());
        assertThat(bench.world.calls).containsExactly("delete a");
        assertThat(bench.recorded()).isEmpty();
    }

    @Test
    void anImportTakesOverWhatIsThere() {
        bench.world.put("id-there", PropertyMap.of("name", PropertyValue.of("there")));
        OperationResult result =
                bench.up(Script.of(res("a").with("name", "there").imported("id-there")));
        assertThat(result.succeeded()).isTrue();
        assertThat(bench.steps()).containsExactly("import a");
        assertThat(bench.state("a").id()).isEqualTo("id-there");
        assertThat(bench.up(Script.of(res("a").with("name", "there").imported("id-there")))
                        .changed())
                .isFalse();
    }

    @Test
    void anImportIsRefusedWhenTheProgramSaysOtherwise() {
        bench.world.put("id-there", PropertyMap.of("name", PropertyValue.of("there")));
        var other = res("a").with("name", "there").with("size", "9").imported("id-there");
        assertThat(bench.up(Script.of(other)).succeeded()).isFalse();
        assertThat(bench.told())
                .contains("does not describe `id-there` as it is")
                .contains("size");
        assertThat(bench.recorded()).isEmpty();
    }

    @Test
    void aResourceThatIsOnlyReadIsNeverDeleted() {
        bench.world.put("id-there", PropertyMap.of("name", PropertyValue.of("there")));
        var script = Script.of(res("a").read("id-there"), res("b").from("link", "a"));
        bench.up(script);
        assertThat(bench.steps()).containsExactly("read a", "create b");
        assertThat(bench.state("a").marks().external()).isTrue();
        assertThat(bench.up(script).changed()).isFalse();
        bench.destroy();
        assertThat(bench.world.ids()).containsExactly("id-there");
    }

    @Test
    void otherStacksAreReadByReference() {
        bench.up(Script.of().export("answer", answers -> PropertyValue.of(42)));
        var reader = Script.of(res("other")
                .type("pulumi:pulumi:StackReference")
                .with("name", "organization/proj/dev")
                .read("organization/proj/dev"));
        bench.up(reader);
        assertThat(reader.answers.get("other").outputs().get("outputs"))
                .contains(PropertyMap.of("answer", PropertyValue.of(42)));
    }
}
