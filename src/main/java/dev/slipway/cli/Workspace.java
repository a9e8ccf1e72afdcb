package dev.slipway.cli;

import dev.slipway.cli.project.Project;
import dev.slipway.cli.project.ProjectProblem;
import dev.slipway.cli.project.SelectedStack;
import dev.slipway.cli.project.StackFile;
import dev.slipway.cli.project.StackFile.StackConfig;
import dev.slipway.engine.state.PassphraseSecrets;
import dev.slipway.engine.state.Snapshot;
import dev.slipway.engine.state.StackName;
import dev.slipway.engine.state.StackSecrets;
import dev.slipway.engine.state.StateStore;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A project in its directory, with the record of its stacks. */
final class Workspace {
    private final Context context;
    private final Project project;
    private final StateStore store;
    private final Optional<String> named;

    private Workspace(Context context, Project project, Optional<String> named) {
        this.context = context;
        this.project = project;
        this.named = named;
        this.store = new StateStore(stateDirectory(), InstantSource.system(), new SecureRandom());
    }

    /** The project of a directory, or of one above it. */
    static Workspace open(Context context, StackOptions options) {
        Path directory = context.directory();
        if (!Files.isDirectory(directory)) {
            throw new Failure("--cwd: " + directory + " is not a directory");
        }
        return new Workspace(context, Project.find(directory), options.named());
    }

    Project project() {
        return project;
    }

    StateStore store() {
        return store;
    }

    /** The name of the stack that the options, the environment or the selection mean. */
    String stackName() {
        return named.or(() -> Optional.ofNullable(context.environment().get("PULUMI_STACK"))
                        .filter(name -> !name.isEmpty()))
                .map(this::ownName)
                .or(() -> selection().read())
                .orElse(StackOptions.USUAL_STACK);
    }

    /** Which stack is selected in this project. */
    SelectedStack selection() {
        return SelectedStack.of(project, backendUrl(), context.environment());
    }

    /** Takes Pulumi's whole name of a stack ({@code organization/PROJECT/STACK}) as well as its own. */
    String ownName(String text) {
        String[] parts = text.split("/", -1);
        boolean ours = parts.length == 1
                || parts[0].equals(StackName.LOCAL_ORGANIZATION)
                        && (parts.length == 2 || parts.length == 3 && parts[1].equals(project.name()));
        if (!ours) {
            throw new Failure("the stack '" + text + "' is none of this project; expected STACK or "
                    + StackName.of(project.name(), "STACK"));
        }
        return parts[parts.length - 1];
    }

    /** The stack that is meant; see {@link #stack(String)}. */
    Stack stack() {
        return stack(stackName());
    }

    /** What is recorded of a stack. */
    Optional<Snapshot> load(Stack stack) {
        return store.load(stack.name(), stack.secrets());
    }

    /** What is recorded of a stack of any project. */
    Optional<Snapshot> loadAnother(StackName name) {
        return store.load(name, new StackSecrets(Optional.empty(), this::passphrase, new SecureRandom()));
    }

    /** @throws Failure when nothing is recorded of the stack */
    Snapshot recorded(Stack stack) {
        return load(stack)
                .orElseThrow(() -> new Failure("the stack '" + stack.name().stack() + "' was never deployed"));
    }

    /** The names of all stacks that are recorded or have a file. */
    SortedSet<String> stacks() {
        var names = new TreeSet<String>();
        store.list().stream()
                .filter(name -> name.project().equals(project.name()))
                .forEach(name -> names.add(name.stack()));
        if (Files.isDirectory(project.stackDirectory())) {
            try (Stream<Path> files = Files.list(project.stackDirectory())) {
                files.map(file -> file.getFileName().toString())
                        .filter(file -> file.matches("Pulumi\\..+\\.yaml"))
                        .forEach(file ->
                                names.add(file.substring("Pulumi.".length(), file.length() - ".yaml".length())));
            } catch (IOException e) {
                throw new Failure("can't list " + project.stackDirectory() + ": " + e.getMessage());
            }
        }
        return names;
    }

    /**
     * A stack that is recorded or has a file.
     *
     * @throws Failure when there is neither, naming those that there are
     */
    Stack stack(String name) {
        if (!stacks().contains(name)) {
            throw new Failure("no stack named '" + name + "' found; "
                    + (stacks().isEmpty()
                            ? "there is no stack file in " + project.stackDirectory()
                            : "there are: " + String.join(", ", stacks()))
                    + ". To make one, write " + project.stackFile(name) + ", or `slipway stack init " + name + "`");
        }
        return unchecked(name);
    }

    /** A stack that may not be there yet. */
    Stack unchecked(String name) {
        StackFile file = StackFile.read(project.stackFile(name));
        return new Stack(
                validName(name), file, new StackSecrets(file.encryptionSalt(), this::passphrase, new SecureRandom()));
    }

    private StackName validName(String name) {
        try {
            return StackName.of(project.name(), name);
        } catch (IllegalArgumentException e) {
            throw Failure.of(e);
        }
    }

    /** The configuration of a stack in clear; every problem in it is told at once. */
    StackConfig configuration(Stack stack) {
        if (!stack.file().hasSecrets()) {
            return stack.file().resolve(project, text -> text);
        }
        String salt = stack.file()
                .encryptionSalt()
                .orElseThrow(
                        () -> new ProjectProblem(project.stackFile(stack.name().stack())
                                + ": holds `secure` values but no `encryptionsalt`, so they can't be decrypted"));
        String passphrase = passphrase()
                .orElseThrow(() -> new Failure("the stack's file holds secrets: set PULUMI_CONFIG_PASSPHRASE, or"
                        + " PULUMI_CONFIG_PASSPHRASE_FILE to a file that holds the passphrase"));
        PassphraseSecrets secrets = PassphraseSecrets.fromSalt(salt, passphrase);
        return stack.file().resolve(project, secrets::decrypt);
    }

    private Optional<String> passphrase() {
        Map<String, String> environment = context.environment();
        if (environment.containsKey("PULUMI_CONFIG_PASSPHRASE")) {
            return Optional.of(environment.getOrDefault("PULUMI_CONFIG_PASSPHRASE", ""));
        }
        String file = environment.getOrDefault("PULUMI_CONFIG_PASSPHRASE_FILE", "");
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(Path.of(file)).strip());
        } catch (IOException e) {
            throw Failure.reading(file + " of PULUMI_CONFIG_PASSPHRASE_FILE", e);
        }
    }

    private String backendUrl() {
        return context.environment()
                .getOrDefault("PULUMI_BACKEND_URL", project.backendUrl().orElse(""));
    }

    private Path stateDirectory() {
        String url = backendUrl();
        if (url.isEmpty()) {
            return project.root();
        }
        if (!url.startsWith("file://")) {
            throw new Failure("the backend " + url + " is not one slipway can use: expected file://DIRECTORY"
                    + " (PULUMI_BACKEND_URL, or backend.url in Pulumi.yaml)");
        }
        String path = path(url);
        return path.startsWith("~")
                ? Path.of(System.getProperty("user.home") + path.substring(1))
                : project.root().resolve(path);
    }

    /** As Pulumi reads it: a space may stand for itself, and what follows a question mark is for Pulumi's own storage. */
    private static String path(String url) {
        String path = url.substring("file://".length()).replaceFirst("\\?.*", "");
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException bad) {
            throw new Failure(
                    "the backend " + url + " can't be read: " + bad.getMessage() + "; write a percent sign as %25");
        }
    }

    /** One stack: its name, its file and its secrets. */
    record Stack(StackName name, StackFile file, StackSecrets secrets) {}
}
