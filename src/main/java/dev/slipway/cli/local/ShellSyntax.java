package dev.slipway.cli.local;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a shell is told to set and to forget environment variables; JSON for programs. */
public enum ShellSyntax {
    /** The Bourne shell and all its kin: sh, bash, zsh. */
    SH {
        @Override
        public String write(Map<String, String> set, List<String> forgotten) {
            return lines(
                    set,
                    (name, value) -> "export " + name + "='" + value.replace("'", "'\\''") + "'",
                    forgotten,
                    name -> "unset " + name);
        }
    },
    FISH {
        @Override
        public String write(Map<String, String> set, List<String> forgotten) {
            return lines(
                    set,
                    (name, value) -> "set -gx " + name + " '"
                            + value.replace("\\", "\\\\").replace("'", "\\'") + "';",
                    forgotten,
                    name -> "set -e " + name + ";");
        }
    },
    POWERSHELL {
        @Override
        public String write(Map<String, String> set, List<String> forgotten) {
            return lines(
                    set,
                    (name, value) -> "$Env:" + name + " = '" + value.replace("'", "''") + "'",
                    forgotten,
                    name -> "Remove-Item Env:" + name + " -ErrorAction SilentlyContinue");
        }
    },
    /** One object; null stands for a variable that must not be set. */
    JSON {
        @Override
        public String write(Map<String, String> set, List<String> forgotten) {
            ObjectNode object = new JsonMapper().createObjectNode();
            set.forEach(object::put);
            forgotten.forEach(object::putNull);
            try {
                return new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(object) + "\n";
            } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    /** The whole text, a line each. */
    public abstract String write(Map<String, String> set, List<String> forgotten);

    private static String lines(
            Map<String, String> set,
            BinaryOperator<String> setting,
            List<String> forgotten,
            UnaryOperator<String> forgetting) {
        return Stream.concat(
                        forgotten.stream().map(forgetting),
                        set.entrySet().stream().map(entry -> setting.apply(entry.getKey(), entry.getValue())))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
