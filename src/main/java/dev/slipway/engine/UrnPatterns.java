package dev.slipway.engine;

import dev.slipway.property.Urn;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Resources named by URN, or by a pattern: {@code **} stands for any text, {@code *} for any without a colon. */
final class UrnPatterns {
    private final List<Urn> literals;
    private final List<Predicate<String>> patterns;

    /** @throws IllegalArgumentException when a text without a star is no URN */
    UrnPatterns(List<String> texts) {
        literals = texts.stream().filter(text -> !isPattern(text)).map(Urn::new).toList();
        patterns = texts.stream()
                .filter(UrnPatterns::isPattern)
                .map(text -> Pattern.compile(regex(text)).asMatchPredicate())
                .toList();
    }

    boolean constrained() {
        return !literals.isEmpty() || !patterns.isEmpty();
    }

    boolean contains(Urn urn) {
        return literals.contains(urn) || patterns.stream().anyMatch(pattern -> pattern.test(urn.text()));
    }

    /** Those named without a pattern: they have to exist. */
    List<Urn> literals() {
        return literals;
    }

    private static boolean isPattern(String text) {
        return text.indexOf('*') >= 0;
    }

    private static String regex(String glob) {
        return Stream.of(glob.split("\\*\\*", -1))
                .map(part ->
                        Stream.of(part.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining("[^:]*")))
                .collect(Collectors.joining(".*"));
    }
}
