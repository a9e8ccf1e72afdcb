package dev.slipway.cloud.registry;

import dev.slipway.oci.Digest;
import java.util.List;

/** An error as the distribution specification has it: a code for clients, an HTTP status and a message for a person. */
public final class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String message;

    public RegistryException(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
        this.message = message;
    }

    /** No credentials, unknown ones or expired ones; the answer asks for a password. */
    public static RegistryException unauthorized(String message) {
        return new RegistryException(401, "UNAUTHORIZED", message);
    }

    /** Known, but not allowed. */
    public static RegistryException denied(String message) {
        return new RegistryException(403, "DENIED", message);
    }

    /** No such repository. */
    public static RegistryException nameUnknown(String message) {
        return new RegistryException(404, "NAME_UNKNOWN", message);
    }

    public static RegistryException manifestUnknown(String message) {
        return new RegistryException(404, "MANIFEST_UNKNOWN", message);
    }

    public static RegistryException blobUnknown(String message) {
        return new RegistryException(404, "BLOB_UNKNOWN", message);
    }

    /**
     * An image names what its repository does not have.
     *
     * @param kind {@code Layers} or {@code Images}
     */
    static RegistryException incomplete(RepositoryId repository, String kind, List<Digest> missing) {
        String where = repository.isGallery()
                ? "in the public gallery"
                : "in the registry with id '" + repository.account() + "'";
        return new RegistryException(
                400,
                "MANIFEST_BLOB_UNKNOWN",
                kind + " with digests '" + missing + "' required for pushing image into repository with name '"
                        + repository.name() + "' " + where + " do not exist");
    }

    @Override
    public String getMessage() {
        return message;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }
}
