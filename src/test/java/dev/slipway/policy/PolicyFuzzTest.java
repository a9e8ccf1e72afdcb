package dev.slipway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.testing.Cases;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a document says, it is a policy that can be decided by, or {@link MalformedPolicy}; nothing else, and soon. */
final class PolicyFuzzTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> NAMES = List.of(
            "Version",
            "Id",
            "Statement",
            "Sid",
            "Effect",
            "Principal",
            "NotPrincipal",
            "Action",
            "NotAction",
            "Resource",
            "NotResource",
            "Condition",
            "AWS",
            "Service",
            "Federated",
            "aws:SourceIp",
            "aws:username",
            "x",
            "");
    private static final List<String> VALUES = List.of(
            "2012-10-17",
            "2008-10-17",
            "Allow",
            "Deny",
            "*",
            "ecr:*",
            "ecr:BatchGet?mage",
            "arn:aws:ecr:*:*:repository/*",
            "${aws:username}",
            "${",
            "${}",
            "${*}",
            "${aws:PrincipalTag/x, 'y'}",
            "${aws:username",
            "$${?}}",
            "203.0.113.0/24",
            "::/0",
            "::ffff:1.2.3.4/200",
            "1.2.3.4/-1",
            "true",
            "1e999999999",
            "-0",
            "2026-02-30T25:61:00Z",
            "9999999999999",
            "+999999999-12-31T23:59:59Z",
            "2026",
            "arn:aws:iam::111122223333:root",
            "\u0000",
            "\ud800",
            "*".repeat(60),
            "a:b:c:d:e:f:g",
            "",
            "????????????????????a");
    private static final List<String> OPERATORS = List.of(
            "StringEquals",
            "StringNotLike",
            "ForAnyValue:StringLike",
            "ForAllValues:StringNotEqualsIfExists",
            "NumericLessThan",
            "DateGreaterThanEquals",
            "Bool",
            "Null",
            "IpAddress",
            "NotIpAddress",
            "ArnLike",
            "ArnNotEquals",
            "BinaryEquals",
            "IfExists",
            "ForAnyValue:",
            "stringequals",
            "Nonsense");

    @Test
    void documentOfAnyShapeIsAPolicyOrMalformed() {
        int[] policies = {0};
        Cases.of(4_000, 100_000).run((random, number) -> {
            String text = random.nextInt(3) == 0 ? mutated(random, valid(random)) : valid(random);
            long begun = System.nanoTime();
            try {
                decide(PolicyDocument.parse(text), random);
                policies[0]++;
            } catch (MalformedPolicy expected) {
                assertThat(expected.getMessage()).isNotBlank();
            }
            assertThat(System.nanoTime() - begun).as(text).isLessThan(5_000_000_000L);
        });
        assertThat(policies[0]).isGreaterThan(200);
    }

    private static void decide(PolicyDocument document, Random random) {
        assertThat(PolicyDocument.parse(document.toJson()).canonical()).isEqualTo(document.canonical());
        assertThat(StatementPosition.in(document.toJson())).hasSameSizeAs(document.statements());
        assertThat(document.contextKeys()).doesNotContainNull();
        Map<String, List<String>> keys = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            keys.put(any(random, NAMES), List.of(any(random, VALUES), any(random, VALUES)));
        }
        AccessRequest request = new AccessRequest(
                Principal.user(
                        "111122223333",
                        "arn:aws:iam::111122223333:user/ann",
                        "AIDAX",
                        Map.of("x", any(random, VALUES))),
                "ecr:BatchGetImage",
                "arn:aws:ecr:eu-west-1:111122223333:repository/" + "a".repeat(random.nextInt(200)),
                "111122223333",
                keys);
        NamedPolicy policy = new NamedPolicy("p", document);
        assertThat(Evaluator.evaluate(
                        request, Policies.identity(List.of(policy)).withResource(policy)))
                .isNotNull();
        assertThat(Evaluator.evaluate(
                        request,
                        Policies.identity(List.of(policy)).withBoundary(policy).withTrust(policy)))
                .isNotNull();
    }

    /** A document that has most of what a policy needs. */
    private static String valid(Random random) {
        ObjectNode root = JSON.createObjectNode();
        if (random.nextInt(4) > 0) {
            root.put("Version", "2012-10-17");
        }
        ArrayNode statements = root.putArray("Statement");
        for (int i = random.nextInt(3); i >= 0; i--) {
            ObjectNode statement = statements.addObject();
            statement.put("Effect", random.nextBoolean() ? "Allow" : "Deny");
            statement.set(
                    random.nextBoolean() ? "Action" : "NotAction",
                    random.nextInt(5) == 0 ? any(random, 3) : text("ecr:*"));
            if (random.nextInt(4) > 0) {
                statement.set(random.nextBoolean() ? "Resource" : "NotResource", any(random, 1));
            }
            if (random.nextInt(3) == 0) {
                statement.set(
                        random.nextBoolean() ? "Principal" : "NotPrincipal",
                        random.nextBoolean() ? text("*") : any(random, 2));
            }
            if (random.nextInt(2) == 0) {
                ObjectNode conditions = statement.putObject("Condition");
                for (int c = random.nextInt(3); c >= 0; c--) {
                    ObjectNode block = JSON.createObjectNode();
                    block.set(any(random, NAMES), any(random, 1));
                    conditions.set(any(random, OPERATORS), block);
                }
            }
            if (random.nextInt(10) == 0) {
                statement.set(any(random, NAMES), any(random, 3));
            }
        }
        return root.toString();
    }

    /** Any JSON, not deeper than this. */
    private static JsonNode any(Random random, int depth) {
        int kind = random.nextInt(depth > 0 ? 9 : 6);
        if (kind < 5) {
            return text(any(random, VALUES));
        }
        if (kind == 5) {
            return List.<JsonNode>of(
                            JSON.getNodeFactory().nullNode(),
                            JSON.getNodeFactory().booleanNode(true),
                            JSON.getNodeFactory().numberNode(random.nextLong()),
                            JSON.getNodeFactory().numberNode(1e300))
                    .get(random.nextInt(4));
        }
        if (kind < 8) {
            ArrayNode list = JSON.createArrayNode();
            for (int i = random.nextInt(3); i > 0; i--) {
                list.add(any(random, depth - 1));
            }
            return list;
        }
        ObjectNode object = JSON.createObjectNode();
        object.set(any(random, NAMES), any(random, depth - 1));
        return object;
    }

    /** The same text with some characters cut out, doubled or changed. */
    private static String mutated(Random random, String text) {
        List<Integer> characters = new ArrayList<>(text.chars().boxed().toList());
        for (int i = 1 + random.nextInt(4); i > 0 && !characters.isEmpty(); i--) {
            int at = random.nextInt(characters.size());
            switch (random.nextInt(4)) {
                case 0 -> characters.remove(at);
                case 1 -> characters.add(at, characters.get(at));
                case 2 -> characters.set(at, (int) "{}[]\",:\\ \u0000é".charAt(random.nextInt(11)));
                default ->
                    characters
                            .subList(at, Math.min(characters.size(), at + random.nextInt(40)))
                            .clear();
            }
        }
        StringBuilder changed = new StringBuilder();
        characters.forEach(character -> changed.append((char) character.intValue()));
        return random.nextInt(50) == 0 ? "[".repeat(5000) + changed : changed.toString();
    }

    private static JsonNode text(String value) {
        return JSON.getNodeFactory().textNode(value);
    }

    private static String any(Random random, List<String> all) {
        return all.get(random.nextInt(all.size()));
    }
}
