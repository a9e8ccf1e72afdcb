package dev.slipway.cloud.ecr;

import dev.slipway.cloud.registry.Client;
import dev.slipway.cloud.registry.RegistryContent;
import dev.slipway.cloud.registry.RegistryException;
import dev.slipway.cloud.registry.RepositoryId;
import dev.slipway.cloud.registry.StoredManifest;
import dev.slipway.cloud.registry.Upstream;
import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.store.Table;
import dev.slipway.oci.Digest;
import dev.slipway.oci.remote.RegistryClient;
import dev.slipway.oci.remote.RemoteFailure;
import dev.slipway.oci.remote.RemoteManifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The local stand-in for {@code public.ecr.aws}: images that were installed here, and all others fetched from the real one when they are first asked for. */
public final class Gallery {
    /** A tag that was looked up this recently is not looked up again. */
    private static final Duration FRESH = Duration.ofMinutes(10);

    private static final int LOCKS = 16;

    private final RegistryContent content;
    private final Table<InstalledRow> installed;
    private final Optional<RegistryClient> real;
    private final InstantSource clock;
    private final Map<String, CompletableFuture<?>> underWay = new ConcurrentHashMap<>();
    /** Two pulls of one thing shall fetch it once. */
    private final List<Object> locks =
            java.util.stream.Stream.generate(Object::new).limit(LOCKS).toList();

    private final Upstream upstream = new Upstream() {
        @Override
        public void fetchManifest(Client client, RepositoryId repository, String reference) {
            Gallery.this.fetchManifest(repository, reference);
        }

        @Override
        public void fetchBlob(Client client, RepositoryId repository, Digest digest) {
            Gallery.this.fetchBlob(repository, digest);
        }
    };

    Gallery(Store store, RegistryContent content, Optional<RegistryClient> real, InstantSource clock) {
        this.installed = store.table("gallery-installed", InstalledRow.class);
        this.content = content;
        this.real = real;
        this.clock = clock;
    }

    /**
     * Puts an image into the gallery, or moves its tag. From then on the whole repository is local: its other tags are not looked for
     * elsewhere.
     *
     * @param repository alias and name, for example {@code slipway/hello}
     * @param blobs the configuration and the layers; those that are here already may be left out
     */
    public void install(String repository, String tag, byte[] manifest, String mediaType, Map<Digest, Path> blobs)
            throws IOException {
        RepositoryId id = RepositoryId.gallery(repository);
        content.install(id, tag, mediaType, manifest, blobs);
        installed.putIfAbsent(repository, new InstalledRow(repository, clock.instant()));
    }

    /**
     * Says that images of a repository are being installed: who asks for them waits, and is told why they are not there if that fails.
     */
    public void awaits(String repository, CompletableFuture<?> installation) {
        underWay.put(repository, installation);
    }

    private void await(RepositoryId repository) {
        CompletableFuture<?> installation = underWay.get(repository.name());
        if (installation == null) {
            return;
        }
        try {
            installation.join();
        } catch (CompletionException e) {
            if (!isInstalled(repository)) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                throw RegistryException.manifestUnknown(
                        repository.path() + " could not be made here: " + cause.getMessage());
            }
        }
    }

    /** A repository whose images were installed here. */
    record InstalledRow(String repository, Instant since) {}

    Upstream upstream() {
        return upstream;
    }

    List<InstalledRow> installed() {
        underWay.values()
                .forEach(installation ->
                        installation.handle((done, failed) -> null).join());
        return List.copyOf(installed.values());
    }

    private boolean isInstalled(RepositoryId repository) {
        return installed.get(repository.name()).isPresent();
    }

    private void fetchManifest(RepositoryId repository, String reference) {
        await(repository);
        if (isInstalled(repository)) {
            return;
        }
        synchronized (lock(repository.name() + " " + reference)) {
            Optional<StoredManifest> here = content.find(repository, reference);
            boolean byDigest = reference.indexOf(':') >= 0;
            if (here.isPresent() && (byDigest || isFresh(repository, reference))) {
                return;
            }
            try {
                RemoteManifest manifest = client(repository, reference).manifest(repository.name(), reference);
                content.mirror(
                        repository,
                        byDigest ? Optional.empty() : Optional.of(reference),
                        manifest.digest(),
                        manifest.mediaType(),
                        manifest.bytes());
            } catch (RemoteFailure e) {
                // What was fetched before is better than nothing while the real gallery can't be asked.
                if (here.isEmpty() || e.kind() != RemoteFailure.Kind.UNREACHABLE) {
                    throw RegistryException.manifestUnknown(missing(repository, reference, e));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private boolean isFresh(RepositoryId repository, String tag) {
        Instant limit = clock.instant().minus(FRESH);
        return content.tagMovedAt(repository, tag)
                .filter(moved -> moved.isAfter(limit))
                .isPresent();
    }

    private void fetchBlob(RepositoryId repository, Digest digest) {
        if (isInstalled(repository) || content.blobSize(repository, digest).isPresent()) {
            return;
        }
        synchronized (lock(digest.hex())) {
            if (content.blobSize(repository, digest).isPresent()) {
                return;
            }
            try {
                content.store(
                        repository,
                        digest,
                        -1,
                        client(repository, digest.toString())
                                .blobs(repository.name())
                                .open(digest));
            } catch (RemoteFailure e) {
                throw RegistryException.blobUnknown(missing(repository, digest.toString(), e));
            } catch (IOException e) {
                throw RegistryException.blobUnknown("the download of " + digest + " from " + repository + " broke off: "
                        + e.getMessage() + "; try again");
            }
        }
    }

    private RegistryClient client(RepositoryId repository, String reference) {
        return real.orElseThrow(() -> RegistryException.manifestUnknown(name(repository, reference)
                + " is not in the local gallery, and this local cloud does not fetch from the real one; "
                + offered()));
    }

    private String missing(RepositoryId repository, String reference, RemoteFailure failure) {
        String why =
                switch (failure.kind()) {
                    case NOT_FOUND -> "is neither in the local gallery nor in the real one";
                    case UNREACHABLE -> "is not in the local gallery, and the real one can't be reached now";
                    default -> "is not in the local gallery, and can't be fetched from the real one";
                };
        return name(repository, reference) + " " + why + " (" + failure.getMessage() + "); " + offered();
    }

    private static String name(RepositoryId repository, String reference) {
        return repository.path() + (reference.indexOf(':') < 0 ? ":" : "@") + reference;
    }

    private String offered() {
        String images = content.galleryRepositories().stream()
                .flatMap(repository -> content.images(repository).stream())
                .flatMap(image ->
                        image.tags().stream().map(tag -> image.repository().path() + ":" + tag))
                .sorted()
                .limit(20)
                .collect(Collectors.joining(", "));
        return images.isEmpty() ? "the local gallery is empty" : "the local gallery has " + images;
    }

    private Object lock(String key) {
        return locks.get(Math.floorMod(key.hashCode(), LOCKS));
    }
}
