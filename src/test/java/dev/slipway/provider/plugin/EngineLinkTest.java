package dev.slipway.provider.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Empty;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.Urn;
import dev.slipway.protocol.CreateResponse;
import dev.slipway.protocol.ProviderException;
import dev.slipway.protocol.Severity;
import io.grpc.Status;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pulumirpc.EngineOuterClass.LogRequest;
import pulumirpc.EngineOuterClass.LogSeverity;
import pulumirpc.Plugin.PluginAttach;

/** What a plugin tells its engine, and how it ends with it. */
@Timeout(60)
final class EngineLinkTest extends PluginFixture {
    @Test
    void everyMessageComesInOrderAndBeforeTheAnswerThatItBelongsTo() {
        provider.onCreate = request -> {
            IntStream.range(0, 200)
                    .forEach(i -> provider.host.log(Severity.INFO, Optional.of(request.urn()), "step " + i, true));
            return new CreateResponse("id", PropertyMap.EMPTY);
        };
        create();
        assertThat(engine.heard)
                .extracting(LogRequest::getMessage)
                .containsExactlyElementsOf(
                        IntStream.range(0, 200).mapToObj(i -> "step " + i).toList());
        assertThat(engine.heard).allSatisfy(told -> {
            assertThat(told.getUrn()).isEqualTo(URN);
            assertThat(told.getEphemeral()).isTrue();
        });
    }

    @Test
    void aMessageKeepsItsSeverity() {
        provider.onCreate = request -> {
            for (Severity severity : Severity.values()) {
                provider.host.log(severity, Optional.empty(), severity.name(), false);
            }
            throw new ProviderException("failed");
        };
        assertThat(code(this::create)).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(engine.heard)
                .extracting(LogRequest::getSeverity)
                .containsExactly(LogSeverity.DEBUG, LogSeverity.INFO, LogSeverity.WARNING, LogSeverity.ERROR);
        assertThat(engine.heard).allSatisfy(told -> assertThat(told.getUrn()).isEmpty());
    }

    @Test
    void anEngineThatAttachesHearsTheMessages() throws IOException {
        try (PluginServer alone = PluginServer.start(
                        new PluginPackage("slipway", "1.2.3", () -> ""),
                        host -> {
                            provider.host = host;
                            return provider;
                        },
                        "");
                var own = new PluginClient(alone.port())) {
            provider.host.log(Severity.INFO, Optional.empty(), "nobody hears this", false);
            own.stub().getPluginInfo(Empty.getDefaultInstance());
            own.stub()
                    .attach(PluginAttach.newBuilder()
                            .setAddress(engine.address())
                            .build());
            provider.host.log(Severity.WARNING, Optional.of(new Urn(URN)), "careful", false);
            own.stub().getPluginInfo(Empty.getDefaultInstance());
            assertThat(engine.heard).extracting(LogRequest::getMessage).containsExactly("careful");
        }
    }

    @Test
    void cancellationReachesAnOperationThatIsUnderWay() throws InterruptedException {
        var begun = new CountDownLatch(1);
        provider.onCreate = request -> {
            begun.countDown();
            await(provider.cancelled);
            throw new ProviderException("cancelled while waiting; run again to go on");
        };
        var creation = CompletableFuture.supplyAsync(() -> failure(this::create));
        begun.await();
        assertThat(creation).isNotDone();
        plugin().cancel(Empty.getDefaultInstance());
        assertThat(creation.join().getStatus().getDescription()).contains("run again to go on");
    }

    @Test
    void endsWhenItsEngineIsGone() throws InterruptedException {
        create();
        provider.host.log(Severity.INFO, Optional.empty(), "I am here", false);
        create();
        var over = CompletableFuture.runAsync(() -> {
            try {
                server.awaitEnd(() -> false);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(over).isNotDone();
        engine.close();
        over.join();
    }

    @Test
    void endsWhenItIsAnotherProcessesChild() throws InterruptedException {
        server.awaitEnd(() -> true);
        server.close();
        assertThat(provider.cancelled.getCount()).isZero();
        assertThat(provider.closed.getCount()).isZero();
    }

    @Test
    void messagesForADeadEngineHoldNothingUp() {
        create();
        engine.close();
        provider.host.log(Severity.INFO, Optional.empty(), "hello?", false);
        assertThat(create().getId()).isEqualTo("id-1");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
