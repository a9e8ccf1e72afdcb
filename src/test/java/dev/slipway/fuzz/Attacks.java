package dev.slipway.fuzz;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes requests that a careless server would fail on; one random source, one request. */
final class Attacks {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String REPOSITORY = "/v2/100000000001/us-east-1/fuzz/app/";

    private static final AlmostRight TOUR = new AlmostRight();

    private final Hostile hostile;
    private final List<Operation> built;
    private final String login;

    /**
     * @param built the operations that the cloud has
     * @param login what {@code Authorization} says to the registry
     */
    Attacks(Random random, List<Operation> built, String login) {
        this.hostile = new Hostile(random);
        this.built = built;
        this.login = login;
    }

    private Operation operation() {
        return hostile.of(hostile.oneIn(20) ? Operation.ALL : built);
    }

    Message next() {
        return switch (hostile.random().nextInt(14)) {
            case 0, 1, 2 -> members();
            case 10, 11, 12, 13 -> almostRight();
            case 3 -> brokenBody();
            case 4 -> brokenForm();
            case 5 -> brokenHead();
            case 6 -> brokenSignature();
            case 7 -> path();
            default -> registry();
        };
    }

    /** The root of an account is named by its number, with any secret: these signatures are good as they are. */
    private static Map<String, String> signature(String service, String region) {
        String time = TIME.format(Instant.now());
        return Map.of(
                "X-Amz-Date",
                time,
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=100000000001/" + time.substring(0, 8) + "/" + region + "/" + service
                        + "/aws4_request, SignedHeaders=host;x-amz-date;x-amz-target, Signature=00");
    }

    /** A call with nothing in it. */
    static Message empty(Operation operation) {
        return RandomCalls.message(operation, signature(operation.service(), "us-east-1"))
                .body(operation.isQuery() ? "Action=" + operation.name() + "&Version=" + operation.version() : "{}");
    }

    private Message signed(Operation operation) {
        return RandomCalls.message(operation, signature(operation.service(), "us-east-1"));
    }

    private Message almostRight() {
        Map.Entry<Operation, String> call = TOUR.next(hostile);
        return signed(call.getKey()).body(call.getValue());
    }

    private Message members() {
        Operation operation = operation();
        return signed(operation).body(new RandomCalls(hostile).body(operation));
    }

    private Message brokenBody() {
        Operation operation = operation();
        return signed(operation)
                .body(
                        switch (hostile.random().nextInt(6)) {
                            case 0 -> hostile.bytes(2000);
                            case 1 ->
                                ("{\"a\":" + "[".repeat(hostile.random().nextInt(200_000)))
                                        .getBytes(StandardCharsets.UTF_8);
                            case 2 -> hostile.json().getBytes(StandardCharsets.UTF_8);
                            case 3 ->
                                ("{\"maxResults\":1"
                                                + "0".repeat(hostile.random().nextInt(5000)) + "}")
                                        .getBytes(StandardCharsets.UTF_8);
                            default ->
                                hostile.bitten(
                                        new RandomCalls(hostile).body(operation).getBytes(StandardCharsets.UTF_8));
                        });
    }

    private Message brokenForm() {
        String form =
                switch (hostile.random().nextInt(5)) {
                    case 0 -> "Action=" + hostile.line() + "&Version=" + hostile.line();
                    case 1 ->
                        "Action=CreateUser&Version=2010-05-08&UserName=a&Tags.member." + hostile.line() + "="
                                + hostile.line();
                    case 2 ->
                        "Action=CreateUser&Version=2010-05-08"
                                + "&UserName.a".repeat(hostile.random().nextInt(3000));
                    case 3 -> "Action=GetRole&" + new String(hostile.bytes(500), StandardCharsets.ISO_8859_1);
                    default ->
                        "Action=CreateUser&Version=2010-05-08&Tags.member.1"
                                + ".Key".repeat(hostile.random().nextInt(20_000)) + "=x";
                };
        Message message = hostile.oneIn(3)
                ? new Message("GET", "/?" + form.replace(' ', '+').replaceAll("[\r\n]", ""))
                : new Message("POST", "/").body(form);
        message.header("Host", "127.0.0.1").header("Content-Type", "application/x-www-form-urlencoded");
        signature(hostile.of(List.of("iam", "sts")), "us-east-1").forEach(message::header);
        return message;
    }

