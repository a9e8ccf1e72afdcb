package dev.slipway.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.property.StructuralDiff.Difference;
import dev.slipway.property.StructuralDiff.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StructuralDiffTest {
    private static final PropertyMap OLD = PropertyMap.of("name", PropertyValue.of("a"))
            .with("list", PropertyValue.of(List.of(PropertyValue.of(1), PropertyValue.of(2))))
            .with("nested", PropertyMap.of("deep.key", PropertyValue.of(true)));

    @Test
    void findsNothingBetweenEqualMapsInAnyOrder() {
        var other = PropertyMap.of("nested", PropertyMap.of("deep.key", PropertyValue.of(true)))
                .with("list", PropertyValue.of(List.of(PropertyValue.of(1), PropertyValue.of(2))))
                .with("name", PropertyValue.of("a"));
        assertThat(StructuralDiff.between(OLD, other)).isEmpty();
    }

    @Test
    void namesTheInnermostPlaceThatDiffers() {
        var young = OLD.without("name")
                .with("extra", PropertyValue.of("x"))
                .with("list", PropertyValue.of(List.of(PropertyValue.of(1), PropertyValue.of(3), PropertyValue.of(4))))
                .with("nested", PropertyMap.of("deep.key", PropertyValue.of(false)));
        assertThat(StructuralDiff.between(OLD, young))
                .containsExactly(
                        new Difference(PropertyPath.of("extra"), Kind.ADD),
                        new Difference(PropertyPath.of("list").child(1), Kind.UPDATE),
                        new Difference(PropertyPath.of("list").child(2), Kind.ADD),
                        new Difference(PropertyPath.of("name"), Kind.DELETE),
                        new Difference(PropertyPath.of("nested").child("deep.key"), Kind.UPDATE));
    }

    @Test
    void comparesSecretsByWhatTheyHide() {
        var secret = OLD.with("name", new PropertyValue.Secret(PropertyValue.of("a")));
        assertThat(StructuralDiff.between(OLD, secret)).isEmpty();
        assertThat(StructuralDiff.between(secret, OLD.with("name", PropertyValue.of("b"))))
                .hasSize(1);
    }

    @Test
    void takesNullForAbsent() {
        assertThat(StructuralDiff.between(OLD, OLD.with("gone", PropertyValue.Null.VALUE)))
                .isEmpty();
    }

    @Test
    void anUnknownValueIsAChange() {
        assertThat(StructuralDiff.between(OLD, OLD.with("name", PropertyValue.Unknown.VALUE)))
                .containsExactly(new Difference(PropertyPath.of("name"), Kind.UPDATE));
    }

    @Test
    void comparesFilesByHashWhereBothHaveOne() {
        var here = PropertyMap.of("file", new PropertyValue.Asset(null, "/a", null, "h1"));
        var moved = PropertyMap.of("file", new PropertyValue.Asset(null, "/b", null, "h1"));
        var changed = PropertyMap.of("file", new PropertyValue.Asset(null, "/a", null, "h2"));
        assertThat(StructuralDiff.between(here, moved)).isEmpty();
        assertThat(StructuralDiff.between(here, changed)).hasSize(1);
    }
}
