package dev.slipway.cloud.registry;

import java.util.Optional;

/** Knows which repositories there are; the registry itself makes none. */
public interface RepositoryDirectory {
    /** The rules of a repository; empty when there is none of this name. */
    Optional<Rules> find(RepositoryId repository);

    /**
     * @param writable whether images may be pushed over HTTP
     * @param tags whether a tag may be moved to another image
     * @param upstream where content comes from that is not here
     */
    record Rules(boolean writable, TagRule tags, Upstream upstream) {
        /** A repository that holds what was pushed to it. */
        public static Rules pushed(TagRule tags) {
            return new Rules(true, tags, Upstream.NONE);
        }
    }

    enum TagRule {
        MUTABLE,
        IMMUTABLE
    }
}
