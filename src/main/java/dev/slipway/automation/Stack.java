package dev.slipway.automation;

import dev.slipway.engine.state.StackName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One deployment of one program, and its configuration. Immutable: every method returns another one. A key without a namespace is the
 * project's own; {@code slipway:region} and the like configure the provider (docs/configuration.md).
 *
 * @param project 1 to 100 letters, digits, {@code _}, {@code .} or {@code -}
 * @param name the same
 * @param config whole keys ({@code NAMESPACE:NAME}) and texts, secrets in clear; structured values as JSON
 * @param secretKeys the keys of {@code config} whose values are secrets
 * @param passphrase encrypts secrets in the record; needed only when there is one
 */
public record Stack(
        String project, String name, Map<String, String> config, Set<String> secretKeys, Optional<String> passphrase) {
    /** @throws IllegalArgumentException when a name is none */
    public Stack {
        StackName checked = StackName.of(project, name);
        project = checked.project();
        config = Map.copyOf(config);
        secretKeys = Set.copyOf(secretKeys);
    }

    /** A stack without configuration. */
    public static Stack of(String project, String name) {
        return new Stack(project, name, Map.of(), Set.of(), Optional.empty());
    }

    /** With a value of the configuration. */
    public Stack config(String key, String value) {
        Map<String, String> more = new HashMap<>(config);
        more.put(whole(key), value);
        return new Stack(project, name, more, secretKeys, passphrase);
    }

    /** With a secret value of the configuration; {@link #passphrase(String)} is then needed. */
    public Stack secret(String key, String value) {
        Set<String> more = new HashSet<>(secretKeys);
        more.add(whole(key));
        return new Stack(project, name, config, more, passphrase).config(key, value);
    }

    /** With the passphrase that encrypts what is secret. */
    public Stack passphrase(String word) {
        return new Stack(project, name, config, secretKeys, Optional.of(word));
    }

    private String whole(String key) {
        return key.contains(":") ? key : project + ":" + key;
    }

    StackName stackName() {
        return StackName.of(project, name);
    }

    /** Without the values, which may be secret. */
    @Override
    public String toString() {
        return project + "/" + name;
    }
}
