package dev.slipway.cloud.registry;

import dev.slipway.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Blobs on their way in, by an id that the client was given. Each takes one writer at a time. Thread-safe. */
public final class Uploads {
    /** An upload that nobody went on with for so long is dropped. */
    static final Duration PATIENCE = Duration.ofHours(1);

    /** The same when there are too many: whoever begins thousands shall not keep others from pushing for an hour. */
    private static final Duration SHORT_PATIENCE = Duration.ofMinutes(1);

    /** Each is an open file; clients have few. */
    private static final int MOST = 256;

    private final RegistryContent content;
    private final RandomGenerator random;
    private final Map<String, Upload> open = new ConcurrentHashMap<>();

    Uploads(RegistryContent content, RandomGenerator random) {
        this.content = content;
        this.random = random;
    }

    /**
     * Begins an upload.
     *
     * @param algorithm {@code sha256} or {@code sha512}: what the digest will probably be; another one costs a second reading
     */
    public String start(RepositoryId repository, String algorithm) throws IOException {
        drop(PATIENCE);
        if (open.size() >= MOST) {
            drop(SHORT_PATIENCE);
        }
        if (open.size() >= MOST) {
            throw new RegistryException(
                    429, "TOOMANYREQUESTS", "there are " + MOST + " unfinished uploads; finish or cancel some");
        }
        String id = newId();
        open.put(id, content.newUpload(repository, id, algorithm));
        return id;
    }

    /**
     * Appends what comes.
     *
     * @param from where the client thinks the content ends now; negative when it did not say
     * @return how many bytes there are now
     * @throws RegistryException {@code BLOB_UPLOAD_UNKNOWN}; {@code BLOB_UPLOAD_INVALID} with status 416 when {@code from} is not the end,
     *     with 409 when another request writes
     */
    public long append(RepositoryId repository, String id, long from, InputStream bytes) throws IOException {
        Upload upload = find(repository, id);
        upload.append(from, bytes, content.machineNow());
        return upload.size();
    }

    /** How many bytes there are. */
    public long size(RepositoryId repository, String id) {
        return find(repository, id).size();
    }

    /**
     * Ends an upload: the repository has the blob, or the upload is gone.
     *
     * @throws RegistryException {@code DIGEST_INVALID} when the content is another one
     */
    public void finish(RepositoryId repository, String id, Digest digest) throws IOException {
        Upload upload = find(repository, id);
        upload.requireIdle();
        if (open.remove(id, upload)) {
            content.finish(upload, digest);
        }
    }

    /** Gives an upload up. */
    public void cancel(RepositoryId repository, String id) throws IOException {
        Upload upload = find(repository, id);
        upload.requireIdle();
        if (open.remove(id, upload)) {
            upload.discard();
        }
    }

    /** Takes a whole blob at once. */
    void whole(RepositoryId repository, Digest digest, InputStream bytes) throws IOException {
        Upload upload = content.newUpload(repository, newId(), digest.algorithm());
        try {
            upload.append(-1, bytes, content.machineNow());
            content.finish(upload, digest);
        } finally {
            upload.discard();
        }
    }

    /** Where uploads are on their way to. */
    Set<RepositoryId> repositories() {
        return open.values().stream().map(Upload::repository).collect(Collectors.toSet());
    }

    /** Drops the uploads that nobody went on with for an hour. */
    void dropForgotten() throws IOException {
        drop(PATIENCE);
    }

    private void drop(Duration idle) throws IOException {
        Instant limit = content.machineNow().minus(idle);
        for (String id : List.copyOf(open.keySet())) {
            Upload upload = open.get(id);
            if (upload != null && upload.untouchedSince(limit) && open.remove(id, upload)) {
                upload.discard();
            }
        }
    }

    private Upload find(RepositoryId repository, String id) {
        return Optional.ofNullable(open.get(id))
                .filter(upload -> upload.repository().equals(repository))
                .orElseThrow(() -> new RegistryException(
                        404, "BLOB_UPLOAD_UNKNOWN", "there is no upload `" + id + "`; start a new one"));
    }

    /** An id that nobody can guess. */
    String newId() {
        synchronized (random) {
            return new UUID(random.nextLong(), random.nextLong()).toString();
        }
    }
}
