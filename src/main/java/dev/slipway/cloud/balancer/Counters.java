package dev.slipway.cloud.balancer;

import java.util.concurrent.atomic.LongAdder;

/** Counts answers by the class of their status. */
final class Counters {
    private final LongAdder requests = new LongAdder();
    private final LongAdder[] classes = {new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder()};

    void request() {
        requests.increment();
    }

    void answer(int status) {
        int index = status / 100 - 2;
        if (index >= 0 && index < classes.length) {
            classes[index].increment();
        }
    }

    Traffic traffic() {
        return new Traffic(requests.sum(), classes[0].sum(), classes[1].sum(), classes[2].sum(), classes[3].sum());
    }
}
