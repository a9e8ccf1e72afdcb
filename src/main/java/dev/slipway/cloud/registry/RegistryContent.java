package dev.slipway.cloud.registry;

import dev.slipway.cloud.registry.Rows.BlobRow;
import dev.slipway.cloud.registry.Rows.ManifestRow;
import dev.slipway.cloud.registry.Rows.TagRow;
import dev.slipway.cloud.store.Store;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.VerifiedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** What the registry holds: blobs as content-addressed files, manifests and tags in tables. Thread-safe; a write is durable when the call returns. */
public final class RegistryContent {
    /** Content that no image needs is removed when it is so old: a push brings the layers first and names them last. */
    public static final Duration ORPHAN_AGE = Duration.ofHours(1);

    private final Blobs blobs;
    private final Catalog catalog;
    private final InstantSource clock;
    /** What ages are told by: the cloud's clock may be made to jump, and a push in flight must not grow old by that. */
    private final InstantSource machine;

    private final Uploads uploads;
    private final List<PushListener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong nextFile = new AtomicLong();
    /** Held while manifests, tags and links of any repository change. */
    private final Object changes = new Object();

    private RegistryContent(
            Blobs blobs, Store store, InstantSource clock, InstantSource machine, RandomGenerator random) {
        this.blobs = blobs;
        this.catalog = new Catalog(store);
        this.clock = clock;
        this.machine = machine;
        this.uploads = new Uploads(this, random);
    }

    /**
     * Opens what {@code directory} and {@code store} hold, and removes old files that nothing refers to.
     *
     * @param clock when images are pushed and pulled
     * @param machine the true clock, which tells how long nobody has needed something
     * @param random makes upload ids; must not be predictable
     */
    public static RegistryContent open(
            Path directory, Store store, InstantSource clock, InstantSource machine, RandomGenerator random)
            throws IOException {
        RegistryContent content = new RegistryContent(Blobs.open(directory), store, clock, machine, random);
        content.collect();
        return content;
    }

    /** Told of every push from now on; not of {@link #install}. */
    public void onPush(PushListener listener) {
        listeners.add(listener);
    }

    /** Blobs on their way in. */
    public Uploads uploads() {
        return uploads;
    }

    /** Stores an image from files and moves the tag; every digest is verified. */
    public StoredManifest install(
            RepositoryId repository, String tag, String mediaType, byte[] manifest, Map<Digest, Path> files)
            throws IOException {
        ManifestDocument document = ManifestDocument.read(mediaType, manifest);
        for (Descriptor blob : document.needs()) {
            Path file = files.get(blob.digest());
            if (file != null) {
                store(repository, blob.digest(), blob.size(), Files.newInputStream(file));
            }
        }
        synchronized (changes) {
            catalog.requireNeeds(repository, document, blobs::has);
            return record(repository, Optional.of(tag), Digest.of(manifest), manifest, document);
        }
    }

    /** Reads a blob from {@code content}, which is closed, verifies it and gives it to the repository. */
    public void store(RepositoryId repository, Digest digest, long size, InputStream content) throws IOException {
        try (InputStream verified = new VerifiedInputStream(content, digest, size)) {
            if (blobs.touch(digest, machine.instant())) {
                link(repository, digest);
                return;
            }
            Upload upload = newUpload(repository, "store-" + nextFile.getAndIncrement(), digest.algorithm());
            try {
                upload.append(-1, verified, machine.instant());
                finish(upload, digest);
            } finally {
                upload.discard();
            }
        }
    }

    /**
     * Stores a manifest that came from another registry, without asking whether its blobs are here: they are fetched when
     * somebody reads them. The bytes are kept as they came.
     */
    public StoredManifest mirror(
            RepositoryId repository, Optional<String> tag, Digest digest, String mediaType, byte[] manifest)
            throws IOException {
        ManifestDocument document = ManifestDocument.read(mediaType, manifest);
        synchronized (changes) {
            return record(repository, tag, digest, manifest, document);
        }
    }

    /**
     * Stores a manifest whose blobs (or manifests) the repository has, and moves the tag to it.
     *
     * @throws RegistryException {@code MANIFEST_INVALID}, {@code MANIFEST_BLOB_UNKNOWN}, or {@code TAG_INVALID} when the tag may not be moved
     */
    public StoredManifest push(
            RepositoryId repository,
            Optional<String> tag,
            Digest digest,
            String mediaType,
            byte[] manifest,
            Predicate<String> frozen)
            throws IOException {
        ManifestDocument document = ManifestDocument.read(mediaType, manifest);
        boolean changed;
        StoredManifest stored;
        synchronized (changes) {
            catalog.requireNeeds(repository, document, blobs::has);
            Optional<StoredManifest> before = tag.flatMap(name -> find(repository, name));
            changed = tag.isPresent()
                    ? before.filter(old -> old.digest().equals(digest)).isEmpty()
                    : find(repository, digest.toString()).isEmpty();
            if (changed && before.isPresent() && tag.filter(frozen).isPresent()) {
                throw new RegistryException(
                        400,
                        "TAG_INVALID",
                        "The image tag '" + tag.orElse("") + "' already exists in the '" + repository.name()
                                + "' repository and cannot be overwritten because the tag is immutable.");
            }
            stored = record(repository, tag, digest, manifest, document);
        }
        if (changed) {
            listeners.forEach(listener -> listener.pushed(repository, tag, digest));
        }
        return stored;
    }

    /** The manifest's file first, the row that names it second. Only inside of {@link #changes}. */
    private StoredManifest record(
            RepositoryId repository, Optional<String> tag, Digest digest, byte[] manifest, ManifestDocument document)
            throws IOException {
        Instant now = clock.instant();
        blobs.keep(manifest, digest, "manifest-" + nextFile.getAndIncrement(), machine.instant());
        catalog.add(repository, digest, document, now);
        tag.ifPresent(name -> catalog.tag(repository, name, digest, now));
        return find(repository, digest.toString()).orElseThrow();
    }

