package dev.slipway.engine;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.Urn;
import dev.slipway.protocol.CreateResponse;
import dev.slipway.protocol.InitializationFailed;
import dev.slipway.protocol.OutcomeUnknown;
import dev.slipway.protocol.ProviderException;
import dev.slipway.protocol.ReadResponse;
import dev.slipway.protocol.UpdateResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What goes wrong with a provider's calls. Which ones and how follows from the run's seed and the resource, not from the order of the calls, so
 * that it is the same when they are made side by side.
 */
final class Mishaps {
    private long seed;
    private int percent;
    private final Map<String, Boolean> chosen = new ConcurrentHashMap<>();

    /** From now on so many calls of a hundred go wrong. */
    void seed(long value, int share) {
        seed = value;
        percent = share;
    }

    void none() {
        percent = 0;
        chosen.clear();
    }

    /** From now on that call about the resource of that name goes wrong: refused, or done but not well. */
    void choose(String call, String name, boolean halfDone) {
        chosen.put(call + " " + name, halfDone);
    }

    /** @param id of what the call is about; that of what is made is in the answer */
    <T> T around(String call, Urn urn, String id, PropertyMap inputs, Supplier<T> effect) {
        Boolean half = chosen.get(call + " " + urn.name());
        if (half != null) {
            throw half ? halfDone(call, id, inputs, effect.get()) : new ProviderException(call + ": refused");
        }
        var random = new Random(seed + 31L * urn.text().hashCode() + call.hashCode());
        random.nextLong();
        if (random.nextInt(100) >= percent) {
            return effect.get();
        }
        switch (random.nextInt(5)) {
            case 0 -> throw new ProviderException(call + ": refused");
            case 1 -> throw new OutcomeUnknown(call + ": never arrived", new IOException("cut"));
            case 2 -> {
                T unused = effect.get();
                throw new OutcomeUnknown(call + ": no answer", new IOException("cut"));
            }
            case 3 -> {
                T unused = effect.get();
                throw new IllegalStateException(call + ": a fault after the fact");
            }
            default -> throw halfDone(call, id, inputs, effect.get());
        }
    }

    private static RuntimeException halfDone(String call, String id, PropertyMap inputs, Object answer) {
        var reasons = List.of(call + ": done, but not well");
        if (answer instanceof CreateResponse made) {
            return new InitializationFailed(made.id(), inputs, made.outputs(), reasons);
        } else if (answer instanceof UpdateResponse changed) {
            return new InitializationFailed(id, inputs, changed.outputs(), reasons);
        } else if (answer instanceof ReadResponse read && !read.gone()) {
            return new InitializationFailed(read.id(), read.inputs(), read.outputs(), reasons);
        }
        return new ProviderException(call + ": failed in the end");
    }
}
