package dev.slipway.engine.state;

import java.nio.file.Path;

/** Where Pulumi's {@code file://} backend keeps what, below one directory. */
record Layout(Path directory) {
    Layout {
        directory = directory.toAbsolutePath().normalize();
    }

    Path root() {
        return directory.resolve(".pulumi");
    }

    Path meta() {
        return root().resolve("meta.yaml");
    }

    Path stacks() {
        return root().resolve("stacks");
    }

    Path checkpoint(StackName stack) {
        return stacks().resolve(stack.project()).resolve(stack.stack() + ".json");
    }

    Path previous(StackName stack) {
        return stacks().resolve(stack.project()).resolve(stack.stack() + ".json.bak");
    }

    Path tags(StackName stack) {
        return stacks().resolve(stack.project()).resolve(stack.stack() + ".pulumi-tags");
    }

    /** Ours alone: Pulumi passes over files that do not end in a format it knows. */
    Path journal(StackName stack) {
        return stacks().resolve(stack.project()).resolve(stack.stack() + ".journal");
    }

    Path locks(StackName stack) {
        return root().resolve("locks")
                .resolve(StackName.LOCAL_ORGANIZATION)
                .resolve(stack.project())
                .resolve(stack.stack());
    }

    Path history(StackName stack) {
        return root().resolve("history").resolve(stack.project()).resolve(stack.stack());
    }

    Path backups(StackName stack) {
        return root().resolve("backups").resolve(stack.project()).resolve(stack.stack());
    }
}
