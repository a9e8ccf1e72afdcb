package dev.slipway.cloud.wire;

import dev.slipway.cloud.wire.Constraints.Violation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How a service says that a request breaks constraints: the services of AWS have three ways. */
enum Wording {
    /** All violations in one sentence. */
    LIST {
        @Override
        String message(List<Violation> wrong) {
            return list(wrong);
        }
    },
    /** ECR and ECR Public name the first only, in words of their own. */
    FIRST {
        @Override
        String message(List<Violation> wrong) {
            Violation first = wrong.get(0);
            return "Invalid parameter at '" + first.path() + "' failed to satisfy constraint: '" + constraint(first)
                    + "'";
        }
    },
    /** IAM has sentences for a few patterns, and says them only when nothing else is wrong. It never repeats values. */
    IAM {
        @Override
        String message(List<Violation> wrong) {
            List<Violation> listed =
                    wrong.stream().filter(one -> special(one).isEmpty()).toList();
            return listed.isEmpty() ? special(wrong.get(0)).orElseThrow() : list(listed, one -> "");
        }
    };

    private static final int MOST_LISTED = 100;

    private static final Map<String, String> IAM_SENTENCES = Map.of(
            "[\\w+=,.@-]+",
            "It must contain only alphanumeric characters and/or the following: +=,.@_-",
            "(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)",
            "It must begin and end with / and contain only alphanumeric characters and/or / characters.",
            "((/[A-Za-z0-9\\.,\\+@=_-]+)*)/",
            "It must begin and end with / and contain only alphanumeric characters and/or / characters.",
            "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+",
            "It must contain only printable ASCII characters.");

    static Wording of(String signingName) {
        return switch (signingName) {
            case "ecr", "ecr-public" -> FIRST;
            case "iam" -> IAM;
            default -> LIST;
        };
    }

    abstract String message(List<Violation> wrong);

    private static String list(List<Violation> wrong) {
        return list(wrong, one -> one.value().map(value -> " " + value).orElse(""));
    }

    /** @param value what is told of the value that was given, with a space before it */
    private static String list(List<Violation> wrong, Function<Violation, String> value) {
        return wrong.size() + " validation error" + (wrong.size() == 1 ? "" : "s") + " detected: "
                + wrong.stream()
                        .limit(MOST_LISTED)
                        .map(one -> "Value" + value.apply(one) + " at '" + one.path()
                                + "' failed to satisfy constraint: " + one.sentence())
                        .collect(Collectors.joining("; "));
    }

    private static Optional<String> special(Violation one) {
        boolean pattern = one.sentence().startsWith("Member must satisfy regular");
        return pattern && one.shape().pattern() != null
                ? Optional.ofNullable(IAM_SENTENCES.get(one.shape().pattern().toString()))
                        .map(words -> "The specified value for " + one.path() + " is invalid. " + words)
                : Optional.empty();
    }

    /** ECR checks the name of a repository itself, which shows in its words. */
    private static String constraint(Violation one) {
        if (!one.path().equals("repositoryName")) {
            return one.sentence();
        }
        return one.sentence()
                .replaceFirst("^Member ", "")
                .replaceFirst(
                        "^must satisfy regular expression pattern: (.*)$", "must satisfy regular expression '$1'");
    }
}
