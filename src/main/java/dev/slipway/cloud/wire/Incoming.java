package dev.slipway.cloud.wire;

import dev.slipway.cloud.http.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request after its first reading: whole, in its protocol, with the service and the operation it names. Nothing of it is believed yet.
 *
 * @param problem why it cannot be read, said in the request's own protocol once that is known
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one request and is never compared
record Incoming(
        byte[] body,
        QueryParameters parameters,
        Protocol protocol,
        Optional<Signature> signature,
        Optional<AwsService> service,
        String operation,
        @Nullable AwsException problem) {
    /** Layers come in parts of up to 20 MiB, in base64; nothing else is larger than a manifest or a batch of log lines. */
    private static final int MOST_BODY_BYTES = 6 * 1024 * 1024;

    private static final int MOST_LAYER_PART_BYTES = 32 * 1024 * 1024;

    static Incoming read(HttpExchange exchange, ServiceTable services) throws IOException {
        Protocol protocol = MediaTypes.protocol(exchange);
        Faults faults = new Faults(protocol);
        AwsException problem = null;
        byte[] body = new byte[0];
        boolean layerPart = exchange.header("x-amz-target").orElse("").endsWith(".UploadLayerPart");
        try {
            body = exchange.readBody(layerPart ? MOST_LAYER_PART_BYTES : MOST_BODY_BYTES);
        } catch (HttpExchange.BodyTooLarge large) {
            problem = faults.tooLarge();
        }
        Optional<Signature> signature = Optional.empty();
        QueryParameters parameters = QueryParameters.parse("");
        String encoding = exchange.header("content-encoding").orElse("identity");
        try {
            if (!encoding.equals("identity") && !encoding.isEmpty()) {
                throw new SerializationFault("a body with the Content-Encoding '" + encoding + "' is not read here");
            }
            signature = Signature.of(exchange);
            if (protocol == Protocol.QUERY) {
                String form = MediaTypes.isForm(exchange) ? new String(body, StandardCharsets.UTF_8) : "";
                String both = exchange.query().isEmpty() || form.isEmpty() ? "" : "&";
                parameters = QueryParameters.parse(exchange.query() + both + form);
            }
        } catch (Signature.Malformed malformed) {
            problem = problem != null ? problem : faults.malformedSignature(String.valueOf(malformed.getMessage()));
        } catch (SerializationFault malformed) {
            problem = problem != null ? problem : faults.serialization(String.valueOf(malformed.getMessage()));
        }
        Optional<ServiceTable.Target> target = services.find(exchange, parameters);

        return new Incoming(
                body,
                parameters,
                target.map(found -> found.service().protocol()).orElse(protocol),
                signature,
                target.map(ServiceTable.Target::service),
                target.map(ServiceTable.Target::operation).orElse(""),
                problem);
    }

    ServiceModel model() {
        return service.map(AwsService::model).orElse(ServiceModel.EMPTY);
    }

    boolean isQuery() {
        return protocol == Protocol.QUERY;
    }

    Faults faults() {
        return new Faults(protocol);
    }

    /** The namespace of an XML answer. */
    String namespace() {
        return service.map(AwsService::namespace).orElse("http://webservices.amazon.com/AWSFault/2005-15-09");
    }

    String contentType() {
        return switch (protocol) {
            case JSON_1_0 -> "application/x-amz-json-1.0";
            case JSON_1_1 -> "application/x-amz-json-1.1";
            case QUERY -> "text/xml";
        };
    }
}
