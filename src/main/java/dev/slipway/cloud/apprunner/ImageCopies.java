package dev.slipway.cloud.apprunner;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.VerifiedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Copies of images in a directory: every manifest, configuration and layer a file named by its digest. Thread-safe. */
final class ImageCopies {
    private static final int MOST_CONFIG_BYTES = 8 << 20;

    private final Path blobs;
    private final Path types;

    /** @param directory made when it is not there; nothing else may be in it */
    ImageCopies(Path directory) {
        this.blobs = directory.resolve("blobs");
        this.types = directory.resolve("images");
        try {
            Files.createDirectories(blobs);
            Files.createDirectories(types);
        } catch (IOException e) {
            throw new UncheckedIOException("could not make the directory for copies of images " + directory, e);
        }
    }

    /** Fetches what is not here yet, verified. The image counts as copied only when all of it is. */
    PulledImage copy(Digest digest, Manifest manifest, byte[] manifestBytes, BlobSource source) throws IOException {
        keep(manifest.config(), source);
        for (Descriptor layer : manifest.layers()) {
            keep(layer, source);
        }
        ImageConfig config = config(manifest);
        write(blobs.resolve(name(digest)), manifestBytes);
        write(types.resolve(name(digest)), manifest.mediaType().getBytes(StandardCharsets.UTF_8));
        return new PulledImage(digest, manifest, config, this::open);
    }

    Optional<PulledImage> find(Digest digest) {
        try {
            String mediaType = Files.readString(types.resolve(name(digest)));
            Manifest manifest = Manifest.parse(mediaType, Files.readAllBytes(blobs.resolve(name(digest))));
            return Optional.of(new PulledImage(digest, manifest, config(manifest), this::open));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("could not read the copy of the image " + digest, e);
        }
    }

    /**
     * Removes what belongs neither to these images nor to the idle ones that were in use last.
     *
     * @param mostIdle how many of those stay
     * @param mostIdleBytes of their layers together
     * @return the idle ones that stay
     */
    List<PulledImage> retain(Collection<Digest> inUse, int mostIdle, long mostIdleBytes) {
        Set<String> kept = new HashSet<>();
        for (Digest image : Set.copyOf(inUse)) {
            find(image).ifPresent(copy -> {
                keepAll(kept, copy);
                markUsed(copy);
            });
        }
        List<PulledImage> idle = new ArrayList<>();
        long bytes = 0;
        for (PulledImage copy : newestFirst(inUse)) {
            bytes += copy.manifest().layers().stream()
                    .mapToLong(Descriptor::size)
                    .sum();
            if (idle.size() < mostIdle && bytes <= mostIdleBytes) {
                keepAll(kept, copy);
                idle.add(copy);
            }
        }
        removeAllBut(kept);
        return idle;
    }

    private static void keepAll(Set<String> kept, PulledImage copy) {
        kept.add(name(copy.digest()));
        kept.add(name(copy.manifest().config().digest()));
        copy.manifest().layers().forEach(layer -> kept.add(name(layer.digest())));
    }

    /** By the time of the file that makes a copy count, so that the order outlives the process. */
    private void markUsed(PulledImage copy) {
        try {
            write(
                    types.resolve(name(copy.digest())),
                    copy.manifest().mediaType().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("could not mark the copy of the image " + copy.digest() + " as used", e);
        }
    }

    private List<PulledImage> newestFirst(Collection<Digest> but) {
        Set<String> inUse = but.stream().map(ImageCopies::name).collect(Collectors.toSet());
        try (Stream<Path> files = Files.list(types)) {
            return files.filter(file -> !inUse.contains(file.getFileName().toString()))
                    .sorted(Comparator.comparingLong(ImageCopies::age).reversed())
                    .flatMap(file -> found(file.getFileName().toString()).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("could not list the copies of images in " + types, e);
        }
    }

    private static long age(Path file) {
        try {
            return Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS);
        } catch (IOException gone) {
            return 0;
        }
    }

    /** The copy behind a file; one that can't be read counts as none, and so is removed. */
    private Optional<PulledImage> found(String file) {
        try {
            return find(Digest.parse(file.replaceFirst("-", ":")));
        } catch (UncheckedIOException | IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }

    private void removeAllBut(Set<String> kept) {
        for (Path directory : List.of(types, blobs)) {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    if (!kept.contains(file.getFileName().toString())) {
                        Files.deleteIfExists(file);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException("could not remove old copies of images in " + directory, e);
            }
        }
    }

    private InputStream open(Digest digest) throws IOException {
        return Files.newInputStream(blobs.resolve(name(digest)));
    }

    private ImageConfig config(Manifest manifest) throws IOException {
        try (InputStream in = open(manifest.config().digest())) {
            return ImageConfig.parse(in.readNBytes(MOST_CONFIG_BYTES));
        }
    }

    private void keep(Descriptor blob, BlobSource source) throws IOException {
        Path file = blobs.resolve(name(blob.digest()));
        if (Files.exists(file)) {
            return;
        }
        Path part = Files.createTempFile(blobs, "part-", "");
        try {
            try (InputStream in = new VerifiedInputStream(source.open(blob.digest()), blob.digest(), blob.size())) {
                Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void write(Path file, byte[] content) throws IOException {
        Path part = Files.createTempFile(blobs, "part-", "");
        Files.write(part, content);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String name(Digest digest) {
        return digest.algorithm() + "-" + digest.hex();
    }
}
