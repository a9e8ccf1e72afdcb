package dev.slipway.cloud.runtime;

import dev.slipway.cloud.runtime.RuntimeFailure.Kind;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.VerifiedInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Unpacked layers, one directory each, named by the digest of the uncompressed layer and shared by all images that have it. A directory appears
 * under its name only when all of it was written and both digests were right.
 */
final class LayerStore {
    /** The options of a mount fit on one page of memory, which limits the number of names. */
    static final int MOST_LAYERS = 140;

    private static final int NAME = 24;

    private final Path directory;
    private final DiskUse limits;
    private final boolean setOwners;
    private final WhiteoutMaker whiteoutMaker;
    private final Map<String, Object> locks = new ConcurrentHashMap<>();

    /** Makes character devices 0/0 at the given paths of a directory, as overlay wants removed files to be marked. */
    interface WhiteoutMaker {
        void make(Path directory, List<String> paths) throws IOException;
    }

    LayerStore(Path directory, DiskUse limits, boolean setOwners, WhiteoutMaker whiteoutMaker) throws IOException {
        this.directory = directory;
        this.limits = limits;
        this.setOwners = setOwners;
        this.whiteoutMaker = whiteoutMaker;
        Files.createDirectories(directory);
        try (Stream<Path> left = Files.list(directory)) {
            for (Path unfinished : left.filter(
                            path -> path.getFileName().toString().startsWith("."))
                    .toList()) {
                TreeRemoval.of(unfinished);
            }
        }
    }

    /** A layer with one executable, {@code /launcher}, by which a runtime tries itself out. */
    void installProbe(Digest digest, byte[] executable) throws IOException {
        Path root = directory.resolve(name(digest));
        TreeRemoval.of(root);
        Files.createDirectory(root);
        Path file = Files.write(root.resolve("launcher"), executable);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        new LayerRecord(executable.length, 1, List.of(), List.of()).write(directory.resolve(name(digest) + ".json"));
    }

    Path directory() {
        return directory;
    }

    /** Unpacks what is not there yet. */
    void prepare(Manifest manifest, ImageConfig config, BlobSource blobs) throws RuntimeFailure {
        List<Descriptor> layers = manifest.layers();
        if (layers.size() != config.diffIds().size()) {
            throw new RuntimeFailure(
                    Kind.BAD_IMAGE,
                    "the image's manifest names " + layers.size() + " layers but its configuration "
                            + config.diffIds().size() + "; push the image again");
        }
        if (layers.size() > MOST_LAYERS) {
            throw new RuntimeFailure(
                    Kind.BAD_IMAGE,
                    "the image has " + layers.size() + " layers; at most " + MOST_LAYERS
                            + " can be run here: build it with fewer steps or squash it");
        }
        DiskUse below = DiskUse.NONE;
        for (int i = 0; i < layers.size(); i++) {
            Descriptor layer = layers.get(i);
            try {
                below = below.plus(
                        unpackOnce(layer, config.diffIds().get(i), blobs, below).use());
                limits.mustHold(below);
            } catch (IOException e) {
                throw new RuntimeFailure(
                        Kind.BAD_IMAGE,
                        "can't unpack layer " + (i + 1) + " of " + layers.size() + " (" + layer.digest() + "): "
                                + (e.getMessage() == null ? e.toString() : e.getMessage()),
                        e);
            }
        }
    }

    /** Names of the image's layers in {@link #directory()}, topmost first, each once: what a lower one repeats is hidden anyway. */
    List<String> names(ImageConfig config) {
        List<String> topFirst =
                new ArrayList<>(config.diffIds().stream().map(LayerStore::name).toList());
        Collections.reverse(topFirst);
        return List.copyOf(new LinkedHashSet<>(topFirst));
    }

    LayerRecord record(String name) throws IOException {
        return LayerRecord.read(directory.resolve(name + ".json"));
    }

    /** Removes the layers whose names are not given. */
    void keepOnly(Set<String> names) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            for (Path layer : all.toList()) {
                String name = layer.getFileName().toString().replace(".json", "");
                if (!names.contains(name) && name.length() == NAME) {
                    synchronized (lock(name)) {
                        TreeRemoval.of(layer);
                    }
                }
            }
        }
    }

    private static String name(Digest diffId) {
        return diffId.hex().substring(0, NAME);
    }

    private Object lock(String name) {
        return locks.computeIfAbsent(name, key -> new Object());
    }

    private LayerRecord unpackOnce(Descriptor layer, Digest diffId, BlobSource blobs, DiskUse below)
            throws IOException {
        String name = name(diffId);
        synchronized (lock(name)) {
            Path place = directory.resolve(name);
            if (Files.isDirectory(place)) {
                return record(name);
            }
            Path unfinished = Files.createTempDirectory(
                    directory,
                    ".unpack",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            try {
                Path root = Files.createDirectory(unfinished.resolve("root"));
                Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
                LayerRecord record = unpack(layer, diffId, blobs, root, below);
                whiteoutMaker.make(root, record.whiteouts());
                markOpaque(root, record.opaque());
                record.write(directory.resolve(name + ".json"));
                Files.move(root, place, StandardCopyOption.ATOMIC_MOVE);
                return record;
            } finally {
                TreeRemoval.of(unfinished);
            }
        }
    }

    private LayerRecord unpack(Descriptor layer, Digest diffId, BlobSource blobs, Path root, DiskUse below)
            throws IOException {
        // Headers and padding of many small files are more than their content; beyond that it is a bomb.
        DiskUse left = limits.minus(below);
        long most = left.bytes() * 2 + left.files() * 2048;
        try (InputStream raw = new BufferedInputStream(
                        new VerifiedInputStream(blobs.open(layer.digest()), layer.digest(), layer.size()), 1 << 16);
                InputStream tar = new VerifiedInputStream(LayerCompression.decompress(raw, most), diffId, -1)) {
            LayerRecord record = new LayerUnpacker(root, limits, below, setOwners).unpack(new TarReader(tar));
            // Only the end of a stream proves its digest.
            tar.transferTo(java.io.OutputStream.nullOutputStream());
            raw.transferTo(java.io.OutputStream.nullOutputStream());
            return record;
        }
    }

    private static void markOpaque(Path root, List<String> directories) throws IOException {
        for (String name : new HashSet<>(directories)) {
            UserDefinedFileAttributeView attributes =
                    Files.getFileAttributeView(root.resolve(name), UserDefinedFileAttributeView.class);
            try {
                attributes.write("overlay.opaque", ByteBuffer.wrap(new byte[] {'y'}));
            } catch (IOException e) {
                // Where the file system has no such attributes overlay does not work either, and the record is used for
                // copying.
            }
        }
    }
}
