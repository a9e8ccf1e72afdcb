package dev.slipway.provider;

import dev.slipway.protocol.CheckFailure;
import java.util.List;

/**
 * One function of a provider: a program calls it to look something up. It changes nothing. Must be thread-safe.
 *
 * @param <A> the arguments: components {@code @Nullable}, {@link Required} when a program must give them
 * @param <R> the answer: components {@code @Nullable} when they may be absent from it
 */
public interface FunctionHandler<A extends Record, R extends Record> {
    Class<A> arguments();

    Class<R> result();

    /** What is wrong with arguments whose types are right; the path begins at an argument's name. Default: nothing. */
    default List<CheckFailure> check(A arguments) {
        return List.of();
    }

    /** Answers; called only with arguments that are known and in which {@link #check} found nothing. */
    R call(A arguments);
}
