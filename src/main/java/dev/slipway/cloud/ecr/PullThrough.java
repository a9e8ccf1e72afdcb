package dev.slipway.cloud.ecr;

import dev.slipway.cloud.registry.Client;
import dev.slipway.cloud.registry.RegistryContent;
import dev.slipway.cloud.registry.RegistryException;
import dev.slipway.cloud.registry.RepositoryId;
import dev.slipway.cloud.registry.StoredManifest;
import dev.slipway.cloud.registry.Upstream;
import dev.slipway.cloud.wire.Authorizer;
import dev.slipway.cloud.wire.Authorizer.Question;
import dev.slipway.cloud.wire.AwsException;
import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Caller;
import dev.slipway.oci.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Brings images of the public gallery into private repositories, by the pull through cache rules of their registry. */
final class PullThrough implements Upstream {
    /** A tag that was looked up this recently is not looked up again; ECR's own figure. */
    static final Duration FRESH = Duration.ofHours(24);

    private final PullThroughRules rules;
    private final Repositories repositories;
    private final RegistryContent content;
    private final Upstream gallery;
    private final Logins logins;
    private final Questions questions;
    private final Authorizer authorizer;
    private final InstantSource clock;

    PullThrough(
            PullThroughRules rules,
            Repositories repositories,
            RegistryContent content,
            Upstream gallery,
            Logins logins,
            Questions questions,
            Authorizer authorizer,
            InstantSource clock) {
        this.rules = rules;
        this.repositories = repositories;
        this.content = content;
        this.gallery = gallery;
        this.logins = logins;
        this.questions = questions;
        this.authorizer = authorizer;
        this.clock = clock;
    }

    @Override
    public void fetchManifest(Client client, RepositoryId repository, String reference) {
        Optional<String> name = rules.of(repository);
        if (name.isPresent() && !isHere(repository, reference)) {
            try {
                Caller caller = logins.caller(client);
                fetch(
                        action ->
                                Logins.within(questions.about(caller, action, repository), client, repository.region()),
                        repository,
                        name.get(),
                        reference);
            } catch (AwsException e) {
                throw EcrRegistryAuthorizer.denied(e);
            }
        }
    }

    @Override
    public void fetchBlob(Client client, RepositoryId repository, Digest digest) {
        Optional<String> name = rules.of(repository);
        if (name.isEmpty()
                || content.blobSize(repository, digest).isPresent()
                || repositories.row(repository).isEmpty()) {
            return;
        }
        RepositoryId there = RepositoryId.gallery(name.get());
        gallery.fetchBlob(Client.NOBODY, there, digest);
        try {
            content.adopt(there, repository, digest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The same for a caller of the API.
     *
     * @throws AwsException UnableToGetUpstreamImageException, AccessDeniedException
     */
    void fetchImage(Call call, RepositoryId repository, String reference) {
        Optional<String> name = rules.of(repository);
        if (name.isEmpty() || isHere(repository, reference)) {
            return;
        }
        try {
            fetch(
                    action -> questions.about(call.caller(), action, repository).within(call),
                    repository,
                    name.get(),
                    reference);
        } catch (RegistryException e) {
            throw Errors.error("UnableToGetUpstreamImageException", e.getMessage());
        }
    }

    /** @throws AwsException UnableToGetUpstreamLayerException */
    void fetchLayer(RepositoryId repository, Digest digest) {
        try {
            fetchBlob(Client.NOBODY, repository, digest);
        } catch (RegistryException e) {
            throw Errors.error("UnableToGetUpstreamLayerException", e.getMessage());
        }
    }

    private boolean isHere(RepositoryId repository, String reference) {
        if (content.find(repository, reference).isEmpty()) {
            return false;
        }
        boolean frozen = repositories
                .row(repository)
                .filter(row -> row.isFrozen(reference))
                .isPresent();
        Instant limit = clock.instant().minus(FRESH);
        return reference.indexOf(':') >= 0
                || frozen
                || content.tagMovedAt(repository, reference)
                        .filter(moved -> moved.isAfter(limit))
                        .isPresent();
    }

    private void fetch(Function<String, Question> about, RepositoryId repository, String name, String reference) {
        boolean old = content.find(repository, reference).isPresent();
        try {
            authorizer.authorize(about.apply("BatchImportUpstreamImage"));
            if (repositories.row(repository).isEmpty()) {
                authorizer.authorize(about.apply("CreateRepository"));
            }
            RepositoryId there = RepositoryId.gallery(name);
            gallery.fetchManifest(Client.NOBODY, there, reference);
            StoredManifest found = content.find(there, reference)
                    .orElseThrow(() -> RegistryException.manifestUnknown("Requested image not found: " + there
                            + (reference.indexOf(':') < 0 ? ":" : "@") + reference));
            repositories.add(cached(repository));
            content.mirror(
                    repository,
                    reference.indexOf(':') < 0 ? Optional.of(reference) : Optional.empty(),
                    found.digest(),
                    found.mediaType(),
                    content.bytes(found));
        } catch (AwsException | RegistryException e) {
            // What was cached before is served on, even to those who could not have it looked up again.
            if (!old) {
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RepositoryRow cached(RepositoryId repository) {
        return new RepositoryRow(
                repository,
                clock.instant(),
                "MUTABLE",
                List.of(),
                false,
                "AES256",
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty());
    }
}
