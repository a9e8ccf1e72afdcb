package dev.slipway.cloud.ecr;

import dev.slipway.cloud.ecr.LifecyclePolicy.Expired;
import dev.slipway.cloud.registry.RegistryContent;
import dev.slipway.cloud.registry.RepositoryId;
import dev.slipway.cloud.registry.StoredManifest;
import dev.slipway.oci.Digest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Applies lifecycle policies: after a push, and now and then. */
final class Expiry {
    /** The images of an index come before it, untagged: a rule for untagged images must not take them away while the index is on its way. */
    private static final Duration SPARED = Duration.ofMinutes(10);

    private final Repositories repositories;
    private final RegistryContent content;
    private final InstantSource clock;

    Expiry(Repositories repositories, RegistryContent content, InstantSource clock) {
        this.repositories = repositories;
        this.content = content;
        this.clock = clock;
    }

    /** Applies the policies of all repositories that have one. */
    void applyAll() {
        repositories.all().forEach(row -> row.lifecycle().ifPresent(policy -> apply(row.id(), policy)));
    }

    /** Applies the policy of one repository, when it has one. */
    void apply(RepositoryId id) {
        repositories.row(id).flatMap(RepositoryRow::lifecycle).ifPresent(policy -> apply(id, policy));
    }

    private void apply(RepositoryId id, RepositoryRow.Lifecycle policy) {
        Instant now = clock.instant();
        for (Expired expired : LifecycleReader.read(policy.text()).expired(content.images(id), now)) {
            StoredManifest image = expired.image();
            boolean spared = image.tags().isEmpty() && image.pushedAt().isAfter(now.minus(SPARED));
            Optional<Digest> index = content.indexThatNeeds(id, image.digest());
            if (!spared && index.isEmpty()) {
                remove(id, image);
            }
        }
        if (policy.evaluated().isBefore(now.minus(SPARED))) {
            repositories.changeIfThere(
                    id,
                    row -> row.withLifecycle(
                            row.lifecycle().map(current -> new RepositoryRow.Lifecycle(current.text(), now))));
        }
    }

    /** With what is about it: a signature of nothing helps nobody. */
    private void remove(RepositoryId id, StoredManifest image) {
        content.removeImage(id, image.digest());
        content.referrers(id, image.digest()).forEach(about -> content.removeImage(id, about.digest()));
    }
}
