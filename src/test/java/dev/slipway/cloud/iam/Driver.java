package dev.slipway.cloud.iam;

import dev.slipway.cloud.wire.Authorizer;
import dev.slipway.cloud.wire.AwsService;
import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Caller;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkPojo;

/** Calls a service's operations as the wire does: the questions first, then the handler. */
public final class Driver {
    public static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private final AwsService service;
    private final Authorizer authorizer;
    private final Caller caller;
    private final Instant now;

    public Driver(AwsService service, Authorizer authorizer, Caller caller, Instant now) {
        this.service = service;
        this.authorizer = authorizer;
        this.caller = caller;
        this.now = now;
    }

    public static Caller root(String account) {
        return new Caller(
                account,
                "arn:aws:iam::" + account + ":root",
                account,
                account,
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    public Driver as(Caller other) {
        return new Driver(service, authorizer, other, now);
    }

    /** {@code in} is a request of the operation that its class is named after. */
    @SuppressWarnings("unchecked")
    public <I extends SdkPojo, O extends SdkPojo> O call(I in, Class<O> output) {
        AwsService.Operation<I, O> operation = (AwsService.Operation<I, O>) service.operations().values().stream()
                .filter(candidate -> candidate.input().isInstance(in))
                .findFirst()
                .orElseThrow();
        Call call = new Call(caller, "eu-west-1", now, "request-1");
        authorizer.authorizeAll(operation.questions().apply(call, in));
        return output.cast(operation.handler().apply(call, in));
    }
}
