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
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    /** Removes what belongs to none of these images. */
    void retain(Collection<Digest> images) {
        Set<String> kept = new HashSet<>();
        for (Digest image : images) {
            find(image).ifPresent(copy -> {
                kept.add(name(image));
                kept.add(name(copy.manifest().config().digest()));
                copy.manifest().layers().forEach(layer -> kept.add(name(layer.digest())));
            });
        }
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
