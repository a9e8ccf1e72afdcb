package dev.slipway.cloud.registry;

import java.util.Optional;
import java.util.function.Predicate;

/** Knows which repositories there are; the registry itself makes none. */
public interface RepositoryDirectory {
    /** The rules of a repository; empty when there is none of this name. */
    Optional<Rules> find(RepositoryId repository);

    /** The rules of a repository that is not there, but that comes into being when somebody reads from it. */
    default Optional<Rules> findForReading(RepositoryId repository) {
        return find(repository);
    }

    /**
     * @param writable whether images may be pushed over HTTP
     * @param frozen the tags that may not be moved to another image
     * @param mountable whether blobs may be taken over from other repositories of the same registry
     * @param upstream where content comes from that is not here
     */
    record Rules(boolean writable, Predicate<String> frozen, boolean mountable, Upstream upstream) {
        /** A repository that holds what was pushed to it, and whose tags move freely. */
        public static Rules pushed() {
            return new Rules(true, tag -> false, true, Upstream.NONE);
        }
    }
}
