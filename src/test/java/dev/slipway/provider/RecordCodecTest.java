package dev.slipway.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyPath;
import dev.slipway.property.PropertyValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RecordCodecTest {
    enum Colour {
        RED,
        GREEN
    }

    record Inner(@Required @Nullable String path, @Nullable Integer count) {}

    record Everything(
            @Nullable String text,
            @Nullable Boolean flag,
            @Nullable Integer whole,
            @Nullable Long big,
            @Nullable Double real,
            @Nullable Colour colour,
            @Nullable Inner inner,
            @Nullable List<Inner> many,
            @Nullable Map<String, List<String>> named,
            Optional<String> maybe) {}

    record Bad(Object anything) {}

    record Picky(@Nullable String text) {
        Picky {
            if ("no".equals(text)) {
                throw new IllegalArgumentException("expected anything but no");
            }
        }
    }

    private static final RecordCodec<Everything> CODEC = RecordCodec.of(Everything.class);

    @Test
    void readsWhatItWrote() {
        var value = new Everything(
                "t",
                true,
                -3,
                1L << 53,
                0.5,
                Colour.GREEN,
                new Inner("/a", 2),
                List.of(new Inner("/b", null)),
                Map.of("k", List.of("v", "w")),
                Optional.of("m"));
        PropertyMap written = CODEC.encode(value);
        assertThat(CODEC.decode(written)).isEqualTo(new Decoded<>(value, List.of(), java.util.Set.of()));
        assertThat(written.get("inner"))
                .hasValue(PropertyMap.of("path", PropertyValue.of("/a")).with("count", PropertyValue.of(2)));
    }

    @Test
    void leavesOutWhatIsAbsent() {
        var nothing = new Everything(null, null, null, null, null, null, null, null, null, Optional.empty());
        assertThat(CODEC.encode(nothing)).isEqualTo(PropertyMap.EMPTY);
        assertThat(CODEC.decode(PropertyMap.of("text", PropertyValue.Null.VALUE))
                        .value())
                .isEqualTo(nothing);
    }

    @Test
    void notesWhatIsUnknownAndReadsTheRest() {
        Decoded<Everything> decoded =
                CODEC.decode(PropertyMap.of("inner", PropertyMap.of("path", PropertyValue.Unknown.VALUE))
                        .with("named", PropertyMap.of("a.b", new PropertyValue.Secret(PropertyValue.Unknown.VALUE)))
                        .with("text", new PropertyValue.Secret(PropertyValue.of("open"))));
        assertThat(decoded.failures()).isEmpty();
        assertThat(decoded.unknown())
                .containsExactlyInAnyOrder(
                        PropertyPath.of("inner").child("path"),
                        PropertyPath.of("named").child("a.b"));
        assertThat(decoded.value().text()).isEqualTo("open");
        assertThat(decoded.value().inner()).isEqualTo(new Inner(null, null));
    }

    @Test
    void tellsEveryValueThatDoesNotFitAndItsPath() {
        Decoded<Everything> decoded = CODEC.decode(PropertyMap.of("text", PropertyValue.of(1))
                .with("flag", PropertyValue.of("yes"))
                .with("whole", PropertyValue.of(1.5))
                .with("big", PropertyValue.of(1e300))
                .with("colour", PropertyValue.of("BLUE"))
                .with("inner", PropertyValue.of(List.of()))
                .with(
                        "many",
                        PropertyValue.of(List.of(PropertyMap.EMPTY, PropertyMap.of("pth", PropertyValue.of("x")))))
                .with("named", PropertyMap.of("k", PropertyValue.of("v"))));
        assertThat(decoded.failures())
                .extracting(failure -> failure.path() + ": " + failure.reason())
                .containsExactly(
                        "text: expected text, got 1",
                        "flag: expected true or false, got `yes`",
                        "whole: expected a whole number, got 1.5",
                        "big: expected a whole number, got 1.0E300",
                        "colour: expected RED or GREEN, got `BLUE`",
                        "inner: expected an object, got a list",
                        "many[0].path: required, but not given",
                        "many[1].pth: unknown property; did you mean `path`?",
                        "many[1].path: required, but not given",
                        "named.k: expected a list, got text");
    }

    @Test
    void tellsNoSecretInAFailure() {
        var secret = new PropertyValue.Secret(PropertyValue.of("hunter2"));
        var whole = new PropertyValue.Secret(PropertyMap.of("path", PropertyValue.of(4711)));
        assertThat(CODEC.decode(PropertyMap.of("whole", secret)
                                .with("colour", secret)
                                .with("inner", whole))
                        .failures())
                .extracting(failure -> failure.path() + ": " + failure.reason())
                .containsExactlyInAnyOrder(
                        "whole: expected a whole number, got text",
                        "colour: expected RED or GREEN, got text",
                        "inner.path: expected text, got a number");
    }

    @Test
    void readsWhatAnotherVersionRecorded() {
        Decoded<Everything> decoded = CODEC.decodeRecorded(PropertyMap.of("gone", PropertyValue.of("x"))
                .with("inner", PropertyMap.EMPTY)
                .with("whole", PropertyValue.of("three")));
        assertThat(decoded.value().whole()).isNull();
        assertThat(decoded.value().inner()).isEqualTo(new Inner(null, null));
    }

    @Test
    void ignoresPulumisOwnNames() {
        assertThat(CODEC.decode(PropertyMap.of("__defaults", PropertyValue.of(List.of())))
                        .failures())
                .isEmpty();
    }

    @Test
    void turnsARefusalOfTheRecordIntoAFailure() {
        assertThat(RecordCodec.of(Picky.class)
                        .decode(PropertyMap.of("text", PropertyValue.of("no")))
                        .failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo("expected anything but no"));
    }

    @Test
    void refusesAComponentThatNoPropertyCanHold() {
        assertThatThrownBy(() -> RecordCodec.of(Bad.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Bad.anything");
    }
}
