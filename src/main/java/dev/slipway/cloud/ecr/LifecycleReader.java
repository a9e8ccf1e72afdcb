package dev.slipway.cloud.ecr;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.cloud.ecr.LifecycleRule.CountType;
import dev.slipway.cloud.ecr.LifecycleRule.TagStatus;
import dev.slipway.cloud.wire.AwsException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads lifecycle policies; what it does not understand it refuses, in ECR's words. */
final class LifecycleReader {
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(16).build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final int MOST_RULES = 50;
    private static final int MOST_WILDCARDS = 4;
    private static final int SHORTEST = 100;
    private static final int LONGEST = 30_720;

    private LifecycleReader() {}

    /** @throws AwsException InvalidParameterException */
    static LifecyclePolicy read(String text) {
        if (text.length() < SHORTEST || text.length() > LONGEST) {
            throw Errors.invalidParameter(
                    "LifecyclePolicyText", "must have " + SHORTEST + " to " + LONGEST + " characters");
        }
        JsonNode root = parse(text);
        members(root, Set.of("rules"), Set.of("rules"));
        if (!root.path("rules").isArray() || root.path("rules").size() > MOST_RULES) {
            throw failure("`rules` is a list of at most " + MOST_RULES);
        }
        List<LifecycleRule> rules = new ArrayList<>();
        root.path("rules").forEach(node -> rules.add(rule(node)));
        requireOrder(rules);
        return new LifecyclePolicy(rules);
    }

    private static JsonNode parse(String text) {
        try {
            JsonNode root = JSON.readTree(text);
            if (root != null && root.isObject()) {
                return root;
            }
        } catch (JsonProcessingException e) {
            throw failure("Could not map policyString into LifecyclePolicy.");
        }
        throw failure("Could not map policyString into LifecyclePolicy.");
    }

    private static LifecycleRule rule(JsonNode node) {
        members(
                node,
                Set.of("rulePriority", "selection", "action"),
                Set.of("rulePriority", "description", "selection", "action"));
        JsonNode selection = node.path("selection");
        members(
                selection,
                Set.of("tagStatus", "countType", "countNumber"),
                Set.of("tagStatus", "tagPrefixList", "tagPatternList", "countType", "countUnit", "countNumber"));
        members(node.path("action"), Set.of("type"), Set.of("type"));
        oneOf(node.path("action").path("type"), "expire");
        TagStatus status =
                switch (oneOf(selection.path("tagStatus"), "any", "tagged", "untagged")) {
                    case "any" -> TagStatus.ANY;
                    case "tagged" -> TagStatus.TAGGED;
                    default -> TagStatus.UNTAGGED;
                };
        CountType type =
                switch (oneOf(
                        selection.path("countType"), "imageCountMoreThan", "sinceImagePulled", "sinceImagePushed")) {
                    case "imageCountMoreThan" -> CountType.IMAGE_COUNT_MORE_THAN;
                    case "sinceImagePulled" -> CountType.SINCE_IMAGE_PULLED;
                    default -> CountType.SINCE_IMAGE_PUSHED;
                };
        if (selection.has("countUnit") == (type == CountType.IMAGE_COUNT_MORE_THAN)) {
            throw failure("instance failed to match exactly one schema (matched 0 out of 2)");
        }
        if (selection.has("countUnit")) {
            oneOf(selection.path("countUnit"), "days");
        }
        return new LifecycleRule(
                number(node.path("rulePriority")),
                status,
                patterns(status, selection),
                type,
                number(selection.path("countNumber")));
    }

