package dev.slipway.automation;

import com.pulumi.Context;
import dev.slipway.engine.Diagnostic;
import dev.slipway.engine.Engine;
import dev.slipway.engine.EngineEvent;
import dev.slipway.engine.Operation;
import dev.slipway.engine.OperationResult;
import dev.slipway.engine.Request;
import dev.slipway.engine.plugin.PluginLoader;
import dev.slipway.engine.program.InProcessProgram;
import dev.slipway.engine.state.StackSecrets;
import dev.slipway.engine.state.StateException;
import dev.slipway.engine.state.StateStore;
import dev.slipway.protocol.Severity;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Deploys Pulumi programs from Java: engine and provider in this JVM, nothing to install. Programs run in this JVM, too; several may be deployed
 * at once when they are of different stacks. What is deployed is recorded below {@code directory/.pulumi}, in Pulumi's own format.
 *
 * <pre>{@code
 * var stack = Stack.of("shop", "test").config("image", "public.ecr.aws/slipway/hello:latest");
 * try (Slipway slipway = Slipway.local(directory)) {
 *     Deployment deployment = slipway.deploy(App::stack, stack);
 *     System.out.println(deployment.output("url"));
 *     slipway.destroy(stack);
 * }
 * }</pre>
 *
 * <p>Every operation ends with {@link DeploymentFailed}, which tells all problems, when it could not be done.
 */
public final class Slipway implements AutoCloseable {
    private final Path directory;
    private final Cloud cloud;
    private final PluginLoader plugins;
    private final StateStore store;
    private final SecureRandom random = new SecureRandom();

    private Slipway(Path directory, Cloud cloud) {
        this.directory = directory.toAbsolutePath().normalize();
        this.cloud = cloud;
        this.plugins = new PluginLoader(Map.of(), this.directory, System.getenv());
        this.store = new StateStore(this.directory, InstantSource.system(), random);
    }

    /**
     * With a local cloud of its own in this JVM, on any free port of 127.0.0.1, whose data is below {@code directory/cloud}. It runs until
     * {@link #close}; what it was told to run goes on when it is started again with the same directory.
     *
     * @throws java.io.UncheckedIOException when the directory can't be used, or another cloud has it
     */
    public static Slipway local(Path directory) {
        return new Slipway(directory, Cloud.start(directory.resolve("cloud")));
    }

    /** With a local cloud that runs already, for example that of {@code slipway local start}. */
    public static Slipway at(URI endpoint, Path directory) {
        return new Slipway(directory, Cloud.running(endpoint));
    }

    /** With AWS itself, and the credentials that every AWS tool would use. */
    public static Slipway aws(Path directory) {
        return new Slipway(directory, Cloud.aws());
    }

    /** Where the local cloud answers, for AWS clients ({@code endpointOverride}); empty for AWS itself. */
    public Optional<URI> endpoint() {
        return cloud.endpoint();
    }

    /** Makes what the program declares true. A stack of which nothing is recorded is made. */
    public Deployment deploy(Consumer<Context> program, Stack stack) {
        return run(Operation.UPDATE, program, stack, false);
    }

    /** Says what {@link #deploy} would do, and touches nothing. */
    public Deployment preview(Consumer<Context> program, Stack stack) {
        return run(Operation.UPDATE, program, stack, true);
    }

    /** Reads what is really there, and records it. */
    public Deployment refresh(Stack stack) {
        return run(Operation.REFRESH, null, stack, false);
    }

    /** Deletes everything that is recorded of the stack, and forgets the stack. */
    public Deployment destroy(Stack stack) {
        Deployment destroyed = run(Operation.DESTROY, null, stack, false);
        try {
            store.remove(stack.stackName(), secrets(stack), false, true);
        } catch (StateException e) {
            throw new DeploymentFailed(String.valueOf(e.getMessage()), List.of());
        }
        return destroyed;
    }

    private Deployment run(Operation operation, @Nullable Consumer<Context> program, Stack stack, boolean preview) {
        byte[] seed = new byte[32];
        random.nextBytes(seed);
        Request request = Request.of(
                        stack.stackName(),
                        directory,
                        secrets(stack),
                        HexFormat.of().formatHex(seed))
                .withConfig(stack.config(), stack.secretKeys())
                .withPreview(preview);
        Request whole = program == null ? request : request.withProgram(new InProcessProgram(program));
        List<String> messages = new CopyOnWriteArrayList<>();
        List<String> problems = new CopyOnWriteArrayList<>();
        var engine = new Engine(
                store,
                (name, host) -> cloud.load(name, host).or(() -> plugins.load(name, host)),
                InstantSource.system());
        String title = "the stack " + stack + " could not be " + word(operation, preview);
        try {
            OperationResult result = engine.run(operation, whole, event -> hear(event, messages, problems));
            if (!result.succeeded()) {
                throw new DeploymentFailed(title, problems);
            }
            return Deployment.of(result, messages);
        } catch (StateException e) {
            throw new DeploymentFailed(title, List.of(String.valueOf(e.getMessage())));
        }
    }

    private static void hear(EngineEvent event, List<String> messages, List<String> problems) {
        if (event instanceof EngineEvent.Told told && told.diagnostic().severity() != Severity.DEBUG) {
            Diagnostic diagnostic = told.diagnostic();
            String text = diagnostic.detail().isEmpty()
                    ? diagnostic.summary()
                    : diagnostic.summary() + ": " + diagnostic.detail().replace("\n", "\n    ");
            (diagnostic.severity() == Severity.ERROR ? problems : messages).add(text);
        }
    }

    private static String word(Operation operation, boolean preview) {
        return switch (operation) {
            case UPDATE -> preview ? "previewed" : "deployed";
            case REFRESH -> "refreshed";
            case DESTROY -> "destroyed";
        };
    }

    private StackSecrets secrets(Stack stack) {
        return new StackSecrets(Optional.empty(), stack::passphrase, random);
    }

    /** Stops the local cloud, if it is this one's own, and all that it runs. Nothing is destroyed. */
    @Override
    public void close() {
        cloud.close();
    }
}
