package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.slipway.cli.project.ConfigKey;
import dev.slipway.cli.project.StackFile;
import dev.slipway.cli.project.StackFileEdit;
import dev.slipway.property.PropertyPath;
import java.util.Locale;
import java.util.regex.Pattern;

/** Values of one stack's configuration file, changed one by one and then saved together. */
final class ConfigEditor {
    private static final Pattern SECRET_NAME =
            Pattern.compile("(?i).*(?:password|passwd|passphrase|secret|token|(?:api|access|private|secret)[-_]?key)");

    private final Workspace workspace;
    private final Workspace.Stack stack;
    private final StackFileEdit file;

    ConfigEditor(Workspace workspace, Workspace.Stack stack) {
        this.workspace = workspace;
        this.stack = stack;
        this.file = StackFileEdit.of(workspace.project(), stack.name().stack());
    }

    /** Reads a key as the command line gives it. */
    static ConfigKey key(Workspace workspace, String text, boolean path) {
        if (!path) {
            return ConfigKey.parse(workspace.project(), text);
        }
        try {
            return ConfigKey.ofPath(
                    workspace.project(), text, PropertyPath.parse(text).segments());
        } catch (IllegalArgumentException e) {
            throw new Failure("invalid configuration key `" + text + "`: " + e.getMessage());
        }
    }

    void setPlain(ConfigKey key, String value, String type, boolean plaintext) {
        if (!plaintext
                && type.isEmpty()
                && !value.isEmpty()
                && SECRET_NAME.matcher(lastName(key)).matches()) {
            throw new Failure("config value for '" + key.full()
                    + "' looks like a secret; rerun with --secret to encrypt it, or --plaintext if you meant to store in"
                    + " plaintext");
        }
        file.set(key, type.isEmpty() ? untyped(key, value) : typed(value, type));
    }

    private static String lastName(ConfigKey key) {
        return key.path().isEmpty()
                ? key.name()
                : key.path().get(key.path().size() - 1).toString();
    }

    void setSecret(ConfigKey key, String value) {
        // What is recorded already has a salt, which its secrets and these must share.
        workspace.load(stack);
        String ciphertext = stack.secrets().encrypt(value);
        stack.secrets().state().ifPresent(file::encryptionSalt);
        file.set(key, JsonNodeFactory.instance.objectNode().put("secure", ciphertext));
    }

    void remove(ConfigKey key) {
        file.remove(key);
    }

    void save() {
        file.save();
    }

    /** Inside of objects and lists true, false and whole numbers are what they look like; a whole value is a text. */
    private static JsonNode untyped(ConfigKey key, String value) {
        if (key.path().isEmpty()) {
            return TextNode.valueOf(value);
        }
        if (value.equals("true") || value.equals("false")) {
            return BooleanNode.valueOf(Boolean.parseBoolean(value));
        }
        return value.matches("-?(?:0|[1-9][0-9]{0,17})") ? whole(Long.parseLong(value)) : TextNode.valueOf(value);
    }

    private static JsonNode whole(long value) {
        return value == (int) value ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
    }

    private static JsonNode typed(String value, String type) {
        try {
            switch (type.toLowerCase(Locale.ROOT)) {
                case "string":
                    return TextNode.valueOf(value);
                case "int":
                    return whole(Long.parseLong(value));
                case "float":
                    return DoubleNode.valueOf(Double.parseDouble(value));
                case "bool":
                    if (value.equals("true") || value.equals("false")) {
                        return BooleanNode.valueOf(value.equals("true"));
                    }
                    throw new Failure("--type bool: expected true or false, got `" + value + "`");
                default:
                    throw new Failure("--type: expected string, bool, int or float, got `" + type + "`");
            }
        } catch (NumberFormatException e) {
            throw new Failure("--type " + type + ": `" + value + "` is not one");
        }
    }

    /** Copies a value to another stack's configuration, which encrypts it for itself when it is a secret. */
    void take(Workspace.Stack source, ConfigKey key, JsonNode value) {
        file.set(key, recrypt(source, value));
        stack.secrets().state().ifPresent(file::encryptionSalt);
    }

    private JsonNode recrypt(Workspace.Stack source, JsonNode value) {
        if (!StackFile.isSecret(value)) {
            return value.deepCopy();
        }
        workspace.load(stack);
        return StackFile.recrypt(
                value, text -> stack.secrets().encrypt(source.secrets().decrypt(text)));
    }

    /** Copies the whole configuration of one stack to another. */
    static void copyAll(Workspace workspace, String from, String to) {
        Workspace.Stack source = workspace.stack(from);
        var editor = new ConfigEditor(workspace, workspace.unchecked(to));
        source.file()
                .own(workspace.project())
                .forEach((key, value) -> editor.take(source, ConfigKey.parse(workspace.project(), key), value));
        editor.save();
    }
}
