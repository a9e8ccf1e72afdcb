package dev.slipway.cloud.registry;

import java.util.Optional;
import java.util.function.Predicate;

/** Knows which repositories there are; the registry itself makes none. */
public interface RepositoryDirectory {
    /** The rules of a repository; empty when there is none of this name. */
    Optional<Rules> find(RepositoryId repository);

    /**
     * @param writable whether images may be pushed over HTTP
     * @param frozen the tags that may not be moved to another image
     * @param upstream where content comes from that is not here
     */
    record Rules(boolean writable, Predicate<String> frozen, Upstream upstream) {
        /** A repository that holds what was pushed to it, and whose tags move freely. */
        public static Rules pushed() {
            return new Rules(true, tag -> false, Upstream.NONE);
        }
    }
}
