package dev.slipway.engine;

import static dev.slipway.engine.Script.res;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import org.junit.jupiter.api.Test;

/** Resources that existed before they were declared. */
final class ImportTest extends BenchedTest {
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
    void takesANameThatTheProgramDoesNotSayFromWhatIsThere() {
        bench.world.put("id-there", PropertyMap.of("name", PropertyValue.of("there")));
        assertThat(bench.up(Script.of(res("a").imported("id-there"))).succeeded())
                .as(bench.told())
                .isTrue();
        assertThat(bench.state("a").inputs().text("name")).contains("there");
    }

    @Test
    void whatIsIgnoredNeedNotBeDescribed() {
        bench.world.put(
                "id-there", PropertyMap.of("name", PropertyValue.of("there")).with("size", PropertyValue.of("9")));
        assertThat(bench.up(Script.of(res("a").ignore("size").imported("id-there")))
                        .succeeded())
                .as(bench.told())
                .isTrue();
        assertThat(bench.state("a").inputs().text("size")).contains("9");
    }

    @Test
    void takesThePlaceOfARecordedOne() {
        bench.up(Script.of(res("a").with("name", "mine")));
        bench.world.put("id-there", PropertyMap.of("name", PropertyValue.of("there")));
        bench.up(Script.of(res("a").with("name", "there").imported("id-there")));
        assertThat(bench.steps()).containsExactly("import-replacement a", "replace a", "delete-replaced a");
        assertThat(bench.world.ids()).containsExactly("id-there");
    }

    @Test
    void anImportedOneIsNotReplacedWhileItsIdIsNamed() {
        bench.world.put("id-there", PropertyMap.of("name", PropertyValue.of("there")));
        bench.up(Script.of(res("a").with("name", "there").imported("id-there")));
        var other = Script.of(res("a").with("name", "other").imported("id-there"));
        assertThat(bench.preview(other).succeeded()).isTrue();
        assertThat(bench.told()).contains("WARNING", "was imported and would have to be replaced");
        assertThat(bench.up(other).succeeded()).isFalse();
        assertThat(bench.world.calls).isEmpty();
    }

    @Test
    void saysWhenThereIsNone() {
        assertThat(bench.up(Script.of(res("a").imported("id-nobody"))).succeeded())
                .isFalse();
        assertThat(bench.told()).contains("there is none with the id `id-nobody`");
    }
}
