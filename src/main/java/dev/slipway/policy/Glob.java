package dev.slipway.policy;

/** A compiled pattern: literal characters, any character, any run of characters. Matching takes time linear in both lengths for one star. */
final class Glob {
    static final int ANY_RUN = -1;
    static final int ANY_ONE = -2;

    private final int[] tokens;

    Glob(int[] tokens) {
        this.tokens = tokens;
    }

    /** A pattern without variables. */
    static Glob of(String pattern) {
        return new Glob(pattern.chars()
                .map(c -> c == '*' ? ANY_RUN : c == '?' ? ANY_ONE : c)
                .toArray());
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
