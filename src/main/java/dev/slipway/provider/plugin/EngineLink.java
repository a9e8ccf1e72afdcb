package dev.slipway.provider.plugin;

import dev.slipway.property.Urn;
import dev.slipway.protocol.ProviderHost;
import dev.slipway.protocol.Severity;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import pulumirpc.EngineGrpc;
import pulumirpc.EngineOuterClass.LogRequest;
import pulumirpc.EngineOuterClass.LogSeverity;

/** The connection to the engine that started this plugin: takes messages to it, in their order, and notices when it is gone. */
final class EngineLink implements ProviderHost, AutoCloseable {
    private static final int ANSWER_SECONDS = 5;

    /** No messages for a long time are no reason to hang up: gRPC takes this for never. */
    private static final int NEVER_DAYS = 365;

    private final Runnable gone;
    private final ExecutorService sender = Executors.newSingleThreadExecutor(task -> {
        var thread = new Thread(task, "to the engine");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable ManagedChannel channel;

    /** @param gone runs, on any thread and perhaps more than once, when the engine no longer answers */
    EngineLink(Runnable gone) {
        this.gone = gone;
    }

    /** Does nothing for an empty address, or when there is a connection. */
    synchronized void connect(String address) {
        if (address.isEmpty() || channel != null) {
            return;
        }
        ManagedChannel made = ManagedChannelBuilder.forTarget(address)
                .usePlaintext()
                .proxyDetector(anywhere -> null)
                .idleTimeout(NEVER_DAYS, TimeUnit.DAYS)
                .build();
        channel = made;
        watch(made, made.getState(true), false);
    }

    /** A connection that was there and can't be made again: the engine has died. */
    private void watch(ManagedChannel watched, ConnectivityState last, boolean wasThere) {
        watched.notifyWhenStateChanged(last, () -> {
            ConnectivityState now = watched.getState(true);
            if (now == ConnectivityState.TRANSIENT_FAILURE && wasThere) {
                gone.run();
            } else if (now != ConnectivityState.SHUTDOWN) {
                watch(watched, now, wasThere || now == ConnectivityState.READY);
            }
        });
    }

    @Override
    public void log(Severity severity, Optional<Urn> urn, String message, boolean ephemeral) {
        LogRequest request = LogRequest.newBuilder()
                .setSeverity(severity(severity))
                .setUrn(urn.map(Urn::text).orElse(""))
                .setMessage(message)
                .setEphemeral(ephemeral)
                .build();
        sender.execute(() -> send(request));
    }

    private void send(LogRequest request) {
        ManagedChannel engine;
        synchronized (this) {
            engine = channel;
        }
        if (engine == null) {
            System.err.println(request.getSeverity() + " " + request.getMessage());
            return;
        }
        try {
            EngineGrpc.newBlockingStub(engine)
                    .withDeadlineAfter(ANSWER_SECONDS, TimeUnit.SECONDS)
                    .log(request);
        } catch (StatusRuntimeException unheard) {
            System.err.println(request.getSeverity() + " " + request.getMessage() + " (" + unheard.getMessage() + ")");
        }
    }

    private static LogSeverity severity(Severity severity) {
        return switch (severity) {
            case DEBUG -> LogSeverity.DEBUG;
            case INFO -> LogSeverity.INFO;
            case WARNING -> LogSeverity.WARNING;
            case ERROR -> LogSeverity.ERROR;
        };
    }

    /** Waits until the engine has heard everything, so that no message comes after the answer that it belongs to. */
    void flush() {
        try {
            sender.submit(() -> {}).get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException unheard) {
            System.err.println("the engine takes no messages: " + unheard);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void close() {
        sender.shutdownNow();
        if (channel != null) {
            channel.shutdownNow();
        }
    }
}
