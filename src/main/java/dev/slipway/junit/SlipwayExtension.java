package dev.slipway.junit;

import com.pulumi.Context;
import dev.slipway.automation.Deployment;
import dev.slipway.automation.Slipway;
import dev.slipway.automation.Stack;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test class a local cloud of its own, in the test's JVM and in a temporary directory, with a program deployed to it before the first
 * test and taken away after the last. Register it in a static field:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final SlipwayExtension slipway =
 *         SlipwayExtension.deploying(App::stack).config("image", "public.ecr.aws/slipway/hello:latest");
 * }</pre>
 *
 * <p>A program that can't be deployed fails the class with all problems. Test methods may take a {@link Deployment} or the {@link Slipway}.
 */
public final class SlipwayExtension implements BeforeAllCallback, AfterAllCallback, ParameterResolver {
    private final Consumer<Context> program;
    private final Stack stack;
    private @Nullable Path directory;
    private @Nullable Slipway slipway;
    private @Nullable Deployment deployment;

    private SlipwayExtension(Consumer<Context> program, Stack stack) {
        this.program = program;
        this.stack = stack;
    }

    /** With this program, as the stack {@code test} of the project {@code test} unless {@link #stack} says otherwise. */
    public static SlipwayExtension deploying(Consumer<Context> program) {
        return new SlipwayExtension(program, Stack.of("test", "test").passphrase("test"));
    }

    /** With this stack and its configuration. */
    public SlipwayExtension stack(Stack other) {
        return new SlipwayExtension(program, other);
    }

    /** With a value of the configuration; see {@link Stack#config}. */
    public SlipwayExtension config(String key, String value) {
        return new SlipwayExtension(program, stack.config(key, value));
    }

    /** With a secret value of the configuration; see {@link Stack#secret}. */
    public SlipwayExtension secret(String key, String value) {
        return new SlipwayExtension(program, stack.secret(key, value));
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        directory = Files.createTempDirectory("slipway-test");
        try {
            slipway = Slipway.local(directory);
            deployment = slipway.deploy(program, stack);
        } catch (RuntimeException | Error e) {
            end();
            throw e;
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        try {
            if (slipway != null && deployment != null) {
                slipway.destroy(stack);
            }
        } finally {
            end();
        }
    }

    private void end() throws IOException {
        deployment = null;
        if (slipway != null) {
            slipway.close();
            slipway = null;
        }
        if (directory != null) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
            directory = null;
        }
    }

    /** A text that the program exported. */
    public String output(String name) {
        return deployment().output(name);
    }

    /** What the deployment before the first test came to. */
    public Deployment deployment() {
        return there(deployment);
    }

    /** Deploys the program again, for example after the test changed something. */
    public Deployment redeploy() {
        return slipway().deploy(program, stack);
    }

    /** For what else a test wants to deploy; the test then destroys it itself. */
    public Slipway slipway() {
        return there(slipway);
    }

    /** Where the local cloud answers AWS clients. */
    public URI endpoint() {
        return slipway().endpoint().orElseThrow();
    }

    private static <T> T there(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException(
                    "nothing is deployed: the field with @RegisterExtension must be static, and tests must be running");
        }
        return value;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Deployment.class || type == Slipway.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Deployment.class ? deployment() : slipway();
    }

    /** For messages. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "SlipwayExtension[%s]", stack);
    }
}
