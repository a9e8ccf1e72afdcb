package dev.slipway.engine;

import static dev.slipway.engine.Script.res;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import org.junit.jupiter.api.Test;

/** Resources that somebody else manages. */
final class ReadTest extends BenchedTest {
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

    @Test
    void isDiscardedWhenNobodyReadsItAnyMore() {
        bench.world.put("id-there", PropertyMap.of("name", PropertyValue.of("there")));
        bench.up(Script.of(res("a").read("id-there")));
        bench.up(Script.of());
        assertThat(bench.steps()).containsExactly("discard a");
        assertThat(bench.world.ids()).containsExactly("id-there");
    }

    @Test
    void takesThePlaceOfAManagedOne() {
        bench.world.put("id-there", PropertyMap.of("name", PropertyValue.of("there")));
        bench.up(Script.of(res("a").with("name", "mine")));
        bench.up(Script.of(res("a").read("id-there")));
        assertThat(bench.steps()).containsExactly("read-replacement a", "replace a", "delete-replaced a");
        assertThat(bench.world.ids()).containsExactly("id-there");
    }

    @Test
    void isLetGoOfWhenItIsTheManagedOneItself() {
        bench.up(Script.of(res("a").with("name", "mine")));
        bench.up(Script.of(res("a").read("id-mine")));
        assertThat(bench.steps()).containsExactly("read a");
        bench.destroy();
        assertThat(bench.world.ids()).containsExactly("id-mine");
    }

    @Test
    void isReplacedByOneOfItsOwnWhenItIsDeclared() {
        bench.world.put("id-there", PropertyMap.of("name", PropertyValue.of("there")));
        bench.up(Script.of(res("a").read("id-there")));
        bench.up(Script.of(res("a").with("name", "mine")));
        assertThat(bench.steps()).containsExactly("replace a", "create-replacement a", "discard-replaced a");
        assertThat(bench.world.ids()).containsExactlyInAnyOrder("id-mine", "id-there");
    }

    @Test
    void isNotRecordedBelowWhatIsLeftOut() {
        bench.world.put("id-there", PropertyMap.of("name", PropertyValue.of("there")));
        bench.target("c");
        assertThat(bench.up(Script.of(
                                res("box").type("test:index:Box").component(),
                                res("a").parent("box").read("id-there"),
                                res("c")))
                        .succeeded())
                .as(bench.told())
                .isTrue();
        assertThat(bench.recorded()).containsExactly("c");
    }
}
