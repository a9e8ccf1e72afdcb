package dev.slipway.policy;

import java.util.List;

/** The comparison of ARN operators: part by part, so that a wildcard in one part does not reach into the next. */
final class Arns {
    private static final int PARTS = 6;

    private Arns() {}

    static boolean like(String expected, String actual, Variables variables) {
        List<String> patterns = Variables.splitOutside(expected, PARTS);
        if (patterns.size() < PARTS) {
            return expected.equals("*");
        }
        String[] parts = actual.split(":", PARTS);
        if (parts.length < PARTS) {
            return false;
        }
        for (int i = 0; i < PARTS; i++) {
            if (!matches(patterns.get(i), parts[i], variables)) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(String pattern, String text, Variables variables) {
        return variables.glob(pattern).filter(glob -> glob.matches(text)).isPresent();
    }
}
