package dev.slipway.cli;

import dev.slipway.cli.project.Project;
import dev.slipway.provider.aws.AwsProvider;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reading the command line takes a third of a preview, on one thread. Beside it another one initialises what the command will need next and what
 * takes longest: reading the project, the SDK's tables of messages, and the connection to plugins where the project names some.
 */
final class HeadStart {
    private static final Set<String> RUNNING = Set.of("up", "preview");
    private static final List<String> OF_PROGRAMS = List.of(
            "pulumirpc.Resource",
            "com.pulumi.deployment.internal.DeploymentImpl$DeploymentState",
            "com.pulumi.deployment.internal.DeploymentImpl",
            "com.pulumi.serialization.internal.PropertiesSerializer",
            "com.pulumi.serialization.internal.Converter");
    private static final List<String> OF_PLUGINS = List.of(
            "io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup",
            "io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder",
            "io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder",
            "pulumirpc.ResourceProviderGrpc");

    private static @Nullable Thread thread;

    private HeadStart() {}

    /** Returns at once. Nothing that goes wrong is told: whoever needs it meets it again. */
    static synchronized void take(Context context, String... arguments) {
        if (RUNNING.contains(Commands.word(arguments, 0))
                && Runtime.getRuntime().availableProcessors() > 1) {
            var started = new Thread(() -> run(context), "head start");
            started.setDaemon(true);
            started.start();
            thread = started;
        }
    }

    /** Returns when nothing of it is going on any more: two threads that initialise the same classes in other orders would wait for each other. */
    static synchronized void end() {
        if (thread != null) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void run(Context context) {
        try {
            Project project = Project.find(context.started());
            initialise(OF_PROGRAMS);
            if (project.providers().keySet().stream().anyMatch(name -> !name.equals(AwsProvider.PACKAGE))) {
                initialise(OF_PLUGINS);
            }
        } catch (RuntimeException | LinkageError | ClassNotFoundException e) {
            // The command itself finds it, and tells.
        }
    }

    private static void initialise(List<String> classes) throws ClassNotFoundException {
        for (String name : classes) {
            Class.forName(name);
        }
    }

    /** Every class by name that may be initialised ahead. */
    static List<String> classes() {
        return Stream.concat(OF_PROGRAMS.stream(), OF_PLUGINS.stream()).toList();
    }
}
