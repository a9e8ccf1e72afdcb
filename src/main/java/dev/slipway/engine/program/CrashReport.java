package dev.slipway.engine.program;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the SDK of a program in another process says of exceptions: the whole command line and the stack trace. Here it becomes one line each. */
final class CrashReport {
    private static final Pattern EXCEPTION = Pattern.compile(
            "(?:Caused by: |Exception in thread \"[^\"]*\" )?((?:[a-z_$][\\w$]*\\.)+[A-Z][\\w$]*)(?:: (.*))?");
    private static final Pattern FRAME = Pattern.compile("\\s+at (?:.*/)?([\\w.$]+)\\.([\\w$<>]+)\\(([^)]*)\\).*");
    private static final Pattern LIBRARY = Pattern.compile("(?:java|jdk|sun|com\\.pulumi|com\\.google|io\\.grpc)\\..*");
    private static final Pattern WRAPPER = Pattern.compile(
            "(?:java\\.util\\.concurrent\\.(?:CompletionException|ExecutionException)|.*InvocationTargetException)");

    private CrashReport() {}

    /** Whether a logged error is the SDK's report of an exception, rather than what the program logged itself. */
    static boolean isOne(String message) {
        return message.lines().anyMatch(line -> FRAME.matcher(line).matches());
    }

    /** One line for each exception at the bottom of a report: what it is, what it says, and where in the program. */
    static List<String> tell(List<String> reports) {
        Set<String> told = new LinkedHashSet<>();
        reports.forEach(report -> told.add(tell(report)));
        return List.copyOf(told);
    }

    private static String tell(String report) {
        List<Found> chain = new ArrayList<>();
        for (String line : report.lines().toList()) {
            Matcher exception = EXCEPTION.matcher(line.strip());
            Matcher frame = FRAME.matcher(line);
            if (frame.matches()) {
                if (!chain.isEmpty() && !LIBRARY.matcher(frame.group(1)).matches()) {
                    chain.get(chain.size() - 1)
                            .places
                            .add(frame.group(1) + "." + frame.group(2) + ", " + frame.group(3));
                }
            } else if (exception.matches()) {
                chain.add(new Found(exception.group(1), Optional.ofNullable(exception.group(2))));
            }
        }
        return chain.stream()
                .filter(found -> !WRAPPER.matcher(found.type).matches())
                .findFirst()
                .or(() -> chain.stream().reduce((first, second) -> second))
                .map(found -> found.tell(chain))
                .orElseGet(() -> report.lines().findFirst().orElse("it threw an exception"));
    }

    private record Found(String type, Optional<String> message, List<String> places) {
        private Found(String type, Optional<String> message) {
            this(type, message, new ArrayList<>());
        }

        private String tell(List<Found> chain) {
            String what = type.substring(type.lastIndexOf('.') + 1)
                    + message.map(text -> ": " + text).orElse("");
            Optional<String> place =
                    chain.stream().flatMap(found -> found.places.stream()).findFirst();
            return what + place.map(at -> " (at " + at + ")").orElse("");
        }
    }
}
