package dev.slipway.provider;

import dev.slipway.property.PropertyMap;
import dev.slipway.protocol.CheckFailure;
import dev.slipway.protocol.InvokeRequest;
import dev.slipway.protocol.InvokeResponse;
import java.util.ArrayList;
import java.util.List;

/** One function with the codecs of its records. */
final class HandledFunction<A extends Record, R extends Record> {
    private final FunctionHandler<A, R> handler;
    private final RecordCodec<A> arguments;
    private final RecordCodec<R> result;

    HandledFunction(FunctionHandler<A, R> handler) {
        this.handler = handler;
        this.arguments = RecordCodec.of(handler.arguments());
        this.result = RecordCodec.of(handler.result());
    }

    InvokeResponse invoke(InvokeRequest request) {
        Decoded<A> decoded = arguments.decode(request.arguments());
        A value = decoded.value();
        var failures = new ArrayList<>(decoded.failures());
        if (!decoded.unknown().isEmpty()) {
            if (request.preview() && failures.isEmpty()) {
                return InvokeResponse.of(PropertyMap.EMPTY);
            }
            decoded.unknown().forEach(path -> failures.add(new CheckFailure(path, "not known yet")));
        } else if (value != null && failures.isEmpty()) {
            failures.addAll(handler.check(value));
        }
        if (value == null || !failures.isEmpty()) {
            return new InvokeResponse(PropertyMap.EMPTY, List.copyOf(failures));
        }
        return InvokeResponse.of(Secrets.carry(request.arguments(), result.encode(handler.call(value))));
    }
}
