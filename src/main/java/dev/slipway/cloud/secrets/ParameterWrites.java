package dev.slipway.cloud.secrets;

import dev.slipway.cloud.wire.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.AddTagsToResourceRequest;
import software.amazon.awssdk.services.ssm.model.AddTagsToResourceResponse;
import software.amazon.awssdk.services.ssm.model.DeleteParameterRequest;
import software.amazon.awssdk.services.ssm.model.DeleteParameterResponse;
import software.amazon.awssdk.services.ssm.model.DeleteParametersRequest;
import software.amazon.awssdk.services.ssm.model.DeleteParametersResponse;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.PutParameterResponse;
import software.amazon.awssdk.services.ssm.model.RemoveTagsFromResourceRequest;
import software.amazon.awssdk.services.ssm.model.RemoveTagsFromResourceResponse;
import software.amazon.awssdk.services.ssm.model.Tag;

/** Putting, tagging and deleting parameters. */
final class ParameterWrites {
    private static final Set<String> TYPES = Set.of("String", "StringList", ParameterRecord.SECURE);
    private static final String DEFAULT_KEY = "alias/aws/ssm";
    private static final int STANDARD_CHARS = 4096;
    private static final int ADVANCED_CHARS = 8192;
    private static final int MOST_TAGS = 50;
    private static final int MOST_PATTERN = 1024;
    private static final int QUOTA = 10_000;

    private final ParameterTable parameters;
    private final Vault vault;

    ParameterWrites(ParameterTable parameters, Vault vault) {
        this.parameters = parameters;
        this.vault = vault;
    }

    synchronized PutParameterResponse put(Call call, PutParameterRequest request) {
        ParameterName name = ParameterName.parse(String.valueOf(request.name()));
        ParameterName.checkNew(name.name());
        if (name.selector() != null || name.account() != null) {
            throw Errors.validation("Parameter name must be a name without a version or an ARN.");
        }
        Optional<ParameterRecord> known = parameters.find(call, name);
        boolean overwrite = Boolean.TRUE.equals(request.overwrite());
        if (known.isPresent() && !overwrite) {
            throw Errors.error(
                    "ParameterAlreadyExists",
                    "The parameter already exists. To overwrite this value, set the overwrite option in the request to"
                            + " true.");
        }
        if (overwrite && !request.tags().isEmpty()) {
            throw Errors.validation("Invalid request: tags and overwrite can't be used together. To create a parameter"
                    + " with tags, please remove overwrite flag. To update tags for an existing parameter, please use"
                    + " AddTagsToResource or RemoveTagsFromResource.");
        }
        ParameterRecord parameter = known.orElseGet(() -> fresh(call, name.name(), request));
        ParameterRecord changed = parameter.with(version(call, parameter, request, known.isPresent()));
        parameters.put(changed);
        return PutParameterResponse.builder()
                .version(changed.latest().number())
                .tier(changed.tier())
                .build();
    }

    private ParameterRecord fresh(Call call, String name, PutParameterRequest request) {
        if (request.typeAsString() == null) {
            throw Errors.validation("A parameter type is required when you create a parameter.");
        }
        if (parameters.all(call.account(), call.region()).size() >= QUOTA) {
            throw Errors.error(
                    "ParameterLimitExceeded",
                    "Parameter limit has been exceeded. You can have at most " + QUOTA + " standard parameters.");
        }
        return new ParameterRecord(
                call.account(),
                call.region(),
                name,
                request.typeAsString(),
                "Standard",
                "text",
                null,
                null,
                tags(request.tags()),
                List.of());
    }

    private ParameterRecord.Version version(
            Call call, ParameterRecord parameter, PutParameterRequest request, boolean known) {
        String type = request.typeAsString() == null ? parameter.type() : request.typeAsString();
        if (!TYPES.contains(type)) {
            throw Errors.error("UnsupportedParameterType", "The parameter type " + type + " isn't supported.");
        }
        checkKey(request.keyId(), type);
        if (request.policies() != null && !request.policies().isBlank()) {
            throw Errors.error(
                    "InvalidPolicyTypeException", "The local cloud applies no parameter policies; leave out Policies");
        }
        String value = String.valueOf(request.value());
        String tier = tier(request.tierAsString(), value, parameter.tier());
        String pattern = request.allowedPattern() == null ? parameter.allowedPattern() : request.allowedPattern();
        checkPattern(pattern, value);
        String dataType = request.dataType() == null ? parameter.dataType() : request.dataType();
        if (!dataType.equals("text") && !dataType.equals("aws:ec2:image")) {
            throw Errors.validation(
                    "The following data type is not supported: " + dataType + " (Data type names are all lowercase.)");
        }
        long number = known ? parameter.latest().number() + 1 : 1;
        return new ParameterRecord.Version(
                number,
                type,
                vault.seal(parameter.place(number), value),
                request.description() == null ? parameter.description() : request.description(),
                pattern,
                tier,
                dataType,
                call.now().toEpochMilli(),
                call.caller().arn());
    }

    private static void checkKey(@Nullable String key, String type) {
        if (key == null) {
            return;
        }
        if (!type.equals(ParameterRecord.SECURE)) {
            throw Errors.validation("KeyId is only allowed with the type SecureString.");
        }
        if (!key.equals(DEFAULT_KEY)) {
            throw Errors.error(
                    "InvalidKeyId", "The local cloud has no AWS KMS; leave out KeyId, or set " + DEFAULT_KEY);
        }
    }

