package dev.slipway.cloud.registry;

import dev.slipway.cloud.registry.Rows.BlobRow;
import dev.slipway.cloud.registry.Rows.ManifestRow;
import dev.slipway.cloud.registry.Rows.PullRow;
import dev.slipway.cloud.registry.Rows.TagRow;
import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.store.Table;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which images, tags and blobs each repository has. {@link RegistryContent} holds its lock around changes. */
final class Catalog {
    /** Pulls are remembered this coarsely: each memory is a write to disk. */
    private static final Duration PULL_STEP = Duration.ofHours(1);

    private final Table<ManifestRow> manifests;
    private final Table<TagRow> tags;
    private final Table<BlobRow> links;
    private final Table<PullRow> pulls;

    Catalog(Store store) {
        this.manifests = store.table("registry-manifests", ManifestRow.class);
        this.tags = store.table("registry-tags", TagRow.class);
        this.links = store.table("registry-blobs", BlobRow.class);
        this.pulls = store.table("registry-pulls", PullRow.class);
    }

    Collection<ManifestRow> manifests() {
        return manifests.values();
    }

    Optional<TagRow> tagRow(RepositoryId repository, String tag) {
        return tags.get(TagRow.key(repository, tag));
    }

    Optional<StoredManifest> find(RepositoryId repository, String reference) {
        Optional<String> digest = reference.indexOf(':') >= 0
                ? Optional.of(reference)
                : tagRow(repository, reference).map(TagRow::digest);
        return digest.flatMap(value -> manifests.get(ManifestRow.key(repository, value)))
                .map(row -> stored(
                        row,
                        tagRows(repository)
                                .filter(tag -> tag.digest().equals(row.digest()))
                                .map(TagRow::tag)
                                .toList()));
    }

    List<StoredManifest> images(RepositoryId repository) {
        Map<String, List<String>> tagsOf = tagRows(repository)
                .collect(Collectors.groupingBy(
                        TagRow::digest, Collectors.mapping(TagRow::tag, Collectors.toUnmodifiableList())));
        return manifests.values().stream()
                .filter(row -> row.repository().equals(repository))
                .map(row -> stored(row, tagsOf.getOrDefault(row.digest(), List.of())))
                .toList();
    }

    private Stream<TagRow> tagRows(RepositoryId repository) {
        return tags.values().stream().filter(row -> row.repository().equals(repository));
    }

    private StoredManifest stored(ManifestRow row, List<String> tagsOfIt) {
        return new StoredManifest(
                row.repository(),
                Digest.parse(row.digest()),
                row.mediaType(),
                row.pushedAt(),
                row.imageSize(),
                tagsOfIt,
                row.size().orElse(0L),
                row.subject().map(Digest::parse),
                row.artifactType(),
                pulls.get(row.key()).map(PullRow::at));
    }

    /** @throws RegistryException when the repository lacks something that the document names, or has it in another size */
    void requireNeeds(RepositoryId repository, ManifestDocument document, Predicate<Digest> onDisk) {
        Map<Digest, Long> sizes = new LinkedHashMap<>();
        Set<Digest> missing = new LinkedHashSet<>();
        for (Descriptor need : document.needs()) {
            size(repository, document, need, onDisk)
                    .ifPresentOrElse(size -> sizes.put(need.digest(), size), () -> missing.add(need.digest()));
        }
        if (!missing.isEmpty()) {
            throw RegistryException.incomplete(
                    repository, document.isIndex() ? "Images" : "Layers", List.copyOf(missing));
        }
        for (Descriptor need : document.needs()) {
            long size = sizes.getOrDefault(need.digest(), need.size());
            if (size != need.size()) {
                throw new RegistryException(
                        400,
                        "MANIFEST_INVALID",
                        "the manifest says that " + need.digest() + " has " + need.size() + " bytes, but it has "
                                + size);
            }
        }
    }

