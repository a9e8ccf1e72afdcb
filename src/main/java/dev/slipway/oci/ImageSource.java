package dev.slipway.oci;

/** Where an image comes from, as far as App Runner tells them apart. */
public enum ImageSource {
    /** Amazon ECR; of the service's own account or another one, by {@link ImageReference#registryAccount()}. */
    ECR,
    /** The Amazon ECR Public gallery: no role, no policy, no automatic deployment. */
    ECR_PUBLIC
}
