package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.apprunner.ServiceRecord.Deployed;
import dev.slipway.cloud.runtime.PreparedImage;
import dev.slipway.oci.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Starts again, after the local cloud itself was started again, what was deployed before. The controller goes on trying. */
final class Restore implements Work {
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final Setting setting;
    private final Deployed deployed;
    private final ServiceController owner;
    private @Nullable CompletableFuture<PreparedImage> preparing;

    Restore(Setting setting, Deployed deployed, ServiceController owner) {
        this.setting = setting;
        this.deployed = deployed;
        this.owner = owner;
    }

    @Override
    public boolean advance(Instant now) {
        if (preparing == null) {
            preparing = Work.elsewhere(setting.parts().workers(), setting.wake(), this::prepare);
        }
        if (!preparing.isDone()) {
            return false;
        }
        try {
            var version = new Version(deployed, preparing.join(), owner.scaling(deployed.configuration()));
            owner.restored(new Fleet(setting, version, version.scaling().minSize()));
        } catch (CompletionException e) {
            setting.log().event("The service could not be started again: " + Work.reason(e));
            owner.notRestored(now.plus(PAUSE));
        }
        return true;
    }

    private PreparedImage prepare() throws Exception {
        setting.keeper().pin();
        try {
            Optional<PulledImage> image = setting.parts().images().stored(Digest.parse(deployed.digest()));
            if (image.isEmpty()) {
                throw new PullFailure("the copy of the image " + deployed.digest()
                        + " is gone; update the service to fetch it again");
            }
            return setting.parts()
                    .runtime()
                    .prepare(
                            image.get().manifest(),
                            image.get().config(),
                            image.get().blobs());
        } finally {
            setting.keeper().release();
        }
    }

    @Override
    public CompletableFuture<?> pending() {
        return preparing != null ? preparing : CompletableFuture.completedFuture(null);
    }
}
