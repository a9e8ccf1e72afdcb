package dev.slipway.cloud.ecr;

import dev.slipway.cloud.registry.RepositoryId;

/** The private registry of an account in a region. */
record RegistryId(String account, String region) {
    static RegistryId of(RepositoryId repository) {
        return new RegistryId(repository.account(), repository.region());
    }

    RepositoryId repository(String name) {
        return RepositoryId.of(account, region, name);
    }

    /** The key of what the store keeps for this registry. */
    String key() {
        return account + "/" + region;
    }
}
