package dev.slipway.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Values that have broken servers before, and plain noise. */
record Hostile(Random random) {
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "a",
            "..",
            "../../../../etc/passwd",
            "..%2f..%2f..%2fcanary",
            "%2e%2e/%2e%2e/canary",
            "/etc/passwd",
            "\\..\\..\\canary",
            "a\u0000b",
            "a\nb",
            "a\r\nX-Injected: 1",
            "%00",
            "%zz",
            "%",
            "${jndi:ldap://127.0.0.1:1/a}",
            "${aws:username}",
            "'; drop table x; --",
            "<script>alert(1)</script>",
            "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>",
            "日本語🚢",
            "\ud800",
            "\uffff",
            "ａ",
            "null",
            "true",
            "-1",
            "0",
            "2147483648",
            "9223372036854775808",
            "1e309",
            "NaN",
            "*",
            "?",
            "arn:aws:iam::100000000001:role/fuzz",
            "arn:aws:ecr:us-east-1:100000000001:repository/fuzz/app",
            "arn:aws:apprunner:us-east-1:100000000001:service/fuzz/00000000000000000000000000000000",
            "arn:aws:iam::aws:policy/AdministratorAccess",
            "arn::::::",
            "arn:aws:iam::",
            "100000000001",
            "fuzz",
            "fuzz/app",
            "latest",
            "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
            "sha512:00",
            "sha256:../../../canary",
            "md5:d41d8cd98f00b204e9800998ecf8427e",
            "(a+)+$",
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\"}]}",
            "{\"Statement\":[]}",
            "{",
            "[]",
            "1 vCPU",
            "2024-01-01T00:00:00Z",
            "+10000-01-01T00:00:00Z");

    boolean oneIn(int count) {
        return random.nextInt(count) == 0;
    }

    <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    String text() {
        return switch (random.nextInt(8)) {
            case 0 -> noise(1 + random.nextInt(40));
            case 1 -> of(TEXTS).repeat(1 + random.nextInt(3));
            case 2 -> oneIn(4) ? "a".repeat(random.nextInt(70_000)) : "a".repeat(random.nextInt(600));
            case 3 -> of(TEXTS) + of(TEXTS);
            default -> of(TEXTS);
        };
    }

    String noise(int length) {
        return IntStream.range(0, length)
                .mapToObj(at -> String.valueOf(
                        (char) (random.nextInt(3) == 0 ? random.nextInt(0xd800) : 32 + random.nextInt(95))))
                .collect(Collectors.joining());
    }

    byte[] bytes(int most) {
        byte[] bytes = new byte[random.nextInt(most)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** For a request line or a header: one byte a character, no end of line. */
    String line() {
        String text = new String(text().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        return text.replaceAll("[\r\n]", oneIn(10) ? "\r" : "").replace(" ", oneIn(4) ? " " : "");
    }

    String json() {
        return json(0);
    }

    private String json(int depth) {
        int kind = random.nextInt(depth > 3 ? 6 : 9);
        return switch (kind) {
            case 0, 1, 2 -> quoted(text());
            case 3 -> String.valueOf(random.nextInt());
            case 4 ->
                of(List.of(
                        "0", "-0", "1e400", "-1e-400", "1.5", "9223372036854775808", "1E+2147483647", "true", "null"));
            case 5 -> of(List.of("[]", "{}", "\"\"", "[null]", "[[]]", "{\"\":{}}"));
            case 6 -> "[" + json(depth + 1) + "," + json(depth + 1) + "]";
            default ->
                "{" + quoted(text()) + ":" + json(depth + 1) + "," + quoted(text()) + ":" + json(depth + 1) + "}";
        };
    }

    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c < 0x20 || c == '"' || c == '\\' || c > 0x7e) {
                quoted.append(String.format("\\u%04x", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }

    /** Changes, drops, doubles or swaps a few bytes. */
    byte[] bitten(byte[] given) {
        byte[] bytes = given.clone();
        for (int bite = 1 + random.nextInt(4); bite > 0 && bytes.length > 0; bite--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes = java.util.Arrays.copyOf(bytes, at);
                case 2 -> {
                    byte[] longer = java.util.Arrays.copyOf(bytes, bytes.length + at);
                    System.arraycopy(bytes, 0, longer, bytes.length, at);
                    bytes = longer;
                }
                default -> bytes[at] = (byte) "{}[]\",:\\%&=.0-".charAt(random.nextInt(14));
            }
        }
        return bytes;
    }
}
