package dev.slipway.cloud.secrets;

import dev.slipway.cloud.wire.AwsException;
import java.util.List;
import software.amazon.awssdk.services.ssm.model.ParameterStringFilter;
import software.amazon.awssdk.services.ssm.model.ParametersFilter;

/** Which parameters a list is to have. */
final class ParameterFilters {
    private ParameterFilters() {}

    static boolean accept(List<ParameterStringFilter> filters, ParameterRecord parameter) {
        return filters.stream().allMatch(filter -> accept(filter, parameter));
    }

    private static boolean accept(ParameterStringFilter filter, ParameterRecord parameter) {
        String key = String.valueOf(filter.key());
        String option = filter.option() == null ? "Equals" : filter.option();
        List<String> values = filter.values();
        if (key.equals("Path")) {
            boolean deep = option.equals("Recursive");
            if (!deep && !option.equals("OneLevel") && filter.option() != null) {
                throw invalidOption(option, key);
            }
            return values.stream().anyMatch(path -> under(path, deep, parameter.name()));
        }
        if (key.startsWith("tag:")) {
            String value = parameter.tags().get(key.substring(4));
            return value != null && (values.isEmpty() || matches(option, key, value, values));
        }
        return values.isEmpty() || matches(option, key, text(key, parameter), values);
    }

    private static String text(String key, ParameterRecord parameter) {
        return switch (key) {
            case "Name" -> parameter.name();
            case "Type" -> parameter.type();
            case "KeyId" -> parameter.type().equals(ParameterRecord.SECURE) ? "alias/aws/ssm" : "";
            case "Tier" -> parameter.tier();
            case "DataType" -> parameter.dataType();
            default ->
                throw Errors.error(
                        "InvalidFilterKey",
                        "The following filter key is not valid: " + key
                                + ". Valid filter keys include: [Path, Name, Type, KeyId, Tier, DataType, tag:…].");
        };
    }

    private static boolean matches(String option, String key, String text, List<String> values) {
        return switch (option) {
            case "Equals" -> values.contains(text);
            case "BeginsWith" -> values.stream().anyMatch(text::startsWith);
            case "Contains" -> values.stream().anyMatch(text::contains);
            default -> throw invalidOption(option, key);
        };
    }

    private static AwsException invalidOption(String option, String key) {
        return Errors.error(
                "InvalidFilterOption",
                "The following filter option is not valid: " + option + ". Valid options for " + key
                        + " include: [Equals, BeginsWith, Contains], or [OneLevel, Recursive] for Path.");
    }

    /** The older kind of filters, whose values are beginnings of names or whole types. */
    static boolean acceptOld(List<ParametersFilter> filters, ParameterRecord parameter) {
        return filters.stream().allMatch(filter -> {
            String key = String.valueOf(filter.keyAsString());
            String option = key.equals("Name") ? "BeginsWith" : "Equals";
            return matches(option, key, text(key, parameter), filter.values());
        });
    }

    /** Whether a name is below a path: right below, or at any depth. */
    static boolean under(String path, boolean deep, String name) {
        String start = path.endsWith("/") ? path : path + "/";
        // A name without any slash is on the first level.
        String full = name.startsWith("/") ? name : "/" + name;
        return full.startsWith(start)
                && full.length() > start.length()
                && (deep || full.indexOf('/', start.length()) < 0);
    }
}