    private static String tier(@Nullable String asked, String value, String now) {
        String tier = asked == null ? now : asked;
        if (tier.equals("Intelligent-Tiering")) {
            tier = value.length() > STANDARD_CHARS || now.equals("Advanced") ? "Advanced" : "Standard";
        }
        if (!tier.equals("Standard") && !tier.equals("Advanced")) {
            throw Errors.validation("The tier " + tier + " isn't supported.");
        }
        if (tier.equals("Standard") && now.equals("Advanced")) {
            throw Errors.validation("This parameter uses the advanced-parameter tier. You can't downgrade a parameter"
                    + " from the advanced-parameter tier to the standard-parameter tier.");
        }
        if (value.length() > (tier.equals("Standard") ? STANDARD_CHARS : ADVANCED_CHARS)) {
            throw Errors.validation(
                    tier.equals("Standard")
                            ? "Standard tier parameters support a maximum parameter value of " + STANDARD_CHARS
                                    + " characters. To create a larger parameter value, upgrade the parameter to use"
                                    + " the advanced-parameter tier."
                            : "Advanced tier parameters support a maximum parameter value of " + ADVANCED_CHARS
                                    + " characters.");
        }
        return tier;
    }

    private static void checkPattern(@Nullable String pattern, String value) {
        if (pattern == null || pattern.isEmpty()) {
            return;
        }
        try {
            if (pattern.length() > MOST_PATTERN) {
                throw new PatternSyntaxException("it is too long", "", -1);
            }
            if (!BoundedMatch.matches(Pattern.compile(pattern), value)) {
                throw Errors.error(
                        "ParameterPatternMismatchException",
                        "Parameter value, cannot be validated against allowedPattern: " + pattern);
            }
        } catch (PatternSyntaxException | StackOverflowError malformed) {
            throw Errors.error(
                    "InvalidAllowedPatternException", "The allowed pattern can't be used: " + malformed.getMessage());
        }
    }

    DeleteParameterResponse delete(Call call, DeleteParameterRequest request) {
        ParameterName name = ParameterName.parse(String.valueOf(request.name()));
        ParameterRecord parameter = parameters.find(call, name).orElseThrow(Errors::parameterNotFound);
        parameters.remove(parameter);
        return DeleteParameterResponse.builder().build();
    }

    DeleteParametersResponse deleteAll(Call call, DeleteParametersRequest request) {
        List<String> deleted = new ArrayList<>();
        List<String> invalid = new ArrayList<>();
        for (String name : request.names()) {
            boolean gone = parameters
                    .find(call, ParameterName.parse(String.valueOf(name)))
                    .map(parameters::remove)
                    .orElse(false);
            (gone ? deleted : invalid).add(name);
        }
        return DeleteParametersResponse.builder()
                .deletedParameters(deleted)
                .invalidParameters(invalid)
                .build();
    }

    AddTagsToResourceResponse tag(Call call, AddTagsToResourceRequest request) {
        Map<String, String> added = tags(request.tags());
        parameters.update(tagged(call, request.resourceTypeAsString(), request.resourceId()), old -> {
            Map<String, String> all = new TreeMap<>(old.tags());
            all.putAll(added);
            if (all.size() > MOST_TAGS) {
                throw Errors.error("TooManyTagsError", "A parameter can have at most " + MOST_TAGS + " tags.");
            }
            return old.withTags(all);
        });
        return AddTagsToResourceResponse.builder().build();
    }

    RemoveTagsFromResourceResponse untag(Call call, RemoveTagsFromResourceRequest request) {
        parameters.update(tagged(call, request.resourceTypeAsString(), request.resourceId()), old -> {
            Map<String, String> all = new TreeMap<>(old.tags());
            request.tagKeys().forEach(all::remove);
            return old.withTags(all);
        });
        return RemoveTagsFromResourceResponse.builder().build();
    }

    ListTagsForResourceResponse listTags(Call call, ListTagsForResourceRequest request) {
        ParameterRecord parameter = tagged(call, request.resourceTypeAsString(), request.resourceId());
        return ListTagsForResourceResponse.builder()
                .tagList(parameter.tags().entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList())
                .build();
    }

    private ParameterRecord tagged(Call call, @Nullable String type, @Nullable String id) {
        if (!"Parameter".equals(type)) {
            throw Errors.error(
                    "InvalidResourceType", "Of Systems Manager the local cloud has parameters only, not " + type + ".");
        }
        return parameters
                .find(call, ParameterName.parse(String.valueOf(id)))
                .orElseThrow(() -> Errors.error("InvalidResourceId", "The resource ID isn't valid: " + id));
    }

    private static Map<String, String> tags(List<Tag> tags) {
        Map<String, String> map = new TreeMap<>();
        for (Tag tag : tags) {
            String key = tag == null ? null : tag.key();
            if (key == null || key.isEmpty() || key.length() > 128 || key.startsWith("aws:")) {
                throw Errors.validation("The key of a tag must have 1 to 128 characters and not start with aws:");
            }
            map.put(key, tag.value() == null ? "" : tag.value());
        }
        if (map.size() > MOST_TAGS) {
            throw Errors.error("TooManyTagsError", "A parameter can have at most " + MOST_TAGS + " tags.");
        }
        return map;
    }
}
