package dev.slipway.cloud.iam;

import dev.slipway.cloud.wire.Authorizer.Question;
import dev.slipway.cloud.wire.AwsService;
import dev.slipway.cloud.wire.Call;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;

/** Adds operations to IAM, each under the name that its request class has. */
final class Ops {
    private static final String SUFFIX = "Request";

    private final AwsService.Builder service;

    Ops(AwsService.Builder service) {
        this.service = service;
    }

    /** What the authorizer is asked before an operation. */
    interface Ask<I> {
        List<Question> of(Call call, String operation, I in);
    }

    <I extends SdkPojo, O extends SdkPojo> Ops on(
            Class<I> in, Class<O> out, Ask<I> ask, BiFunction<Call, I, O> handler) {
        String simple = in.getSimpleName();
        return on(simple.substring(0, simple.length() - SUFFIX.length()), in, out, ask, handler);
    }

    /** An operation whose name the SDK spells in its own way. */
    <I extends SdkPojo, O extends SdkPojo> Ops on(
            String name, Class<I> in, Class<O> out, Ask<I> ask, BiFunction<Call, I, O> handler) {
        service.on(name, in, out, (call, request) -> ask.of(call, name, request), handler);
        return this;
    }

    /** An operation that changes something and answers nothing. */
    <I extends SdkPojo, O extends SdkPojo> Ops change(
            Class<I> in, Class<O> out, Supplier<O> nothing, Ask<I> ask, BiConsumer<Call, I> change) {
        return on(in, out, ask, (call, request) -> {
            change.accept(call, request);
            return nothing.get();
        });
    }
}
