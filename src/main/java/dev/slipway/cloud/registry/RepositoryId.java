package dev.slipway.cloud.registry;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * A repository in this registry: one of an account in a region, or one of the public gallery.
 *
 * @param account twelve digits; empty for the public gallery
 * @param region for example {@code us-east-1}; empty for the public gallery
 * @param name for example {@code team/app}
 */
public record RepositoryId(String account, String region, String name) {
    /** The host of the public gallery, and its first path segment where everything is on one host. */
    static final String GALLERY_HOST = "public.ecr.aws";

    /** A repository of the public gallery; {@code name} has the alias first, for example {@code slipway/hello}. */
    public static RepositoryId gallery(String name) {
        return new RepositoryId("", "", name);
    }

    /** A private repository. */
    public static RepositoryId of(String account, String region, String name) {
        return new RepositoryId(account, region, name);
    }

    @JsonIgnore
    public boolean isGallery() {
        return account.isEmpty();
    }

    /** Whether both belong to one account in one region. */
    public boolean isInRegistryOf(RepositoryId other) {
        return account.equals(other.account) && region.equals(other.region);
    }

    /** The name as a path, for example {@code 111122223333/us-east-1/team/app} or {@code public.ecr.aws/slipway/hello}. */
    public String path() {
        return isGallery() ? GALLERY_HOST + "/" + name : account + "/" + region + "/" + name;
    }

    @Override
    public String toString() {
        return path();
    }
}
