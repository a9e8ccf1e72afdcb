package dev.slipway.cloud.secrets;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a parameter is named: by its name or its ARN, and one of its values by a colon and a number after that.
 *
 * @param account absent: the caller's
 * @param region absent: the caller's
 * @param slashless whether an ARN left open if the name begins with a slash
 * @param selector the colon and what follows it; absent: the latest
 */
record ParameterName(
        @Nullable String account,
        @Nullable String region,
        String name,
        boolean slashless,
        @Nullable String selector) {
    private static final Pattern ARN =
            Pattern.compile("arn:aws:ssm:([a-z0-9-]{1,40}):([0-9]{12}):parameter/([^:]{1,1011})(:[^:]{1,100})?");
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9_.-]+|(?:/[A-Za-z0-9_.-]+)+|[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)+");
    private static final int MOST_LEVELS = 15;

    static ParameterName parse(String text) {
        Matcher arn = ARN.matcher(text);
        if (arn.matches()) {
            return new ParameterName(arn.group(2), arn.group(1), arn.group(3), true, arn.group(4));
        }
        int colon = text.indexOf(':');
        return colon < 0
                ? new ParameterName(null, null, text, false, null)
                : new ParameterName(null, null, text.substring(0, colon), false, text.substring(colon));
    }

    /** The number after the colon; empty when there is none. */
    Optional<Long> number() {
        return Optional.ofNullable(selector)
                .filter(text -> text.matches(":[0-9]{1,12}"))
                .map(text -> Long.parseLong(text.substring(1)));
    }

    /** A selector that is no number is a label, and no parameter here has labels. */
    boolean label() {
        return selector != null && number().isEmpty();
    }

    /** @throws dev.slipway.cloud.wire.AwsException when a new parameter can't have this name */
    static void checkNew(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("aws") || lower.startsWith("/aws")) {
            throw lower.startsWith("/")
                    ? Errors.error("AccessDeniedException", "No access to reserved parameter name: " + name + ".")
                    : Errors.validation("Parameter name: can't be prefixed with \"aws\" (case-insensitive).");
        }
        if (lower.startsWith("ssm")
                || lower.startsWith("/ssm")
                || name.length() > 1011
                || !NAME.matcher(name).matches()) {
            throw Errors.validation("Parameter name: can't be prefixed with \"ssm\" (case-insensitive). If formed as a"
                    + " path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix"
                    + " of letters, numbers and the following 3 symbols .-_");
        }
        if (name.contains("/") && !name.startsWith("/")) {
            throw Errors.validation("Parameter name must be a fully qualified name.");
        }
        if (name.chars().filter(c -> c == '/').count() > MOST_LEVELS) {
            throw Errors.error(
                    "HierarchyLevelLimitExceededException",
                    "A hierarchy can have a maximum of " + MOST_LEVELS + " levels.");
        }
    }
}
