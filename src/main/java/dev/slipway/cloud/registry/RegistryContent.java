package dev.slipway.cloud.registry;

import dev.slipway.cloud.registry.Rows.BlobRow;
import dev.slipway.cloud.registry.Rows.ManifestRow;
import dev.slipway.cloud.registry.Rows.TagRow;
import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.store.Table;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.VerifiedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** What the registry holds: blobs as content-addressed files, manifests and tags in tables. Thread-safe; a write is durable when the call returns. */
public final class RegistryContent {
    private final Blobs blobs;
    private final Table<ManifestRow> manifests;
    private final Table<TagRow> tags;
    private final Table<BlobRow> links;
    private final InstantSource clock;
    private final List<PushListener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong nextFile = new AtomicLong();
    /** Held while manifests and tags of any repository change. */
    private final Object changes = new Object();

    private RegistryContent(Blobs blobs, Store store, InstantSource clock) {
        this.blobs = blobs;
        this.manifests = store.table("registry-manifests", ManifestRow.class);
        this.tags = store.table("registry-tags", TagRow.class);
        this.links = store.table("registry-blobs", BlobRow.class);
        this.clock = clock;
    }

    /** Opens what {@code directory} and {@code store} hold, and removes the files that nothing refers to. */
    public static RegistryContent open(Path directory, Store store, InstantSource clock) throws IOException {
        RegistryContent content = new RegistryContent(Blobs.open(directory), store, clock);
        content.sweep();
        return content;
    }

    /** Told of every push from now on; not of {@link #install}. */
    public void onPush(PushListener listener) {
        listeners.add(listener);
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
        requireNeeds(repository, document);
        return record(repository, Optional.of(tag), Digest.of(manifest), manifest, document);
    }

    /** Reads a blob from {@code content}, which is closed, verifies it and gives it to the repository. */
    public void store(RepositoryId repository, Digest digest, long size, InputStream content) throws IOException {
        try (InputStream verified = new VerifiedInputStream(content, digest, size)) {
            if (!blobs.has(digest)) {
                Upload upload = newUpload(repository, "store-" + nextFile.getAndIncrement());
                try {
                    upload.append(-1, verified, clock.instant());
                    upload.finish(digest, blobs);
                } finally {
                    upload.discard();
                }
            }
        }
        link(repository, digest);
    }

    /**
     * Stores a manifest that came from another registry, without asking whether its blobs are here: they are fetched when
     * somebody reads them. The bytes are kept as they came.
     */
    public StoredManifest mirror(
            RepositoryId repository, Optional<String> tag, Digest digest, String mediaType, byte[] manifest)
            throws IOException {
        return record(repository, tag, digest, manifest, ManifestDocument.read(mediaType, manifest));
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
        requireNeeds(repository, document);
        boolean changed;
        StoredManifest stored;
        synchronized (changes) {
            Optional<StoredManifest> before = tag.flatMap(name -> find(repository, name));
            changed = tag.isPresent()
                    ? before.filter(old -> old.digest().equals(digest)).isEmpty()
                    : find(repository, digest.toString()).isEmpty();
            if (changed && before.isPresent() && tag.filter(frozen).isPresent()) {
                throw new RegistryException(
                        400,
                        "TAG_INVALID",
                        "The image tag '" + tag.orElse("") + "' already exists in the '" + repository.name()
                                + "' repository and cannot be overwritten because the repository is immutable.");
            }
            stored = record(repository, tag, digest, manifest, document);
        }
        if (changed) {
            listeners.forEach(listener -> listener.pushed(repository, tag, digest));
        }
        return stored;
    }

    private void requireNeeds(RepositoryId repository, ManifestDocument document) {
        for (Descriptor need : document.needs()) {
            boolean there = document.isIndex()
                    ? find(repository, need.digest().toString()).isPresent()
                    : blobSize(repository, need.digest()).isPresent();
            if (!there) {
                throw new RegistryException(
                        400,
                        document.isIndex() ? "MANIFEST_UNKNOWN" : "MANIFEST_BLOB_UNKNOWN",
                        "the manifest names " + need.digest() + ", which the repository " + repository
                                + " does not have; push it first");
            }
        }
    }

    private StoredManifest record(
            RepositoryId repository, Optional<String> tag, Digest digest, byte[] manifest, ManifestDocument document)
            throws IOException {
        blobs.keep(manifest, digest, "manifest-" + nextFile.getAndIncrement());
        synchronized (changes) {
            Instant now = clock.instant();
            manifests.putIfAbsent(
                    ManifestRow.key(repository, digest.toString()),
                    new ManifestRow(
                            repository,
                            digest.toString(),
                            document.mediaType(),
                            now,
                            document.imageSize(),
                            document.needs().stream()
                                    .map(need -> need.digest().toString())
                                    .toList()));
            tag.ifPresent(name ->
                    tags.put(TagRow.key(repository, name), new TagRow(repository, name, digest.toString(), now)));
            return find(repository, digest.toString()).orElseThrow();
        }
    }

