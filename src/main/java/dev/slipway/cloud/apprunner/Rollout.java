package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.apprunner.ImagePuller.PullRequest;
import dev.slipway.cloud.apprunner.ServiceRecord.Deployed;
import dev.slipway.cloud.autoscaler.Spec;
import dev.slipway.cloud.runtime.PreparedImage;
import dev.slipway.oci.Digest;
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
    private final int size;
    private final ServiceController owner;
    private final AtomicBoolean pinned = new AtomicBoolean();
    private @Nullable CompletableFuture<PulledImage> pulling;
    private @Nullable CompletableFuture<PreparedImage> preparing;
    private @Nullable Fleet fleet;

    /** @param size how many instances to start with, within the bounds of the service's scaling */
    Rollout(Setting setting, ServiceRecord service, OperationRecord operation, int size, ServiceController owner) {
        this.setting = setting;
        this.service = service;
        this.operation = operation;
        this.size = size;
        this.owner = owner;
    }

    @Override
    public boolean advance(Instant now) {
        if (pulling == null) {
            pulling = pull();
        }
        if (!pulling.isDone()) {
            return false;
        }
        if (preparing == null) {
            Optional<PulledImage> image = pulled(pulling);
            if (image.isEmpty()) {
                return true;
            }
            preparing = prepare(image.get());
        }
        if (!preparing.isDone()) {
            return false;
        }
        if (fleet == null) {
            Optional<PreparedImage> image = prepared(preparing);
            if (image.isEmpty()) {
                return true;
            }
            fleet = fleet(image.get());
        }
        return roll(fleet, now);
    }

    private CompletableFuture<PulledImage> pull() {
        Deployed deployed = service.deployed();
        String image = service.configuration().source().image();
        boolean anew = operation.pulls() || deployed == null;
        if (anew) {
            setting.log().event("Pulling image " + image + " from ECR repository.");
            setting.log().deployment(operation, "Starting to pull your application image.");
        }
        return Work.elsewhere(setting.parts().workers(), setting.wake(), () -> {
            setting.keeper().pin();
            pinned.set(true);
            if (!anew && deployed != null) {
                Optional<PulledImage> stored = setting.parts().images().stored(Digest.parse(deployed.digest()));
                if (stored.isPresent()) {
                    return stored.get();
                }
            }
            return setting.parts()
                    .images()
                    .pull(new PullRequest(
                            image,
                            Optional.ofNullable(service.configuration().source().accessRoleArn()),
                            service.arn(),
                            service.account(),
                            service.region()));
        });
    }

    private Optional<PulledImage> pulled(CompletableFuture<PulledImage> pull) {
        try {
            PulledImage image = pull.join();
            if (operation.pulls()) {
                setting.log().event("Successfully copied the image from ECR.");
                setting.log().deployment(operation, "Successfully pulled your application image from ECR.");
            }
            return Optional.of(image);
        } catch (CompletionException e) {
            String reason = Work.reason(e);
            setting.log().deployment(operation, "Failed to pull your application image. Reason: " + reason);
            fail("Failed to copy the image from ECR. " + reason);
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
            fail("The image can't be run. " + Work.reason(e));
            return Optional.empty();
        }
    }

    private Fleet fleet(PreparedImage image) {
        setting.log().event("Provisioning instances and deploying image for publicly accessible service.");
        setting.log().event("Performing health check on " + InstanceWatch.describeCheck(service.configuration()) + ".");
        String digest = pulling == null ? "" : pulling.join().digest().toString();
        Spec scaling = owner.scaling(service.configuration());
        var version = new Version(new Deployed(digest, service.configuration()), image, scaling);
        int bounded = Math.min(Math.max(size, scaling.minSize()), scaling.maxSize());
        return new Fleet(setting, version, bounded);
    }

    private boolean roll(Fleet starting, Instant now) {
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
        setting.log().event("Health check is successful. Routing traffic to application.");
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
        return preparing != null ? preparing : pulling != null ? pulling : CompletableFuture.completedFuture(null);
    }
}
