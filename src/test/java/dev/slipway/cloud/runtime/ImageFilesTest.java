package dev.slipway.cloud.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageFilesTest {
    @TempDir
    private Path temporary;

    private ImageFiles files(TestLayer... layers) throws Exception {
        TestLayer.Image image = TestLayer.image(layers);
        LayerStore store =
                new LayerStore(temporary.resolve("layers"), DiskUse.APP_RUNNER, false, (directory, paths) -> {});
        store.prepare(image.manifest(), image.config(), image);
        return ImageFiles.of(store, store.names(image.config()));
    }

    @Test
    void showsTheUppermostOfSeveral() throws Exception {
        ImageFiles files = files(new TestLayer().file("etc/a", "low\nlow"), new TestLayer().file("etc/a", "high"));
        assertThat(files.lines("/etc/a")).containsExactly("high");
    }

    @Test
    void followsLinksAcrossLayers() throws Exception {
        ImageFiles files = files(
                new TestLayer().file("usr/bin/run", "x"),
                new TestLayer().link("bin", "usr/bin").link("app", "/bin/run"));
        assertThat(files.find("/app").orElseThrow().place()).isEqualTo("/usr/bin/run");
    }

    @Test
    void doesNotShowWhatWasRemoved() throws Exception {
        ImageFiles files = files(
                new TestLayer().file("a", "x").file("d/b", "x").file("o/c", "x"),
                new TestLayer()
                        .file(".wh.a", "")
                        .file(".wh.d", "")
                        .file("o/.wh..wh..opq", "")
                        .file("o/new", "x"));
        assertThat(files.find("/a")).isEmpty();
        assertThat(files.find("/d/b")).isEmpty();
        assertThat(files.find("/o/c")).isEmpty();
        assertThat(files.find("/o/new")).isPresent();
    }

    @Test
    void neverLooksOutside() throws Exception {
        Path secret = Files.writeString(temporary.resolve("secret"), "secret");
        ImageFiles files = files(
                new TestLayer().link("etc", temporary.toString()).link("file", secret.toString()),
                new TestLayer().link("up", "../../../../" + secret));
        assertThat(files.lines("/etc/secret")).isEmpty();
        assertThat(files.lines("/file")).isEmpty();
        assertThat(files.lines("/up")).isEmpty();
        assertThat(files.lines("/../../../" + secret)).isEmpty();
    }

    @Test
    void endsOnALoop() throws Exception {
        assertThat(files(new TestLayer().link("a", "b").link("b", "a")).find("/a"))
                .isEmpty();
    }
}
