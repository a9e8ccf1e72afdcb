package dev.slipway.cloud.ecr;

/** Patterns in which {@code *} stands for any text, also for none. */
final class Wildcard {
    private Wildcard() {}

    /** Takes at most the product of both lengths: patterns come from clients, so nothing that backtracks may judge them. */
    static boolean matches(String pattern, String text) {
        int at = 0;
        int in = 0;
        int star = -1;
        int retry = 0;
        while (in < text.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                retry = in;
            } else if (at < pattern.length() && pattern.charAt(at) == text.charAt(in)) {
                at++;
                in++;
            } else if (star >= 0) {
                at = star + 1;
                in = ++retry;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }

    static long count(String pattern) {
        return pattern.chars().filter(c -> c == '*').count();
    }
}
