package dev.slipway.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Policy variables such as {@code ${aws:username}}, {@code ${aws:PrincipalTag/team, 'none'}}, and the escapes {@code ${*}}, {@code ${?}},
 * {@code ${$}}. A substituted value is literal: a star in it is a star. Documents older than 2012-10-17 have no variables.
 */
final class Variables {
    private final RequestContext context;
    private final boolean enabled;

    Variables(RequestContext context, boolean enabled) {
        this.context = context;
        this.enabled = enabled;
    }

    /** The text with its variables filled in; empty when one has no value. */
    Optional<String> literal(String template) {
        return tokens(template).map(tokens -> {
            StringBuilder text = new StringBuilder();
            for (int token : tokens) {
                text.append(token == Glob.ANY_RUN ? '*' : token == Glob.ANY_ONE ? '?' : (char) token);
            }
            return text.toString();
        });
    }

    /** The pattern with its variables filled in; empty when one has no value. */
    Optional<Glob> glob(String template) {
        return tokens(template).map(Glob::new);
    }

    /** Splits at colons that are not inside a variable; the last piece keeps the rest. */
    static List<String> splitOutside(String template, int pieces) {
        List<String> split = new ArrayList<>();
        int start = 0;
        int depth = 0;
        for (int i = 0; i < template.length() && split.size() < pieces - 1; i++) {
            char c = template.charAt(i);
            if (c == '{' && i > 0 && template.charAt(i - 1) == '$') {
                depth++;
            } else if (c == '}' && depth > 0) {
                depth--;
            } else if (c == ':' && depth == 0) {
                split.add(template.substring(start, i));
                start = i + 1;
            }
        }
        split.add(template.substring(start));
        return split;
    }

    private Optional<int[]> tokens(String template) {
        return enabled && template.contains("${") ? resolved(template) : Optional.of(plain(template));
    }

    private static int[] plain(String template) {
        int[] tokens = new int[template.length()];
        for (int i = 0; i < tokens.length; i++) {
            char c = template.charAt(i);
            tokens[i] = c == '*' ? Glob.ANY_RUN : c == '?' ? Glob.ANY_ONE : c;
        }
        return tokens;
    }

    private Optional<int[]> resolved(String template) {
        IntStream.Builder tokens = IntStream.builder();
        int i = 0;
        while (i < template.length()) {
            int end = template.startsWith("${", i) ? template.indexOf('}', i) : -1;
            if (end < 0) {
                char c = template.charAt(i++);
                tokens.add(c == '*' ? Glob.ANY_RUN : c == '?' ? Glob.ANY_ONE : c);
                continue;
            }
            Optional<String> value = value(template.substring(i + 2, end));
            if (value.isEmpty()) {
                return Optional.empty();
            }
            value.get().chars().forEach(tokens::add);
            i = end + 1;
        }
        return Optional.of(tokens.build().toArray());
    }

    private Optional<String> value(String variable) {
        if (variable.equals("*") || variable.equals("?") || variable.equals("$")) {
            return Optional.of(variable);
        }
        int comma = variable.indexOf(',');
        List<String> values = context.values((comma < 0 ? variable : variable.substring(0, comma)).strip());
        if (values.size() == 1) {
            return Optional.of(values.get(0));
        }
        String fallback = comma < 0 ? "" : variable.substring(comma + 1).strip();
        return fallback.length() >= 2 && fallback.startsWith("'") && fallback.endsWith("'")
                ? Optional.of(fallback.substring(1, fallback.length() - 1))
                : Optional.empty();
    }
}
