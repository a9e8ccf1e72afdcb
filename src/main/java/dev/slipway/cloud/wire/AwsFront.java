package dev.slipway.cloud.wire;

import dev.slipway.cloud.http.HttpExchange;
import dev.slipway.cloud.http.HttpHandler;
import dev.slipway.cloud.trouble.Blow;
import dev.slipway.cloud.trouble.Pause;
import dev.slipway.cloud.trouble.Troubles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Where AWS calls come in: finds the service, proves the caller, decodes, asks the authorizer, runs the handler, encodes. Every error
 * leaves here in the form of the service's protocol, with a request id. Thread-safe.
 */
public final class AwsFront implements HttpHandler {
    private static final System.Logger LOG = System.getLogger(AwsFront.class.getName());
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final ServiceTable services;
    private final Authenticator authenticator;
    private final Authorizer authorizer;
    private final Troubles troubles;
    private final Pause pause;
    private final InstantSource clock;
    private final InstantSource signatureClock;
    private final RandomGenerator random;

    /**
     * @param services each with a signing name and a target prefix or version of its own
     * @param troubles what goes wrong on purpose, and what the time is
     * @param pause waits before a slow answer; holds a worker of the server meanwhile
     * @param random where request ids come from; used by one thread at a time
     */
    public AwsFront(
            Collection<AwsService> services,
            CredentialsLookup credentials,
            Authorizer authorizer,
            Troubles troubles,
            Pause pause,
            RandomGenerator random) {
        this.services = new ServiceTable(services);
        this.authenticator = new Authenticator(credentials);
        this.authorizer = authorizer;
        this.troubles = troubles;
        this.pause = pause;
        this.clock = troubles.clock();
        this.signatureClock = troubles.signatureClock();
        this.random = random;
    }

    /** A front where nothing goes wrong on purpose. */
    public AwsFront(
            Collection<AwsService> services,
            CredentialsLookup credentials,
            Authorizer authorizer,
            InstantSource clock,
            RandomGenerator random) {
        this(services, credentials, authorizer, new Troubles(clock, random), time -> {}, random);
    }

    /** What strikes the call, once that is known. */
    private static final class Fate {
        Blow blow = Blow.NONE;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String requestId = requestId();
        // Clients correct their clock by this when a signature is refused for its time.
        exchange.setHeader("Date", HTTP_DATE.format(signatureClock.instant()));
        exchange.setHeader("x-amzn-RequestId", requestId);
        Incoming incoming = Incoming.read(exchange, services);
        Fate fate = new Fate();
        Answer answer;
        try {
            byte[] body = answer(exchange, incoming, requestId, fate);
            answer = new Answer(200, incoming.contentType(), body, Optional.empty());
        } catch (AwsException error) {
            answer = Answer.of(incoming, incoming.faults().translate(error, incoming.model()), requestId);
        } catch (UncheckedIOException failure) {
            LOG.log(
                    Level.WARNING,
                    "request " + requestId + " (" + incoming.operation() + ") failed: " + failure.getMessage());
            answer = Answer.of(incoming, incoming.faults().outside(failure), requestId);
        } catch (RuntimeException | LinkageError bug) {
            LOG.log(Level.ERROR, "request " + requestId + " (" + incoming.operation() + ") failed", bug);
            answer = Answer.of(incoming, incoming.faults().bug(requestId), requestId);
        }
        answer.send(fate.blow.upon(exchange, pause));
    }