    private Optional<Long> size(
            RepositoryId repository, ManifestDocument document, Descriptor need, Predicate<Digest> onDisk) {
        return document.isIndex()
                ? manifests
                        .get(ManifestRow.key(repository, need.digest().toString()))
                        .map(row -> row.size().orElse(need.size()))
                : link(repository, need.digest())
                        .filter(row -> onDisk.test(need.digest()))
                        .map(BlobRow::size);
    }

    void add(RepositoryId repository, Digest digest, ManifestDocument document, Instant now) {
        manifests.putIfAbsent(
                ManifestRow.key(repository, digest.toString()),
                new ManifestRow(
                        repository,
                        digest.toString(),
                        document.mediaType(),
                        now,
                        document.isIndex() ? largest(repository, document) : document.imageSize(),
                        document.needs().stream()
                                .map(need -> need.digest().toString())
                                .toList(),
                        Optional.of(document.size()),
                        document.artifact().subject().map(subject -> subject.digest()
                                .toString()),
                        document.artifact().type()));
    }

    private long largest(RepositoryId repository, ManifestDocument index) {
        return index.needs().stream()
                .flatMap(need ->
                        manifests.get(ManifestRow.key(repository, need.digest().toString())).stream())
                .mapToLong(ManifestRow::imageSize)
                .max()
                .orElse(0);
    }

    void tag(RepositoryId repository, String tag, Digest digest, Instant now) {
        tags.put(TagRow.key(repository, tag), new TagRow(repository, tag, digest.toString(), now));
    }

    boolean removeTag(RepositoryId repository, String tag) {
        return tags.remove(TagRow.key(repository, tag));
    }

    boolean remove(RepositoryId repository, Digest digest) {
        String key = ManifestRow.key(repository, digest.toString());
        tagRows(repository)
                .filter(row -> row.digest().equals(digest.toString()))
                .forEach(row -> removeTag(repository, row.tag()));
        pulls.remove(key);
        return manifests.remove(key);
    }

    /** Tags first: what a crash leaves has no name. */
    void removeAll(RepositoryId repository) {
        tags.removeIf(row -> row.repository().equals(repository));
        manifests.removeIf(row -> row.repository().equals(repository));
        pulls.removeIf(row -> row.repository().equals(repository));
        links.removeIf(row -> row.repository().equals(repository));
    }

    void pulled(StoredManifest image, Instant now) {
        String key = ManifestRow.key(image.repository(), image.digest().toString());
        if (image.repository().isGallery()) {
            return;
        }
        if (pulls.get(key).filter(row -> row.at().isAfter(now.minus(PULL_STEP))).isEmpty()) {
            pulls.put(key, new PullRow(image.repository(), image.digest().toString(), now));
        }
    }

    Optional<BlobRow> link(RepositoryId repository, Digest digest) {
        return links.get(BlobRow.key(repository, digest.toString()));
    }

    void link(RepositoryId repository, Digest digest, long size, Instant now) {
        BlobRow row = new BlobRow(repository, digest.toString(), size, Optional.of(now));
        links.put(row.key(), row);
    }

    void unlink(BlobRow row) {
        links.remove(row.key());
    }

    /**
     * Everything on disk that is needed. Blobs that came before {@code limit} and that no manifest of their repository names are let go,
     * unless it is one of the {@code busy} ones.
     */
    Set<Digest> needed(Instant limit, Set<RepositoryId> busy) {
        Set<String> named = new HashSet<>();
        Set<Digest> needed = new HashSet<>();
        for (ManifestRow row : manifests.values()) {
            row.needs().forEach(digest -> named.add(BlobRow.key(row.repository(), digest)));
            needed.add(Digest.parse(row.digest()));
        }
        for (BlobRow row : links.values()) {
            boolean old = row.since().orElse(Instant.EPOCH).isBefore(limit);
            if (old && !named.contains(row.key()) && !busy.contains(row.repository())) {
                unlink(row);
            } else {
                needed.add(Digest.parse(row.digest()));
            }
        }
        return needed;
    }
}
