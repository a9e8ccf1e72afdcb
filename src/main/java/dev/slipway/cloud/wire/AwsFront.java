package dev.slipway.cloud.wire;

import dev.slipway.cloud.http.HttpExchange;
import dev.slipway.cloud.http.HttpHandler;
import java.io.IOException;
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
    private static final int MOST_BODY_BYTES = 32 * 1024 * 1024;
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final ServiceTable services;
    private final Authenticator authenticator;
    private final Authorizer authorizer;
    private final InstantSource clock;
    private final RandomGenerator random;

    /**
     * @param services each with a signing name and a target prefix or version of its own
     * @param clock what signatures and expiry are judged by
     * @param random where request ids come from; used by one thread at a time
     */
    public AwsFront(
            Collection<AwsService> services,
            CredentialsLookup credentials,
            Authorizer authorizer,
            InstantSource clock,
            RandomGenerator random) {
        this.services = new ServiceTable(services);
        this.authenticator = new Authenticator(credentials);
        this.authorizer = authorizer;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        Instant now = clock.instant();
        String requestId = requestId();
        // Clients correct their clock by this when a signature is refused for its time.
        exchange.setHeader("Date", HTTP_DATE.format(now));
        exchange.setHeader("x-amzn-RequestId", requestId);
        Incoming incoming = Incoming.read(exchange, services, MOST_BODY_BYTES);
        Answer answer;
        try {
            byte[] body = answer(exchange, incoming, now, requestId);
            answer = new Answer(200, incoming.contentType(), body, Optional.empty());
        } catch (AwsException error) {
            answer = Answer.of(incoming, incoming.faults().translate(error), requestId);
        } catch (RuntimeException | LinkageError bug) {
            LOG.log(Level.ERROR, "request " + requestId + " (" + incoming.operation() + ") failed", bug);
            answer = Answer.of(incoming, incoming.faults().bug(requestId), requestId);
        }
        answer.send(exchange);
    }

    private byte[] answer(HttpExchange exchange, Incoming incoming, Instant now, String requestId) {
        if (exchange.header("origin").isPresent()) {
            // A page in the user's browser can reach this port, and could name any account as its key.
            throw new AwsException("AccessDenied", 403, "Slipway's local cloud does not answer web pages.");
        }
        if (incoming.problem() != null) {
            throw incoming.problem();
        }
        Optional<Signature> signature = incoming.signature();
        AwsService service = incoming.service().orElseThrow(() -> incoming.unknownService(services.names()));
        AwsService.Operation<?, ?> operation = service.operations().get(incoming.operation());
        Caller caller = operation != null && operation.anonymous()
                ? Caller.ANONYMOUS
                : authenticator.authenticate(exchange, signature, incoming.body(), now, incoming.faults());
        if (signature
                .filter(given -> !given.service().equals(service.signingName()))
                .isPresent()) {
            throw incoming.faults()
                    .wrongSignature("Credential should be scoped to correct service: '" + service.signingName() + "'.");
        }
        if (operation == null) {
            throw ServiceTable.isKnown(service, incoming.operation())
                    ? incoming.faults().notBuilt(service.signingName(), incoming.operation())
                    : incoming.faults().unknownOperation(incoming.operation(), service.version());
        }
        String region = signature.map(Signature::region).orElse("us-east-1");
        Call call = new Call(caller, region, now, requestId, RequestKeys.of(exchange, caller, region));
        authorizer.entered(call, service.signingName());
        return run(operation, incoming, service, call);
    }

    private <I extends SdkPojo, O extends SdkPojo> byte[] run(
            AwsService.Operation<I, O> operation, Incoming incoming, AwsService service, Call call) {
        I request = operation.input().cast(decode(operation, incoming));
        List<String> missing = services.required(service).missing(request);
        if (!missing.isEmpty()) {
            throw incoming.faults()
                    .validation(missing.size() + " validation error" + (missing.size() == 1 ? "" : "s") + " detected: "
                            + String.join("; ", missing));
        }
        authorizer.authorizeAll(operation.questions().apply(call, request).stream()
                .map(question -> question.within(call))
                .toList());
        O result = operation.handler().apply(call, request);
        return service.protocol() == Protocol.QUERY
                ? XmlCodec.answer(service.namespace(), operation.name(), result, call.requestId())
                : JsonCodec.write(result);
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
