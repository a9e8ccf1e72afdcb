package dev.slipway.cloud.registry;

import java.time.Duration;

/** Knows who sends a request, and decides who may do what. Called before anything of a request's body is read. */
public interface RegistryAuthorizer {
    /**
     * Checks that the credentials are good at all ({@code GET /v2/}).
     *
     * @throws RegistryException {@code UNAUTHORIZED} when there are none, or they are unknown or expired
     */
    void login(Client client);

    /**
     * What the client may show from now on instead of its credentials; without any it gets a token that opens what is open to all.
     *
     * @throws RegistryException {@code UNAUTHORIZED} when the credentials are unknown or expired
     */
    BearerToken token(Client client);

    /**
     * Finds out who sends a request.
     *
     * @throws RegistryException {@code UNAUTHORIZED}, or {@code DENIED} where nobody is allowed
     */
    Access access(Client client, Verb verb, RepositoryId repository);

    /** @param life how long it is good; whole seconds count */
    record BearerToken(String value, Duration life) {}

    /**
     * A request whose sender is known.
     *
     * @param account of the sender, twelve digits; empty when it is nobody in particular
     * @param operation the operation of AWS that the request stands for, for example {@code BatchGetImage}
     * @param resource the repository's ARN
     * @param decision returns when the sender may, else throws {@code DENIED} with a message that names who, what and which policy
     */
    record Access(String account, String operation, String resource, Runnable decision) {
        /** @throws RegistryException {@code DENIED}, or {@code UNAUTHORIZED} */
        public void authorize() {
            decision.run();
        }
    }

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