    private byte[] answer(HttpExchange exchange, Incoming incoming, String requestId, Fate fate) {
        if (exchange.header("origin").isPresent()) {
            // A page in the user's browser can reach this port, and could name any account as its key.
            throw new AwsException("AccessDenied", 403, "Slipway's local cloud does not answer web pages.");
        }
        if (incoming.problem() != null) {
            throw incoming.problem();
        }
        Faults faults = incoming.faults();
        Optional<Signature> signature = incoming.signature();
        AwsService service = incoming.service()
                .orElseThrow(() -> services.unknown(exchange, signature.map(Signature::scope), incoming.parameters()));
        AwsService.Operation<?, ?> operation = service.operations().get(incoming.operation());
        if (operation == null && !service.model().hasOperation(incoming.operation())) {
            throw faults.unknownOperation(incoming.operation(), service.version());
        }
        if (operation == null && signature.isEmpty()) {
            // AWS has operations that need no signature: who calls one of these is not told to sign.
            throw faults.notBuilt(service.signingName(), incoming.operation());
        }
        Instant now = clock.instant();
        Caller caller = operation != null && operation.anonymous()
                ? Caller.ANONYMOUS
                : authenticator.authenticate(
                        exchange,
                        signature,
                        service.signingName(),
                        incoming.body(),
                        signatureClock.instant(),
                        now,
                        faults);
        String region = signature.map(given -> given.scope().callRegion()).orElse("us-east-1");
        if (!service.regions().isEmpty() && !service.regions().contains(region)) {
            throw faults.notOffered(service, region);
        }
        if (operation == null) {
            throw faults.notBuilt(service.signingName(), incoming.operation());
        }
        Call call = new Call(caller, region, now, requestId, RequestKeys.of(exchange, caller, region));
        authorizer.entered(call, service.signingName());
        return run(operation, incoming, service, call, fate);
    }

    private <I extends SdkPojo, O extends SdkPojo> byte[] run(
            AwsService.Operation<I, O> operation, Incoming incoming, AwsService service, Call call, Fate fate) {
        I request = operation.input().cast(decode(operation, incoming));
        fate.blow = troubles.strike(
                call.account(), service.signingName(), operation.name(), () -> resources(operation, call, request));
        fall(fate.blow, incoming.faults(), service.model());
        List<Constraints.Violation> wrong = Constraints.check(service.model(), operation.name(), request);
        if (!wrong.isEmpty()) {
            String message = Wording.of(service.signingName()).message(wrong);
            throw incoming.faults().validation(service.signingName(), message);
        }
        authorizer.authorizeAll(operation.questions().apply(call, request).stream()
                .map(question -> question.within(call))
                .toList());
        O result = operation.handler().apply(call, request);
        return service.protocol() == Protocol.QUERY
                ? XmlCodec.answer(
                        service.namespace(),
                        operation.name(),
                        result,
                        service.model().hasResult(operation.name()),
                        call.requestId())
                : JsonCodec.write(result);
    }

    private static void fall(Blow blow, Faults faults, ServiceModel model) {
        if (blow.outcome().isEmpty()) {
            return;
        }
        switch (blow.outcome().get()) {
            case THROTTLE -> throw faults.throttled();
            case ERROR -> throw faults.failed(model);
            case CLOSED_ACCOUNT -> throw faults.closedAccount();
            default -> {}
        }
    }

    /** The ARNs that a call is about; none when the request is too wrong to tell. */
    private static <I extends SdkPojo> List<String> resources(
            AwsService.Operation<I, ?> operation, Call call, I request) {
        try {
            return operation.questions().apply(call, request).stream()
                    .map(Authorizer.Question::resource)
                    .toList();
        } catch (RuntimeException unknown) {
            return List.of();
        }
    }

    private static SdkPojo decode(AwsService.Operation<?, ?> operation, Incoming incoming) {
        try {
            return incoming.isQuery()
                    ? QueryCodec.read(incoming.parameters(), operation.input())
                    : JsonCodec.read(incoming.body(), operation.input());
        } catch (SerializationFault malformed) {
            throw incoming.faults().serialization(String.valueOf(malformed.getMessage()));
        }
    }

    private String requestId() {
        long high;
        long low;
        synchronized (random) {
            high = random.nextLong();
            low = random.nextLong();
        }
        return new UUID((high & ~0xf000L) | 0x4000L, (low & ~(3L << 62)) | (1L << 63)).toString();
    }

    /** An answer in the form of the request's protocol. */
    @SuppressWarnings("ArrayRecordComponent") // lives for one request and is never compared
    private record Answer(int status, String contentType, byte[] body, Optional<String> errorType) {
        static Answer of(Incoming incoming, AwsException error, String requestId) {
            byte[] body = incoming.isQuery()
                    ? XmlCodec.error(incoming.namespace(), error, requestId)
                    : JsonErrors.write(incoming.protocol(), error);
            return new Answer(error.status(), incoming.contentType(), body, Optional.of(error.code()));
        }

        void send(HttpExchange exchange) throws IOException {
            exchange.setHeader("Content-Type", contentType);
            if (errorType.isPresent()) {
                exchange.setHeader("x-amzn-ErrorType", errorType.get());
            }
            exchange.respond(status, body);
        }
    }
}
