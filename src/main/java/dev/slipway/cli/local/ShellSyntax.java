package dev.slipway.cli.local;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a shell is told to set and to forget environment variables; JSON for programs. */
public enum ShellSyntax {
    /** The Bourne shell and all its kin: sh, bash, zsh. */
    SH {
        @Override
        String set(String name, String value) {
            return "export " + name + "='" + value.replace("'", "'\\''") + "'";
        }

        @Override
        String forget(String name) {
            return "unset " + name;
        }
    },
    FISH {
        @Override
        String set(String name, String value) {
            return "set -gx " + name + " '" + value.replace("\\", "\\\\").replace("'", "\\'") + "';";
        }

        @Override
        String forget(String name) {
            return "set -e " + name + ";";
        }
    },
    POWERSHELL {
        @Override
        String set(String name, String value) {
            return "$Env:" + name + " = '" + value.replace("'", "''") + "'";
        }

        @Override
        String forget(String name) {
            return "Remove-Item Env:" + name + " -ErrorAction SilentlyContinue";
        }
    },
    /** One object; null stands for a variable that must not be set. */
    JSON {
        @Override
        String set(String name, String value) {
            throw new UnsupportedOperationException("JSON is written whole");
        }

        @Override
        String forget(String name) {
            throw new UnsupportedOperationException("JSON is written whole");
        }

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

    abstract String set(String name, String value);

    abstract String forget(String name);

    /** The whole text, a line each. */
    public String write(Map<String, String> set, List<String> forgotten) {
        return Stream.concat(
                        forgotten.stream().map(this::forget),
                        set.entrySet().stream().map(entry -> set(entry.getKey(), entry.getValue())))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
