package dev.slipway.cloud.iam;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A policy with an ARN of its own.
 *
 * @param owner an account or {@code aws}
 * @param created epoch seconds
 * @param updated epoch seconds of the last change of versions
 * @param versions those that are there, oldest first
 * @param current the id of the version that counts
 * @param last the number of the newest version there ever was: numbers are not used again
 */
record ManagedPolicy(
        String owner,
        String name,
        String path,
        String id,
        long created,
        long updated,
        @Nullable String description,
        List<Version> versions,
        String current,
        int last,
        Map<String, String> tags)
        implements Tagged<ManagedPolicy> {
    /** One text of a policy; {@code created} is in epoch seconds. */
    record Version(String id, long created, String document) {}

    ManagedPolicy {
        versions = List.copyOf(versions);
        tags = new TreeMap<>(tags);
    }

    static ManagedPolicy first(
            String owner,
            String name,
            String path,
            String id,
            long created,
            @Nullable String description,
            String text) {
        return new ManagedPolicy(
                owner,
                name,
                path,
                id,
                created,
                created,
                description,
                List.of(new Version("v1", created, text)),
                "v1",
                1,
                Map.of());
    }

    String arn() {
        return "arn:aws:iam::" + owner + ":policy" + path + name;
    }

    boolean madeByAws() {
        return owner.equals("aws");
    }

    /** The text that counts. */
    String document() {
        return version(current)
                .map(Version::document)
                .orElseThrow(() -> new IllegalStateException("no version " + current + " of " + arn()));
    }

    Optional<Version> version(String wanted) {
        return versions.stream().filter(version -> version.id().equals(wanted)).findFirst();
    }

    ManagedPolicy withVersion(String text, long now, boolean counts) {
        Version next = new Version("v" + (last + 1), now, text);
        List<Version> more = new ArrayList<>(versions);
        more.add(next);
        return with(more, counts ? next.id() : current, last + 1, now);
    }

    ManagedPolicy withoutVersion(String gone, long now) {
        return with(
                versions.stream().filter(version -> !version.id().equals(gone)).toList(), current, last, now);
    }

    ManagedPolicy counting(String version, long now) {
        return with(versions, version, last, now);
    }

    @Override
    public ManagedPolicy withTags(Map<String, String> changed) {
        return new ManagedPolicy(
                owner, name, path, id, created, updated, description, versions, current, last, changed);
    }

    private ManagedPolicy with(List<Version> changed, String counting, int newest, long now) {
        return new ManagedPolicy(owner, name, path, id, created, now, description, changed, counting, newest, tags);
    }
}
