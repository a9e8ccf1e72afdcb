package dev.slipway.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The classes of disagreement with iam-simulate that are understood, each a row of {@code docs/iam-agreement.md}. A class is how the
 * other reads a policy, as a rewriting of the policy: a disagreement is explained only when the evaluator, given the rewritten policies,
 * decides as the other does.
 */
final class Disagreements {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}*?$,]+)\\}");

    private static final List<Reading> READINGS = List.of(
            new Reading("variables-in-old-versions", Disagreements::variablesEverywhere),
            new Reading("not-principal-one-identity", Disagreements::oneIdentityIsEnough),
            new Reading("for-any-value-if-exists", Disagreements::ifExistsDoesNothing),
            new Reading("variable-without-value", Disagreements::variableVoidsStatement),
            new Reading("ipv4-slash-zero", Disagreements::slashZeroIsOneAddress),
            new Reading("not-ip-other-family", Disagreements::otherFamilyIsNotOther),
            new Reading("session-policy-caps-grants", Disagreements::grantsAreToTheRole));

    private Disagreements() {}

    private record Reading(String name, BiConsumer<AgreementRequest, ObjectNode> rewrite) {}

    /** The names of the fewest readings that together explain the other's decision. */
    static Optional<String> of(AgreementRequest request, String theirs) {
        for (int size = 1; size <= 3; size++) {
            for (int set = 1; set < 1 << READINGS.size(); set++) {
                if (Integer.bitCount(set) == size
                        && SimulatorAgreementIT.word(read(request, set).decide())
                                .equals(theirs)) {
                    return Optional.of(names(set));
                }
            }
        }
        return Optional.empty();
    }

    private static String names(int set) {
        Set<String> names = new TreeSet<>();
        for (int i = 0; i < READINGS.size(); i++) {
            if ((set & 1 << i) != 0) {
                names.add(READINGS.get(i).name);
            }
        }
        return String.join(" + ", names);
    }

    private static AgreementRequest read(AgreementRequest request, int set) {
        return request.rewritten(policy -> {
            for (int i = 0; i < READINGS.size(); i++) {
                if ((set & 1 << i) != 0) {
                    READINGS.get(i).rewrite.accept(request, policy);
                }
            }
        });
    }

    private static void variablesEverywhere(AgreementRequest request, ObjectNode policy) {
        policy.put("Version", "2012-10-17");
    }

    private static void oneIdentityIsEnough(AgreementRequest request, ObjectNode policy) {
        Principal principal = request.request().principal();
        Set<String> mine = new LinkedHashSet<>(List.of(
                principal.account(), Principal.rootArn(principal.account()), principal.roleArn(), principal.arn()));
        eachStatement(policy, statement -> {
            if (statement.has("NotPrincipal")) {
                List<String> named = texts(statement.get("NotPrincipal").get("AWS"));
                if (named.stream().anyMatch(mine::contains)) {
                    ArrayNode all = statement.withObject("/NotPrincipal").putArray("AWS");
                    named.forEach(all::add);
                    mine.forEach(all::add);
                }
            }
        });
    }

    private static void ifExistsDoesNothing(AgreementRequest request, ObjectNode policy) {
        eachCondition(
                policy,
                (operator, condition) ->
                        operator.startsWith("ForAnyValue:") ? operator.replace("IfExists", "") : operator);
    }

    private static void variableVoidsStatement(AgreementRequest request, ObjectNode policy) {
        Map<String, List<String>> keys = request.request().keys();
        boolean variables = policy.path("Version").asText().equals("2012-10-17");
        eachStatement(policy, statement -> {
            boolean unresolved = statement.has("NotResource")
                    && texts(statement.get("NotResource")).stream().anyMatch(text -> isUnresolved(text, keys));
            for (Map.Entry<String, JsonNode> operator :
                    statement.path("Condition").properties()) {
                boolean negated = operator.getKey().contains("Not");
                for (JsonNode values : operator.getValue()) {
                    unresolved |= negated && texts(values).stream().anyMatch(text -> isUnresolved(text, keys));
                }
            }
            if (variables && unresolved) {
                statement.remove("NotAction");
                statement.put("Action", "none:None");
            }
        });
    }

    private static boolean isUnresolved(String text, Map<String, List<String>> keys) {
        Matcher variable = VARIABLE.matcher(text);
        return variable.find() && !keys.containsKey(variable.group(1).toLowerCase(java.util.Locale.ROOT));
    }

    private static void slashZeroIsOneAddress(AgreementRequest request, ObjectNode policy) {
        eachStatement(policy, statement -> statement.path("Condition").forEach(keys -> {
            if (keys.has("aws:SourceIp")) {
                ArrayNode values = JsonNodeFactory.instance.arrayNode();
                texts(keys.get("aws:SourceIp")).forEach(text -> values.add(text.replace("0.0.0.0/0", "0.0.0.0/32")));
                ((ObjectNode) keys).set("aws:SourceIp", values);
            }
        }));
    }

    private static void otherFamilyIsNotOther(AgreementRequest request, ObjectNode policy) {
        List<String> source = request.request().keys().getOrDefault("aws:sourceip", List.of());
        eachStatement(policy, statement -> {
            for (String operator : List.of("NotIpAddress", "NotIpAddressIfExists")) {
                JsonNode values = statement.path("Condition").path(operator).path("aws:SourceIp");
                boolean other = !source.isEmpty()
                        && texts(values).stream()
                                .anyMatch(text -> !text.contains("/")
                                        && text.contains(":") != source.get(0).contains(":"));
                if (other) {
                    statement.remove("NotAction");
                    statement.put("Action", "none:None");
                }
            }
        });
    }

    private static void grantsAreToTheRole(AgreementRequest request, ObjectNode policy) {
        if (request.request().principal().kind() != Principal.Kind.SESSION) {
            return;
        }
        String role = request.request().principal().roleArn();
        eachStatement(policy, statement -> {
            JsonNode named = statement.path("Principal");
            List<String> aws = texts(named.path("AWS"));
            boolean direct = named.asText().equals("*")
                    || aws.contains("*")
                    || aws.contains(request.request().principal().arn());
            if (direct && statement.get("Effect").asText().equals("Allow")) {
                statement.putObject("Principal").put("AWS", role);
            }
        });
    }

    private static void eachStatement(ObjectNode policy, Consumer<ObjectNode> change) {
        policy.get("Statement").forEach(statement -> change.accept((ObjectNode) statement));
    }

    private interface Rename {
        String of(String operator, JsonNode keys);
    }

    private static void eachCondition(ObjectNode policy, Rename rename) {
        eachStatement(policy, statement -> {
            if (statement.has("Condition")) {
                ObjectNode old = (ObjectNode) statement.remove("Condition");
                ObjectNode renamed = statement.putObject("Condition");
                old.properties()
                        .forEach(operator -> renamed.withObject("/" + rename.of(operator.getKey(), operator.getValue()))
                                .setAll((ObjectNode) operator.getValue()));
            }
        });
    }

    private static List<String> texts(JsonNode values) {
        List<String> texts = new ArrayList<>();
        if (values.isTextual()) {
            texts.add(values.asText());
        } else {
            values.forEach(value -> texts.add(value.asText()));
        }
        return texts;
    }
}
