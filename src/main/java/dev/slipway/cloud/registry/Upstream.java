package dev.slipway.cloud.registry;

import dev.slipway.oci.Digest;

/** Another place that may have what is asked for. Both calls may block for as long as a download takes. */
public interface Upstream {
    /** There is no other place. */
    Upstream NONE = new Upstream() {
        @Override
        public void fetchManifest(Client client, RepositoryId repository, String reference) {}

        @Override
        public void fetchBlob(Client client, RepositoryId repository, Digest digest) {}
    };

    /**
     * Brings what a tag or a digest stands for into the repository, when that is possible and needed.
     *
     * @param client who asks for it
     * @throws RegistryException when it is not here and can't be brought here, with the reason
     */
    void fetchManifest(Client client, RepositoryId repository, String reference);

    /** Brings a blob into the repository when it is not there. */
    void fetchBlob(Client client, RepositoryId repository, Digest digest);
}
