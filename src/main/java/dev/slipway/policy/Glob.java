package dev.slipway.policy;

/** A compiled pattern: literal characters, any character, any run of characters. Matching takes time linear in both lengths for one star. */
final class Glob {
    static final int ANY_RUN = -1;
    static final int ANY_ONE = -2;

    private final int[] tokens;

    Glob(int[] tokens) {
        this.tokens = tokens;
    }

    /** Whether an action's name fits a pattern, without regard to case; nothing is compiled, because each is looked at once. */
    static boolean isAction(String pattern, String text) {
        int at = 0;
        int token = 0;
        int lastRun = -1;
        int retryAt = 0;
        while (at < text.length()) {
            char wanted = token < pattern.length() ? pattern.charAt(token) : 0;
            if (wanted == '*') {
                lastRun = token++;
                retryAt = at;
            } else if (wanted == '?' || (wanted != 0 && same(wanted, text.charAt(at)))) {
                at++;
                token++;
            } else if (lastRun >= 0) {
                token = lastRun + 1;
                at = ++retryAt;
            } else {
                return false;
            }
        }
        while (token < pattern.length() && pattern.charAt(token) == '*') {
            token++;
        }
        return token == pattern.length();
    }

    private static boolean same(char one, char other) {
        return one == other || Character.toLowerCase(one) == Character.toLowerCase(other);
    }

    boolean matches(String text) {
        int at = 0;
        int token = 0;
        int lastRun = -1;
        int retryAt = 0;
        while (at < text.length()) {
            if (token < tokens.length && (tokens[token] == ANY_ONE || tokens[token] == text.charAt(at))) {
                at++;
                token++;
            } else if (token < tokens.length && tokens[token] == ANY_RUN) {
                lastRun = token++;
                retryAt = at;
            } else if (lastRun >= 0) {
                token = lastRun + 1;
                at = ++retryAt;
            } else {
                return false;
            }
        }
        while (token < tokens.length && tokens[token] == ANY_RUN) {
            token++;
        }
        return token == tokens.length;
    }
}
