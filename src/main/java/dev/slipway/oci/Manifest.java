package dev.slipway.oci;

import java.util.List;

/** An image manifest: the configuration and the layers, base first. OCI and Docker schema 2 forms alike. */
public record Manifest(String mediaType, Descriptor config, List<Descriptor> layers) {
    public Manifest {
        layers = List.copyOf(layers);
    }
}
