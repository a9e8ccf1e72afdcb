package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.apprunner.Fetch.Fetched;
import dev.slipway.cloud.apprunner.ServiceRecord.Deployed;
import dev.slipway.cloud.autoscaler.Spec;
import dev.slipway.cloud.runtime.PreparedImage;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Brings a version of a service up beside the one that serves, and switches over when all its instances are healthy. What failed is
 * taken down again; whether that is a rollback is for the controller to say.
 */
final class Rollout implements Work {
    private final Setting setting;
    private final ServiceRecord service;
    private final OperationRecord operation;
    private final ServiceController owner;
    private final AtomicBoolean pinned = new AtomicBoolean();
    private @Nullable CompletableFuture<Fetched> fetching;
    private @Nullable CompletableFuture<PreparedImage> preparing;
    private @Nullable Fleet fleet;

    Rollout(Setting setting, ServiceRecord service, OperationRecord operation, ServiceController owner) {
        this.setting = setting;
        this.service = service;
        this.operation = operation;
        this.owner = owner;
    }

    @Override
    public boolean advance(Instant now) {
        if (fetching == null) {
            fetching = fetch();
        }
        if (!fetching.isDone()) {
            return false;
        }
        if (preparing == null) {
            Optional<Fetched> fetched = fetched(fetching);
            if (fetched.isEmpty()) {
                return true;
            }
            preparing = prepare(fetched.get().image());
        }
        if (!preparing.isDone()) {
            return false;
        }
        if (fleet == null) {
            Optional<PreparedImage> image = prepared(preparing);
            if (image.isEmpty()) {
                return true;
            }
            fleet = fleet(image.get(), fetching.join());
        }
        return roll(fleet, now);
    }

    private CompletableFuture<Fetched> fetch() {
        boolean anew = operation.pulls() || service.deployed() == null;
        if (anew) {
            String image = service.configuration().source().image();
            setting.log().event("Pulling image " + image + " from ECR repository.");
            setting.log().deployment(operation, "Starting to pull your application image.");
        }
        // What a pause kept is what it was deployed with; every other operation deploys, and so reads the secrets
        // again.
        var fetch = new Fetch(setting, service, anew, operation.type() != OperationType.RESUME_SERVICE);
        return Work.elsewhere(setting.parts().workers(), setting.wake(), () -> {
            setting.keeper().pin();
            pinned.set(true);
            return fetch.run();
        });
    }

    private Optional<Fetched> fetched(CompletableFuture<Fetched> fetch) {
        try {
            Fetched fetched = fetch.join();
            if (operation.pulls()) {
                setting.log().event("Successfully copied the image from ECR.");
                setting.log().deployment(operation, "Successfully pulled your application image from ECR.");
            }
            return Optional.of(fetched);
        } catch (CompletionException e) {
            String reason = Work.reason(e);
            if (e.getCause() instanceof Fetch.SecretFailure) {
                fail(reason);
            } else {
                setting.log().deployment(operation, "Failed to pull your application image. Reason: " + reason);
                fail("Failed to copy the image from ECR. " + reason);
            }
            return Optional.empty();
        }
    }

    private CompletableFuture<PreparedImage> prepare(PulledImage image) {
        return Work.elsewhere(setting.parts().workers(), setting.wake(), () -> setting.parts()
                .runtime()
                .prepare(image.manifest(), image.config(), image.blobs()));
    }

    private Optional<PreparedImage> prepared(CompletableFuture<PreparedImage> prepare) {
        try {
            return Optional.of(prepare.join());
        } catch (CompletionException e) {
            fail("The image can't be run: " + Work.reason(e));
            return Optional.empty();
        }
    }

    private Fleet fleet(PreparedImage image, Fetched fetched) {
        boolean secluded = service.configuration().privateIngress();
        setting.log()
                .event("Provisioning instances and deploying image for " + (secluded ? "privately" : "publicly")
                        + " accessible service.");
        LinkRules.notices(service.configuration()).forEach(setting.log()::event);
        setting.parts().runtime().notices().forEach(setting.log()::event);
        setting.log().event("Performing health check on " + InstanceWatch.describeCheck(service.configuration()) + ".");
        String digest = fetched.image().digest().toString();
        Spec scaling = owner.scaling(service.configuration());
        var deployed = new Deployed(digest, service.configuration(), fetched.secrets());
        var version = new Version(deployed, image, scaling);
        return new Fleet(setting, version, owner.size());
    }

    private boolean roll(Fleet starting, Instant now) {
        // The load may grow meanwhile; the new version must be able to take it.
        starting.resize(owner.size());
        starting.tick(now);
        Optional<String> failure = starting.failure();
        if (failure.isPresent()) {
            setting.log().event(failure.get());
            starting.retire(now);
            fail(failure.get());
            return true;
        }
        if (!starting.allReady()) {
            return false;
        }
        owner.rolledOut(starting, operation);
        unpin();
        return true;
    }

    private void fail(String reason) {
        unpin();
        setting.log().deployment(operation, "Failed to deploy your application image.");
        owner.rolloutFailed(operation, reason);
    }

    private void unpin() {
        if (pinned.getAndSet(false)) {
            // Elsewhere, because the keeper may be busy removing files.
            setting.parts().workers().execute(setting.keeper()::release);
        }
    }

    /** Takes down what has been started; the operation stays unfinished. */
    CompletableFuture<?> stopNow() {
        return fleet == null ? CompletableFuture.completedFuture(null) : fleet.stopNow();
    }

    @Override
    public CompletableFuture<?> pending() {
        if (fleet != null) {
            return fleet.pending();
        }
        return preparing != null ? preparing : fetching != null ? fetching : CompletableFuture.completedFuture(null);
    }
}
