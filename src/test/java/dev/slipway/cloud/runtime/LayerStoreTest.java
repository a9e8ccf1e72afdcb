package dev.slipway.cloud.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import dev.slipway.oci.Digest;
import dev.slipway.oci.ImageConfig;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LayerStoreTest {
    @TempDir
    private Path temporary;

    private final List<String> whiteouts = new ArrayList<>();
    private Path outside;
    private LayerStore store;

    @BeforeEach
    void openStore() throws IOException {
        outside = Files.writeString(temporary.resolve("outside"), "untouched");
        store = store(new DiskUse(1_000_000, 1000));
    }

    private LayerStore store(DiskUse limits) throws IOException {
        return new LayerStore(
                temporary.resolve("layers"), limits, false, (directory, paths) -> whiteouts.addAll(paths));
    }

    private Path unpack(TestLayer... layers) throws RuntimeFailure {
        TestLayer.Image image = TestLayer.image(layers);
        store.prepare(image.manifest(), image.config(), image);
        return store.directory().resolve(store.names(image.config()).get(0));
    }

    private void refuses(TestLayer layer, String... words) {
        refuses(() -> unpack(layer), words);
    }

    private void refuses(ThrowingCallable unpacking, String... words) {
        assertThatThrownBy(unpacking)
                .isInstanceOf(RuntimeFailure.class)
                .hasMessageContainingAll(words)
                .satisfies(e -> assertThat(((RuntimeFailure) e).kind()).isEqualTo(RuntimeFailure.Kind.BAD_IMAGE));
        assertNothingUnfinished();
    }

    private void assertNothingUnfinished() {
        try (Stream<Path> left = Files.list(store.directory())) {
            assertThat(left.filter(path -> path.getFileName().toString().startsWith(".")))
                    .isEmpty();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void unpacksFilesDirectoriesAndLinks() throws Exception {
        Path layer = unpack(new TestLayer()
                .directory("etc/")
                .file("etc/motd", "hello")
                .entry("bin/run", '0', 04755, "x".getBytes(UTF_8), "")
                .link("etc/link", "motd")
                .hardLink("etc/hard", "etc/motd"));

        assertThat(layer.resolve("etc/link")).isSymbolicLink().hasContent("hello");
        assertThat(Files.isSameFile(layer.resolve("etc/hard"), layer.resolve("etc/motd")))
                .isTrue();
        assertThat((Integer) Files.getAttribute(layer.resolve("bin/run"), "unix:mode") & 07777)
                .isEqualTo(04755);
        assertThat(Files.getLastModifiedTime(layer.resolve("etc/motd")).toMillis())
                .isEqualTo(1_700_000_000_000L);
    }

    @Test
    void readsLongNamesOfPaxAndGnu() throws Exception {
        String name = "d/".repeat(100) + "file";
        Path layer = unpack(new TestLayer()
                .pax("path", name)
                .file("short", "pax")
                .gnuLongName("g/" + name)
                .file("short", "gnu"));

        assertThat(layer.resolve(name)).hasContent("pax");
        assertThat(layer.resolve("g/" + name)).hasContent("gnu");
    }

    @Test
    void unpacksALayerThatTwoImagesShareOnce() throws Exception {
        Path layer = unpack(new TestLayer().file("a", "1"));
        Object before = Files.getAttribute(layer, "unix:ino");
        unpack(new TestLayer().file("a", "1"));
        assertThat(Files.getAttribute(layer, "unix:ino")).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside", "../../../../../../../../tmp/../outside", "a/../../../outside", "/outside"})
    void keepsNamesThatClimbInside(String name) throws Exception {
        Path layer = unpack(new TestLayer().file(name, "evil"));
        assertThat(outside).hasContent("untouched");
        assertThat(Files.walk(layer).filter(file -> file.endsWith("outside"))).hasSize(1);
    }

    @Test
    void followsLinksOfTheLayerInsideOnly() throws Exception {
        Path layer = unpack(new TestLayer()
                .link("up", "../../../..")
                .link("absolute", temporary.toString())
                .file("up/outside", "evil")
                .file("absolute/outside", "evil"));
        assertThat(outside).hasContent("untouched");
        assertThat(layer.resolve("outside")).hasContent("evil");
        assertThat(layer.resolve(temporary.toString().substring(1)).resolve("outside"))
                .hasContent("evil");
    }

    @Test
    void replacesALinkInsteadOfWritingThroughIt() throws Exception {
        Path layer = unpack(new TestLayer().link("file", outside.toString()).file("file", "evil"));
        assertThat(outside).hasContent("untouched");
        assertThat(Files.isRegularFile(layer.resolve("file"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
    }

    @Test
    void doesNotMakeADirectoryOutOfALink() throws Exception {
        Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
        Path layer = unpack(
                new TestLayer().link("d", elsewhere.toString()).directory("d").file("d/file", "evil"));
        assertThat(elsewhere).isEmptyDirectory();
        assertThat(layer.resolve("d/file")).hasContent("evil");
    }

    @Test
    void refusesALoopOfLinks() {
        refuses(new TestLayer().link("a", "b").link("b", "a").file("a/file", "x"), "too many symbolic links");
    }

    @Test
    void refusesHardLinksToWhatIsNotInTheLayer() {
        refuses(new TestLayer().hardLink("stolen", "../../outside"), "no file of the layer");
        refuses(new TestLayer().hardLink("stolen", outside.toString()), "no file of the layer");
        refuses(
                new TestLayer().link("l", temporary.toString()).hardLink("stolen", "l/outside"),
                "no file of the layer");
    }

    @Test
    void collectsWhiteoutsAndKeepsThemInside() throws Exception {
        Path layer = unpack(new TestLayer()
                .file("d/.wh.gone", "")
                .file("../../.wh.outside", "")
                .file("o/.wh..wh..opq", "")
                .file("again/.wh.made", "")
                .directory("again/made"));
        assertThat(whiteouts).containsExactlyInAnyOrder("d/gone", "outside");
        assertThat(outside).hasContent("untouched");
        assertThat(store.record(layer.getFileName().toString()).opaque()).containsExactlyInAnyOrder("o", "again/made");
    }

    @ParameterizedTest
    @ValueSource(strings = {".wh.", ".wh..", ".wh..."})
    void refusesWhiteoutsOfNoName(String name) {
        refuses(new TestLayer().file("d/" + name, ""), "which is no name");
    }

    @Test
    void leavesDevicesAndPipesOut() throws Exception {
        Path layer = unpack(new TestLayer()
                .entry("disk", '4', 0666, new byte[0], "")
                .entry("tty", '3', 0666, new byte[0], "")
                .entry("pipe", '6', 0666, new byte[0], "")
                .file("file", "x"));
        assertThat(layer).isDirectoryNotContaining("glob:**{disk,tty,pipe}");
    }

    @Test
    void refusesTooManyBytesAndFiles() throws Exception {
        store = store(new DiskUse(10, 1000));
        refuses(new TestLayer().file("a", "12345678").file("b", "12345678"), "larger than");
        store = store(new DiskUse(1000, 2));
        refuses(new TestLayer().file("a", "").file("b", "").file("c", ""), "more than 2 files");
    }

    @Test
    void namesTheLimitOfTheWholeImageNotWhatTheLayersBelowLeave() throws Exception {
        TestLayer below = new TestLayer().file("a", "12345678").file("b", "");
        store = store(new DiskUse(2_000_000, 3));
        refuses(() -> unpack(below, new TestLayer().file("c", "").file("d", "")), "more than 3 files");
        byte[] large = new byte[1_999_999];
        refuses(() -> unpack(below, new TestLayer().entry("c", '0', 0644, large, "")), "larger than 2 MB");
    }

    @Test
    void refusesTooManyBytesAlsoInLayersThatAreThereAlready() throws Exception {
        store = store(new DiskUse(10, 1000));
        TestLayer one = new TestLayer().file("a", "12345678");
        TestLayer other = new TestLayer().file("b", "12345678");
        unpack(one);
        unpack(other);
        refuses(() -> unpack(one, other), "layer 2 of 2", "larger than");
    }

    @Test
    void refusesWhatGrowsWithoutEnd() throws Exception {
        store = store(new DiskUse(1000, 2));
        byte[] tar = new byte[1 << 20];
        TestLayer.Image image = TestLayer.image(List.of(tar));
        assertThatThrownBy(() -> store.prepare(image.manifest(), image.config(), image))
                .hasMessageContaining("larger uncompressed");
    }

    @Test
    void refusesAWrongDigestAndPublishesNothing() {
        TestLayer.Image image = TestLayer.image(new TestLayer().file("a", "right"));
        Digest digest = image.manifest().layers().get(0).digest();
        image.blobs()
                .put(digest, TestLayer.gzip(new TestLayer().file("a", "wrong").bytes()));
        assertThatThrownBy(() -> store.prepare(image.manifest(), image.config(), image))
                .hasMessageContaining(digest.toString());
        assertThat(store.directory().resolve(store.names(image.config()).get(0)))
                .doesNotExist();
        assertNothingUnfinished();
    }

    @Test
    void refusesAWrongDiffId() {
        TestLayer.Image image = TestLayer.image(new TestLayer().file("a", "right"));
        ImageConfig c = image.config();
        Digest other = Digest.of(new byte[] {1});
        ImageConfig lying = new ImageConfig(
                c.architecture(), c.os(), c.entrypoint(), c.command(), c.env(), "", "", List.of(), "", List.of(other));
        assertThatThrownBy(() -> store.prepare(image.manifest(), lying, image)).hasMessageContaining(other.toString());
    }

    @Test
    void unpacksGzipInSeveralMembersAlsoWhenNoneIsAtHandYet() throws Exception {
        byte[] tar = new TestLayer().file("a", "text").bytes();
        byte[] first = TestLayer.gzip(Arrays.copyOf(tar, 700));
        byte[] second = TestLayer.gzip(Arrays.copyOfRange(tar, 700, tar.length));
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        members.writeBytes(first);
        members.writeBytes(second);
        TestLayer.Image image = TestLayer.compressed(tar, members.toByteArray());
        Digest layer = image.manifest().layers().get(0).digest();

        store.prepare(
                image.manifest(),
                image.config(),
                digest -> digest.equals(layer) ? arriving(first, second) : image.open(digest));

        Path root = store.directory().resolve(store.names(image.config()).get(0));
        assertThat(root.resolve("a")).hasContent("text");
    }

    /** Two pieces, of which the second is not at hand when the first has been read. */
    private static InputStream arriving(byte[] first, byte[] second) {
        return new SequenceInputStream(new ByteArrayInputStream(first), new ByteArrayInputStream(second)) {
            @Override
            public int available() {
                return 0;
            }
        };
    }

    @Test
    void unpacksZstdAlsoInSeveralFramesAndUncompressedLayers() throws Exception {
        byte[] tar = new TestLayer().file("a", "text").bytes();
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        frames.writeBytes(Zstd.compress(Arrays.copyOf(tar, 700)));
        frames.writeBytes(Zstd.compress(Arrays.copyOfRange(tar, 700, tar.length)));
        // What zstd:chunked ends with: a frame that is to be skipped.
        frames.writeBytes(new byte[] {0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3});
        for (byte[] layer : List.of(Zstd.compress(tar), frames.toByteArray(), tar)) {
            TestLayer.Image image = TestLayer.compressed(tar, layer);
            store.prepare(image.manifest(), image.config(), image);
            Path root = store.directory().resolve(store.names(image.config()).get(0));
            assertThat(root.resolve("a")).hasContent("text");
            store.keepOnly(Set.of());
        }
    }

    @Test
    void refusesABrokenOrEndlessZstdLayer() {
        byte[] tar = new TestLayer().file("a", "text").bytes();
        byte[] broken = Zstd.compress(tar);
        broken[broken.length / 2] ^= 0x55;
        byte[] cut = Arrays.copyOf(Zstd.compress(tar), 20);
        for (byte[] layer : List.of(broken, cut)) {
            TestLayer.Image image = TestLayer.compressed(tar, layer);
            assertThatThrownBy(() -> store.prepare(image.manifest(), image.config(), image))
                    .isInstanceOf(RuntimeFailure.class)
                    .hasMessageContaining("can't unpack layer 1 of 1");
        }
        TestLayer.Image bomb = TestLayer.compressed(tar, Zstd.compress(new byte[64 << 20]));
        assertThatThrownBy(() -> store.prepare(bomb.manifest(), bomb.config(), bomb))
                .hasMessageContaining("larger uncompressed");
        assertNothingUnfinished();
    }

    @Test
    void refusesNamesThatNoFileCanHave() {
        refuses(new TestLayer().pax("path", "a\0b").file("x", ""), "zero byte");
        refuses(new TestLayer().pax("linkpath", "a\0b").link("x", "y"), "zero byte");
        refuses(new TestLayer().pax("path", "n".repeat(300)).file("x", ""), "name too long");
        refuses(new TestLayer().pax("path", "d/".repeat(5000) + "x").file("x", ""), "name too long");
    }

    @Test
    void refusesSizesThatLie() {
        refuses(new TestLayer().pax("size", "9223372036854775807").file("x", ""), "larger than");
        refuses(
                new TestLayer()
                        .file("a", "1")
                        .pax("size", "9223372036854775807")
                        .file("x", ""),
                "larger than");
        refuses(new TestLayer().pax("size", "-1").file("x", ""), "the size -1");
        refuses(new TestLayer().pax("size", "many").file("x", ""), "malformed size");
        refuses(new TestLayer().pax("GNU.sparse.realsize", "1099511627776").file("x", ""), "sparse");
        refuses(new TestLayer().entry("x", 'S', 0644, new byte[0], ""), "sparse");
    }

    @Test
    void refusesAThousandLayers() {
        List<byte[]> tars = java.util.stream.IntStream.range(0, 1000)
                .mapToObj(i -> new TestLayer().file("f" + i, "").bytes())
                .toList();
        TestLayer.Image image = TestLayer.image(tars);
        assertThatThrownBy(() -> store.prepare(image.manifest(), image.config(), image))
                .hasMessageContainingAll("1000 layers", "at most " + LayerStore.MOST_LAYERS);
    }

    @Test
    void refusesWhatIsNoTarFile() {
        byte[] noise = "this is no tar file".repeat(100).getBytes(UTF_8);
        TestLayer.Image image = TestLayer.image(List.of(noise));
        assertThatThrownBy(() -> store.prepare(image.manifest(), image.config(), image))
                .hasMessageContaining("not a tar file");
    }

    @Test
    void refusesATarFileThatEndsEarly() {
        byte[] whole = new TestLayer().file("a", "x".repeat(2000)).bytes();
        TestLayer.Image image = TestLayer.image(List.of(Arrays.copyOf(whole, 1024)));
        assertThatThrownBy(() -> store.prepare(image.manifest(), image.config(), image))
                .hasMessageContaining("ends in the middle");
    }

    @Test
    void removesLayersThatNobodyUses() throws Exception {
        Path one = unpack(new TestLayer().file("a", "1"));
        Path two = unpack(new TestLayer().file("a", "2"));
        store.keepOnly(Set.of(two.getFileName().toString()));
        assertThat(one).doesNotExist();
        assertThat(two).exists();
    }

    @Test
    void removesWhatADeadPredecessorLeftUnfinished() throws Exception {
        Path left = Files.createDirectories(
                store.directory().resolve(".unpack123").resolve("root").resolve("d"));
        store(DiskUse.APP_RUNNER);
        assertThat(left).doesNotExist();
    }
}
