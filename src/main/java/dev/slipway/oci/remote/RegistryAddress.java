package dev.slipway.oci.remote;

import dev.slipway.oci.ImageReference;
import dev.slipway.oci.ImageSource;
import java.net.URI;

/**
 * Where a repository really is.
 *
 * @param registry scheme, host and port, for example {@code https://public.ecr.aws}
 * @param repository the name there, for example {@code 111122223333/us-east-1/team/app}
 */
public record RegistryAddress(URI registry, String repository) {
    /** The place an image's name says: HTTP for a loopback host, else HTTPS. */
    public static RegistryAddress of(ImageReference image) {
        boolean local = image.host().startsWith("127.") || image.host().startsWith("localhost:");
        return local
                ? new RegistryAddress(URI.create("http://" + image.host()), pathStyle(image))
                : new RegistryAddress(URI.create("https://" + image.host()), image.repository());
    }

    /** The place on a local cloud, whichever way the image's name is spelt. */
    public static RegistryAddress on(URI endpoint, ImageReference image) {
        return new RegistryAddress(endpoint, pathStyle(image));
    }

    private static String pathStyle(ImageReference image) {
        return image.source() == ImageSource.ECR_PUBLIC
                ? "public.ecr.aws/" + image.repository()
                : image.account() + "/" + image.region() + "/" + image.repository();
    }

    @Override
    public String toString() {
        return registry.getAuthority() + "/" + repository;
    }
}
