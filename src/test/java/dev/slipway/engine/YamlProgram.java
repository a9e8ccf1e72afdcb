package dev.slipway.engine;

import dev.slipway.engine.Wish.Kind;
import dev.slipway.property.Urn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The same wishes as a program in Pulumi's YAML, for the real Pulumi engine. */
final class YamlProgram {
    private final StringBuilder text = new StringBuilder("name: proj\nruntime: yaml\n");

    private YamlProgram() {}

    static String of(Wishes wishes) {
        var program = new YamlProgram();
        if (!wishes.all.isEmpty()) {
            program.text.append("resources:\n");
        }
        wishes.all.forEach(program::resource);
        return program.text.toString();
    }

    private void resource(Wish wish) {
        line(1, wish.name + ":");
        line(2, "type: " + wish.type());
        if (wish.kind == Kind.FOREIGN) {
            line(2, "get:");
            line(3, "id: home/" + wish.explicitName);
        } else {
            properties(wish);
        }
        options(wish);
    }

    private void properties(Wish wish) {
        if (wish.kind == Kind.PROVIDER) {
            line(2, "properties: {}");
            return;
        }
        line(2, "properties:");
        line(3, wish.secret ? "size: {'fn::secret': " + wish.size + "}" : "size: " + wish.size);
        if (wish.form > 0) {
            line(3, "kind: form " + wish.form);
        }
        if (wish.explicitName != null) {
            line(3, "name: " + wish.explicitName);
        }
        if (wish.link != null) {
            line(3, "link: ${" + wish.link + ".url}");
        }
        if (wish.owner != null) {
            line(3, "owner: ${" + wish.owner + ".url}");
        }
        if (wish.retain) {
            line(3, "keep: 'yes'");
        }
    }

    private void options(Wish wish) {
        List<String> options = new ArrayList<>();
        reference(options, "parent", wish.parent);
        reference(options, "provider", wish.provider);
        reference(options, "deletedWith", wish.owner);
        if (wish.after != null) {
            options.add("dependsOn: [\"${" + wish.after + "}\"]");
        }
        if (!wish.aliases.isEmpty()) {
            options.add("aliases: "
                    + wish.aliases.stream()
                            .map(Urn::text)
                            .map(urn -> "\"" + urn + "\"")
                            .toList());
        }
        flag(options, "protect", wish.protect);
        flag(options, "retainOnDelete", wish.retain);
        flag(options, "deleteBeforeReplace", wish.deleteFirst);
        if (wish.ignoresSize) {
            options.add("ignoreChanges: [size]");
        }
        if (wish.replacesOnSize) {
            options.add("replaceOnChanges: [size]");
        }
        if (wish.secretOutput) {
            options.add("additionalSecretOutputs: [url]");
        }
        if (wish.timeout > 0) {
            options.add("customTimeouts: {create: " + wish.timeout + "s}");
        }
        if (wish.imported != null) {
            options.add("import: " + wish.imported);
        }
        if (!options.isEmpty()) {
            line(2, "options:");
            options.forEach(option -> line(3, option));
        }
    }

    private static void reference(List<String> options, String option, @Nullable String name) {
        if (name != null) {
            options.add(option + ": ${" + name + "}");
        }
    }

    private static void flag(List<String> options, String option, boolean set) {
        if (set) {
            options.add(option + ": true");
        }
    }

    private void line(int depth, String content) {
        text.append("  ".repeat(depth)).append(content).append('\n');
    }
}