    private Message brokenHead() {
        Operation operation = operation();
        Message message = new Message(hostile.oneIn(5) ? hostile.noise(5).replaceAll("[^!-~]", "x") : "POST", "/");
        if (!hostile.oneIn(6)) {
            message.header("Host", hostile.oneIn(2) ? "127.0.0.1" : hostile.line());
        }
        switch (hostile.random().nextInt(9)) {
            case 0 ->
                message.unframed().header("Content-Length", hostile.line()).body("{}");
            case 1 ->
                message.unframed()
                        .header("Content-Length", "5")
                        .header("Content-Length", "6")
                        .body("{}");
            case 2 ->
                message.unframed()
                        .header("Transfer-Encoding", hostile.of(List.of("chunked", "gzip, chunked", "x")))
                        .body(hostile.bytes(100));
            case 3 -> message.header("Transfer-Encoding", "chunked").body("0\r\n\r\n");
            case 4 ->
                message.header("Expect", hostile.oneIn(2) ? "100-continue" : hostile.line())
                        .body("{}");
            case 5 ->
                message.header("Content-Encoding", hostile.of(List.of("gzip", "br", "x")))
                        .body(hostile.bytes(100));
            case 6 ->
                message.version(hostile.of(List.of("HTTP/1.0", "HTTP/2.0", "HTTP/9.9", "http/1.1", "HTTP/1.1 x")));
            case 7 -> message.header("X-" + "y".repeat(hostile.random().nextInt(90_000)), "z");
            default -> message.header("Origin", "http://" + hostile.line());
        }
        message.header("Content-Type", hostile.oneIn(2) ? operation.contentType() : hostile.line());
        message.header("X-Amz-Target", hostile.oneIn(2) ? operation.target() + "." + operation.name() : hostile.line());
        signature(operation.service(), hostile.oneIn(4) ? hostile.line() : "us-east-1")
                .forEach(message::header);
        return message;
    }

    private Message brokenSignature() {
        Operation operation = operation();
        String good = signature(operation.service(), "us-east-1").get("Authorization");
        String bad =
                switch (hostile.random().nextInt(4)) {
                    case 0 -> hostile.line();
                    case 1 -> good.replace("100000000001", hostile.line());
                    case 2 -> good.replace("us-east-1", hostile.line());
                    default ->
                        new String(
                                        hostile.bitten(good.getBytes(StandardCharsets.ISO_8859_1)),
                                        StandardCharsets.ISO_8859_1)
                                .replaceAll("[\r\n]", "");
                };
        Message message = RandomCalls.message(operation, Map.of("Authorization", bad));
        message.header("X-Amz-Date", hostile.oneIn(3) ? hostile.line() : TIME.format(Instant.now()));
        if (hostile.oneIn(4)) {
            message.header("X-Amz-Security-Token", hostile.line());
        }
        if (hostile.oneIn(4)) {
            message.header("X-Amz-Content-Sha256", hostile.line());
        }
        return message.body(
                operation.isQuery() ? "Action=" + operation.name() + "&Version=" + operation.version() : "{}");
    }

    private Message path() {
        String start = hostile.of(List.of(
                "/",
                "//",
                "/v2/",
                "/v2",
                "/_slipway/",
                "/_slipway/health",
                "/_slipway/decisions?last=",
                "/v2/public.ecr.aws/",
                "http://127.0.0.1/",
                "*",
                ""));
        String target = (start + hostile.line()).replace(" ", "%20");
        return new Message(
                        hostile.of(List.of("GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH")),
                        target.isEmpty() ? "/" : target)
                .header("Host", hostile.oneIn(5) ? hostile.line() : "127.0.0.1");
    }

    private Message registry() {
        String repository = hostile.oneIn(4) ? "/v2/" + hostile.line() + "/" : REPOSITORY;
        String end = hostile.oneIn(3) ? hostile.line() : RandomCalls.encoded(hostile.text());
        String target = repository
                + switch (hostile.random().nextInt(7)) {
                    case 0 -> "manifests/" + end;
                    case 1 -> "blobs/" + end;
                    case 2 -> "blobs/uploads/" + (hostile.oneIn(2) ? "" : end);
                    case 3 ->
                        "blobs/uploads/?digest=" + end + "&mount=" + end + "&from="
                                + RandomCalls.encoded(hostile.text());
                    case 4 -> "tags/list?n=" + end + "&last=" + end;
                    case 5 -> "referrers/" + end + "?artifactType=" + end;
                    default -> end;
                };
        Message message = new Message(
                        hostile.of(List.of("GET", "HEAD", "PUT", "POST", "PATCH", "DELETE")),
                        target.replace(" ", "%20"))
                .header("Host", "127.0.0.1")
                .header("Authorization", hostile.oneIn(10) ? hostile.line() : login)
                .body(hostile.oneIn(2) ? hostile.bytes(300) : hostile.json().getBytes(StandardCharsets.UTF_8));
        if (hostile.oneIn(3)) {
            message.header(
                    "Content-Range",
                    hostile.oneIn(2)
                            ? hostile.line()
                            : hostile.random().nextInt() + "-"
                                    + hostile.random().nextInt());
        }
        if (hostile.oneIn(3)) {
            message.header(
                    "Range",
                    hostile.oneIn(2)
                            ? hostile.line()
                            : "bytes=" + hostile.random().nextInt() + "-"
                                    + hostile.random().nextInt());
        }
        if (hostile.oneIn(2)) {
            message.header(
                    "Content-Type",
                    hostile.of(List.of(
                            "application/vnd.oci.image.manifest.v1+json",
                            "application/vnd.docker.distribution.manifest.v2+json",
                            "application/octet-stream",
                            "x")));
        }
        return message;
    }
}