    /** The image that a tag or a digest stands for. */
    public Optional<StoredManifest> find(RepositoryId repository, String reference) {
        return catalog.find(repository, reference);
    }

    /** When the tag was last moved, or confirmed by {@link #mirror}. */
    public Optional<Instant> tagMovedAt(RepositoryId repository, String tag) {
        return catalog.tagRow(repository, tag).map(TagRow::movedAt);
    }

    /** All images of a repository with their tags, ordered by digest. */
    public List<StoredManifest> images(RepositoryId repository) {
        return catalog.images(repository);
    }

    /** The images that say they are about this one, ordered by digest. It need not be there itself. */
    public List<StoredManifest> referrers(RepositoryId repository, Digest subject) {
        return images(repository).stream()
                .filter(image -> image.subject().equals(Optional.of(subject)))
                .toList();
    }

    /** The document of an image as it was pushed, byte for byte. */
    public byte[] bytes(StoredManifest manifest) throws IOException {
        return Files.readAllBytes(blobs.file(manifest.digest()));
    }

    /** Remembers that an image was pulled just now. */
    public void pulled(StoredManifest manifest) {
        catalog.pulled(manifest, clock.instant());
    }

    /** The repositories of the public gallery that hold something, ordered. */
    public List<RepositoryId> galleryRepositories() {
        return catalog.manifests().stream()
                .map(ManifestRow::repository)
                .filter(RepositoryId::isGallery)
                .distinct()
                .sorted(Comparator.comparing(RepositoryId::name))
                .toList();
    }

    /** An index in the repository that names this manifest, which therefore must stay. */
    public Optional<Digest> indexThatNeeds(RepositoryId repository, Digest digest) {
        return catalog.manifests().stream()
                .filter(row -> row.repository().equals(repository)
                        && MediaTypes.isIndex(row.mediaType())
                        && row.needs().contains(digest.toString()))
                .map(row -> Digest.parse(row.digest()))
                .findFirst();
    }

    /** Removes a tag; false when it was not there. The image stays. */
    public boolean removeTag(RepositoryId repository, String tag) {
        return catalog.removeTag(repository, tag);
    }

    /** Removes an image and its tags; false when it was not there. */
    public boolean removeImage(RepositoryId repository, Digest digest) {
        synchronized (changes) {
            return catalog.remove(repository, digest);
        }
    }

    /** Removes all that a repository holds. */
    public void removeAll(RepositoryId repository) {
        synchronized (changes) {
            catalog.removeAll(repository);
        }
    }

    /** The size of a blob that the repository has, in bytes. */
    public Optional<Long> blobSize(RepositoryId repository, Digest digest) {
        return catalog.link(repository, digest).filter(row -> blobs.has(digest)).map(BlobRow::size);
    }

    /**
     * The same for a client that will not push the blob when it is there: it stays for {@link #ORPHAN_AGE} from now, whatever becomes of the
     * images that name it.
     */
    public Optional<Long> promiseBlob(RepositoryId repository, Digest digest) throws IOException {
        Optional<BlobRow> row = catalog.link(repository, digest);
        Instant soon = machine.instant().minus(ORPHAN_AGE.dividedBy(4));
        if (row.isPresent() && row.get().since().orElse(Instant.EPOCH).isBefore(soon) && blobs.has(digest)) {
            link(repository, digest);
        }
        return blobSize(repository, digest);
    }

    /** Lets a repository have a blob that another one has; false when that one has not. */
    public boolean adopt(RepositoryId from, RepositoryId to, Digest digest) throws IOException {
        if (blobSize(from, digest).isEmpty()) {
            return false;
        }
        link(to, digest);
        return true;
    }

    /** The size of a blob on disk, whoever has it. */
    long size(Digest digest) throws IOException {
        try {
            return Files.size(blobs.file(digest));
        } catch (NoSuchFileException e) {
            throw RegistryException.blobUnknown("the blob " + digest + " was removed");
        }
    }

    FileChannel openBlob(Digest digest) throws IOException {
        try {
            return blobs.open(digest);
        } catch (NoSuchFileException e) {
            throw RegistryException.blobUnknown("the blob " + digest + " was removed just now");
        }
    }

    private void link(RepositoryId repository, Digest digest) throws IOException {
        synchronized (changes) {
            Instant now = machine.instant();
            if (!blobs.touch(digest, now)) {
                throw RegistryException.blobUnknown("the blob " + digest + " was removed just now; push it again");
            }
            catalog.link(repository, digest, Files.size(blobs.file(digest)), now);
        }
    }

    Upload newUpload(RepositoryId repository, String id, String algorithm) throws IOException {
        return new Upload(repository, blobs.newUnfinished(id), algorithm, machine.instant());
    }

    void finish(Upload upload, Digest digest) throws IOException {
        upload.finish(digest, blobs, machine.instant());
        link(upload.repository(), digest);
    }

    Instant now() {
        return clock.instant();
    }

    Instant machineNow() {
        return machine.instant();
    }

    /**
     * Drops uploads that nobody went on with, and removes blobs that no image of their repository names and that are older than
     * {@link #ORPHAN_AGE}: they were pushed for an image that never came, or whose image was removed. A repository to which somebody
     * pushes just now keeps all.
     */
    public void collect() throws IOException {
        uploads.dropForgotten();
        Instant limit = machine.instant().minus(ORPHAN_AGE);
        synchronized (changes) {
            blobs.retain(catalog.needed(limit, uploads.repositories()), limit);
        }
    }
}
