package dev.slipway.cloud.secrets;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.secretsmanager.model.Filter;

/** Which secrets a list is to have. */
final class SecretFilters {
    private SecretFilters() {}

    static boolean accept(List<Filter> filters, SecretRecord secret) {
        return filters.stream().allMatch(filter -> accept(filter, secret));
    }

    private static boolean accept(Filter filter, SecretRecord secret) {
        List<String> texts = texts(filter.keyAsString(), secret);
        List<String> wanted = filter.values();
        boolean any = wanted.stream()
                .filter(value -> !value.startsWith("!"))
                .anyMatch(value -> matches(filter.keyAsString(), texts, value));
        boolean none = wanted.stream()
                .filter(value -> value.startsWith("!"))
                .noneMatch(value -> matches(filter.keyAsString(), texts, value.substring(1)));
        boolean onlyNegated = wanted.stream().allMatch(value -> value.startsWith("!"));
        return none && (any || onlyNegated);
    }

    /** Descriptions and "all" without regard to case, the others exactly; each by its beginning or that of one of its words. */
    private static boolean matches(@Nullable String key, List<String> texts, String value) {
        boolean loose = "description".equals(key) || "all".equals(key);
        return texts.stream()
                .anyMatch(text -> loose
                        ? text.toLowerCase(Locale.ROOT).contains(value.toLowerCase(Locale.ROOT))
                        : text.startsWith(value));
    }

    private static List<String> texts(@Nullable String key, SecretRecord secret) {
        String description = secret.description() == null ? "" : secret.description();
        return switch (String.valueOf(key)) {
            case "name" -> List.of(secret.name());
            case "description" -> List.of(description);
            case "tag-key" -> List.copyOf(secret.tags().keySet());
            case "tag-value" -> List.copyOf(secret.tags().values());
            case "primary-region", "owning-service" -> List.of();
            case "all" ->
                Stream.of(
                                Stream.of(secret.name(), description),
                                secret.tags().keySet().stream(),
                                secret.tags().values().stream())
                        .flatMap(each -> each)
                        .toList();
            default ->
                throw Errors.error(
                        "ValidationException",
                        "1 validation error detected: Value '" + key
                                + "' at 'filters.1.member.key' failed to satisfy constraint: Member must satisfy enum value"
                                + " set: [description, name, tag-key, tag-value, primary-region, owning-service, all]");
        };
    }
}
