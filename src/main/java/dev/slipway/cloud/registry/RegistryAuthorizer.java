package dev.slipway.cloud.registry;

/** Decides who may do what. Called before anything of a request's body is read. */
public interface RegistryAuthorizer {
    /**
     * Checks that the credentials are good at all ({@code GET /v2/}).
     *
     * @throws RegistryException {@code UNAUTHORIZED} when there are none, or they are unknown or expired
     */
    void login(Client client);

    /**
     * Returns when the answer is yes.
     *
     * @throws RegistryException {@code UNAUTHORIZED}, or {@code DENIED} with a message that names who, what and which policy
     */
    void authorize(Client client, Verb verb, RepositoryId repository);

    /** What can be asked of a repository. */
    enum Verb {
        READ_MANIFEST,
        READ_BLOB,
        CHECK_BLOB,
        START_UPLOAD,
        UPLOAD_PART,
        FINISH_UPLOAD,
        WRITE_MANIFEST,
        DELETE_MANIFEST,
        LIST_TAGS,
        LIST_REFERRERS
    }
}