    /** The image that a tag or a digest stands for. */
    public Optional<StoredManifest> find(RepositoryId repository, String reference) {
        Optional<String> digest = reference.indexOf(':') >= 0
                ? Optional.of(reference)
                : tags.get(TagRow.key(repository, reference)).map(TagRow::digest);
        return digest.flatMap(value -> manifests.get(ManifestRow.key(repository, value)))
                .map(row -> stored(row, tagRows(repository)));
    }

    /** When the tag was last moved, or confirmed by {@link #mirror}. */
    public Optional<Instant> tagMovedAt(RepositoryId repository, String tag) {
        return tags.get(TagRow.key(repository, tag)).map(TagRow::movedAt);
    }

    /** All images of a repository with their tags, ordered by digest. */
    public List<StoredManifest> images(RepositoryId repository) {
        List<TagRow> rows = tagRows(repository);
        return manifests.values().stream()
                .filter(row -> row.repository().equals(repository))
                .map(row -> stored(row, rows))
                .toList();
    }

    /** The document of an image as it was pushed, byte for byte. */
    public byte[] bytes(StoredManifest manifest) throws IOException {
        return Files.readAllBytes(blobs.file(manifest.digest()));
    }

    /** The repositories of the public gallery that hold something, ordered. */
    public List<RepositoryId> galleryRepositories() {
        return manifests.values().stream()
                .map(ManifestRow::repository)
                .filter(RepositoryId::isGallery)
                .distinct()
                .sorted(Comparator.comparing(RepositoryId::name))
                .toList();
    }

    /** An index in the repository that names this manifest, which therefore must stay. */
    public Optional<Digest> indexThatNeeds(RepositoryId repository, Digest digest) {
        return manifests.values().stream()
                .filter(row -> row.repository().equals(repository)
                        && MediaTypes.isIndex(row.mediaType())
                        && row.needs().contains(digest.toString()))
                .map(row -> Digest.parse(row.digest()))
                .findFirst();
    }

    /** Removes a tag; false when it was not there. The image stays. */
    public boolean removeTag(RepositoryId repository, String tag) {
        return tags.remove(TagRow.key(repository, tag));
    }

    /** Removes an image and its tags; false when it was not there. */
    public boolean removeImage(RepositoryId repository, Digest digest) {
        synchronized (changes) {
            tagRows(repository).stream()
                    .filter(row -> row.digest().equals(digest.toString()))
                    .forEach(row -> tags.remove(TagRow.key(repository, row.tag())));
            return manifests.remove(ManifestRow.key(repository, digest.toString()));
        }
    }

    /** Removes all that a repository holds. */
    public void removeAll(RepositoryId repository) {
        synchronized (changes) {
            images(repository).forEach(image -> removeImage(repository, image.digest()));
            links.values().stream()
                    .filter(row -> row.repository().equals(repository))
                    .forEach(row -> links.remove(BlobRow.key(repository, row.digest())));
        }
    }

    /** The size of a blob that the repository has, in bytes. */
    public Optional<Long> blobSize(RepositoryId repository, Digest digest) {
        return links.get(BlobRow.key(repository, digest.toString()))
                .filter(row -> blobs.has(digest))
                .map(BlobRow::size);
    }

    InputStream openBlob(Digest digest) throws IOException {
        return blobs.open(digest);
    }

    /** Gives a blob that is on disk to a repository. */
    void link(RepositoryId repository, Digest digest) throws IOException {
        links.put(
                BlobRow.key(repository, digest.toString()),
                new BlobRow(repository, digest.toString(), Files.size(blobs.file(digest))));
    }

    Upload newUpload(RepositoryId repository, String id) throws IOException {
        return new Upload(repository, blobs.newUnfinished(id), clock.instant());
    }

    void finish(Upload upload, Digest digest) throws IOException {
        upload.finish(digest, blobs);
        link(upload.repository(), digest);
    }

    Instant now() {
        return clock.instant();
    }

    private List<TagRow> tagRows(RepositoryId repository) {
        return tags.values().stream()
                .filter(row -> row.repository().equals(repository))
                .toList();
    }

    private static StoredManifest stored(ManifestRow row, List<TagRow> tags) {
        return new StoredManifest(
                row.repository(),
                Digest.parse(row.digest()),
                row.mediaType(),
                row.pushedAt(),
                row.imageSize(),
                tags.stream()
                        .filter(tag -> tag.digest().equals(row.digest()))
                        .map(TagRow::tag)
                        .toList());
    }

    /** Blobs that no manifest of their repository names were pushed for an image that never came, or whose image was removed. */
    private void sweep() throws IOException {
        Set<String> needed = new HashSet<>();
        Set<Digest> wanted = new HashSet<>();
        for (ManifestRow row : manifests.values()) {
            row.needs().forEach(digest -> needed.add(BlobRow.key(row.repository(), digest)));
            wanted.add(Digest.parse(row.digest()));
        }
        for (BlobRow row : links.values()) {
            String key = BlobRow.key(row.repository(), row.digest());
            if (needed.contains(key)) {
                wanted.add(Digest.parse(row.digest()));
            } else {
                links.remove(key);
            }
        }
        blobs.retain(wanted);
    }
}
