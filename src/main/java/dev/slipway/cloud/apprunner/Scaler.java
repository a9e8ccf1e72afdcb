package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.autoscaler.Autoscaler;
import dev.slipway.cloud.autoscaler.Decision;
import dev.slipway.cloud.autoscaler.Memory;
import dev.slipway.cloud.autoscaler.Observed;
import dev.slipway.cloud.balancer.Load;
import dev.slipway.cloud.balancer.TargetGroup;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Has the autoscaler say, once a second, how many instances serve. Remembers the load from one version to the next. Not thread-safe. */
final class Scaler {
    private final TargetGroup group;
    private @Nullable Memory memory;
    private Instant next = Instant.MIN;

    Scaler(TargetGroup group) {
        this.group = group;
    }

    void tick(Fleet fleet, Instant now) {
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(Autoscaler.TICK);
        Memory before = memory == null ? Memory.starting(now, fleet.wanted()) : memory;
        Load load = group.load();
        var observed = new Observed(load.average(), load.inFlight(), load.queued(), fleet.ready());
        Decision decision = Autoscaler.decide(now, observed, fleet.version().scaling(), before);
        memory = decision.memory();
        fleet.resize(decision.desired());
    }

    /** Forgets the load; when nothing serves any more. */
    void forget() {
        memory = null;
    }
}