    private static List<String> patterns(TagStatus status, JsonNode selection) {
        List<String> prefixes = texts(selection.path("tagPrefixList"));
        List<String> patterns = texts(selection.path("tagPatternList"));
        if (status != TagStatus.TAGGED) {
            if (!prefixes.isEmpty() || !patterns.isEmpty()) {
                throw failure("tags are named only where the tag status is tagged");
            }
            return List.of();
        }
        if (prefixes.isEmpty() == patterns.isEmpty()) {
            throw failure("one of tagPrefixList and tagPatternList is required where the tag status is tagged");
        }
        if (patterns.stream().anyMatch(pattern -> Wildcard.count(pattern) > MOST_WILDCARDS)) {
            throw failure("a tag pattern has at most " + MOST_WILDCARDS + " wildcards");
        }
        // A prefix is taken as it is written: a star in it is no wildcard, but no tag has a star either.
        return patterns.isEmpty()
                ? prefixes.stream().map(prefix -> prefix + "*").toList()
                : patterns;
    }

    private static void requireOrder(List<LifecycleRule> rules) {
        Set<Integer> priorities = new HashSet<>();
        rules.forEach(rule -> {
            if (!priorities.add(rule.priority())) {
                throw failure("the rule priority " + rule.priority() + " is there twice");
            }
        });
        int last = rules.stream().mapToInt(LifecycleRule::priority).max().orElse(0);
        if (rules.stream().anyMatch(rule -> rule.tagStatus() == TagStatus.ANY && rule.priority() != last)) {
            throw failure("a rule with the tag status any must have the highest rulePriority");
        }
        if (rules.stream()
                        .filter(rule -> rule.tagStatus() == TagStatus.UNTAGGED)
                        .count()
                > 1) {
            throw failure("only one rule may select untagged images");
        }
        Set<Set<String>> selections = new HashSet<>();
        rules.stream()
                .filter(rule -> rule.tagStatus() == TagStatus.TAGGED)
                .map(rule -> Set.copyOf(rule.patterns()))
                .forEach(tags -> {
                    if (!selections.add(tags)) {
                        throw failure("two rules select the same tags: " + new TreeSet<>(tags));
                    }
                });
    }

    private static void members(JsonNode node, Set<String> required, Set<String> allowed) {
        if (!node.isObject()) {
            throw failure("instance type (" + type(node)
                    + ") does not match any allowed primitive type (allowed: [\"object\"])");
        }
        Set<String> missing = new TreeSet<>(required);
        Set<String> unknown = new TreeSet<>();
        node.fieldNames().forEachRemaining(name -> {
            missing.remove(name);
            if (!allowed.contains(name)) {
                unknown.add(name);
            }
        });
        if (!missing.isEmpty()) {
            throw failure("object has missing required properties (" + list(missing) + ")");
        }
        if (!unknown.isEmpty()) {
            throw failure(
                    "object instance has properties which are not allowed by the schema: (" + list(unknown) + ")");
        }
    }

    private static String oneOf(JsonNode node, String... words) {
        String text = node.isTextual() ? node.textValue() : node.toString();
        Set<String> known = new TreeSet<>(List.of(words));
        if (!known.contains(text)) {
            throw failure("instance value (\"" + text + "\") not found in enum (possible values: " + list(known) + ")");
        }
        return text;
    }

    private static int number(JsonNode node) {
        if (!node.isIntegralNumber() || !node.canConvertToInt()) {
            throw failure("instance type (" + type(node)
                    + ") does not match any allowed primitive type (allowed: [\"integer\"])");
        }
        if (node.intValue() < 1) {
            throw failure(
                    "numeric instance is lower than the required minimum (minimum: 1, found: " + node.intValue() + ")");
        }
        return node.intValue();
    }

    private static List<String> texts(JsonNode node) {
        if (node.isMissingNode()) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        node.forEach(element -> texts.add(element.isTextual() ? element.textValue() : ""));
        if (!node.isArray() || texts.stream().anyMatch(text -> text.isEmpty() || text.length() > 128)) {
            throw failure("a list of tags is a list of texts of 1 to 128 characters");
        }
        return texts;
    }

    private static String type(JsonNode node) {
        return node.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
    }

    private static String list(Set<String> words) {
        return words.stream().map(word -> '"' + word + '"').collect(Collectors.joining(",", "[", "]"));
    }

    private static AwsException failure(String why) {
        return Errors.invalidParameter("LifecyclePolicyText", "Lifecycle policy validation failure: " + why);
    }
}
