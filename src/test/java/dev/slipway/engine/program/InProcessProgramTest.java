package dev.slipway.engine.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.pulumi.Context;
import com.pulumi.core.Alias;
import com.pulumi.core.Output;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.CustomTimeouts;
import dev.slipway.AccessRole;
import dev.slipway.AccessRoleArgs;
import dev.slipway.HealthCheckArgs;
import dev.slipway.Provider;
import dev.slipway.ProviderArgs;
import dev.slipway.Service;
import dev.slipway.ServiceArgs;
import dev.slipway.engine.Goal;
import dev.slipway.engine.ProgramFailed;
import dev.slipway.engine.ResourceMonitor.Registered;
import dev.slipway.engine.ResourceMonitor.RegistrationFailed;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyPath;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class InProcessProgramTest {
    private static final String IMAGE = "public.ecr.aws/slipway/hello:latest";
    private static final String SERVICE = "slipway:index:Service";
    private static final String ROLE = "slipway:index:AccessRole";
    private static final PropertyMap RUNNING = PropertyMap.of("url", PropertyValue.of("http://abc.local"))
            .with("arn", PropertyValue.of("arn:service"))
            .with("status", PropertyValue.of("RUNNING"));

    @Test
    void registersTheStackThenItsResourcesThenItsOutputs() throws ProgramFailed {
        var monitor = ScriptedMonitor.updating().cloudAdds(SERVICE, RUNNING);

        run(
                monitor,
                context -> context.export("url", new Service("web", service().build()).url()));

        assertThat(monitor.types()).containsExactly(Urn.STACK_TYPE, SERVICE);
        Goal stack = monitor.goals.get(0);
        assertThat(stack.name()).isEqualTo("launch-dev");
        assertThat(stack.custom()).isFalse();
        Goal web = monitor.goals.get(1);
        assertThat(web.custom()).isTrue();
        assertThat(web.parent()).contains(Urn.of("dev", "launch", "", Urn.STACK_TYPE, "launch-dev"));
        assertThat(web.inputs()).isEqualTo(PropertyMap.of("image", PropertyValue.of(IMAGE)));
        assertThat(web.options())
                .satisfies(options -> assertThat(options.version()).isEqualTo("0.1.0"));
        assertThat(monitor.stackOutputs()).isEqualTo(PropertyMap.of("url", PropertyValue.of("http://abc.local")));
    }

    @Test
    void anOutputThatIsExportedTwiceIsToldInOneLineWithItsPlace() {
        assertThatThrownBy(() -> run(ScriptedMonitor.updating(), context -> context.export("url", Output.of("a"))
                        .export("url", Output.of("b"))))
                .isInstanceOf(ProgramFailed.class)
                .hasMessageMatching("IllegalArgumentException: the output `url` is exported twice"
                        + " \\(at .*InProcessProgramTest\\..*, InProcessProgramTest\\.java:\\d+\\)");
    }

    @Test
    void sendsEveryInputUnderItsNameAndInItsType() throws ProgramFailed {
        var monitor = ScriptedMonitor.updating();

        run(
                monitor,
                context -> new Service(
                        "web",
                        service()
                                .port(9000)
                                .autoDeploy(false)
                                .environment(Map.of("A", "1"))
                                .healthCheck(HealthCheckArgs.builder()
                                        .path("/up")
                                        .interval(3)
                                        .build())
                                .build()));

        assertThat(monitor.goal(SERVICE).inputs())
                .isEqualTo(PropertyMap.of("image", PropertyValue.of(IMAGE))
                        .with("port", PropertyValue.of(9000))
                        .with("autoDeploy", PropertyValue.of(false))
                        .with("environment", PropertyMap.of("A", PropertyValue.of("1")))
                        .with(
                                "healthCheck",
                                PropertyMap.of("path", PropertyValue.of("/up")).with("interval", PropertyValue.of(3))));
    }

    @Test
    void readsNestedOutputsBackIntoTheirTypes() throws ProgramFailed {
        var monitor = ScriptedMonitor.updating()
                .cloudAdds(
                        SERVICE,
                        RUNNING.with("port", PropertyValue.of(8080))
                                .with("healthCheck", PropertyMap.of("interval", PropertyValue.of(5)))
                                .with("environment", PropertyMap.of("A", PropertyValue.of("1"))));

        run(monitor, context -> {
            var web = new Service("web", service().build());
            context.export("interval", web.healthCheck().applyValue(check -> check.interval()
                    .orElseThrow()));
            context.export(
                    "a", web.environment().applyValue(all -> all.orElseThrow().get("A")));
            context.export("next", web.port().applyValue(port -> port + 1));
            context.export("role", web.accessRoleArn().applyValue(Optional::isPresent));
        });

        assertThat(monitor.stackOutputs())
                .isEqualTo(PropertyMap.of("interval", PropertyValue.of(5))
                        .with("a", PropertyValue.of("1"))
                        .with("next", PropertyValue.of(8081))
                        .with("role", PropertyValue.of(false)));
    }

    @Test
    void aResourceThatUsesAnotherComesAfterItAndSaysSo() throws ProgramFailed {
        var roleMade = new CompletableFuture<Registered>();
        var monitor = ScriptedMonitor.updating();
        monitor.onRegister(ROLE, goal -> roleMade);
        var urn = new Urn("urn:pulumi:dev::launch::" + ROLE + "::pull");

        var run = runInBackground(monitor, context -> {
            var role = new AccessRole(
                    "pull", AccessRoleArgs.builder().repositories("r").build());
            new Service("web", service().accessRoleArn(role.arn()).build());
        });
        while (!monitor.types().contains(ROLE)) {
            Thread.onSpinWait();
        }
        assertThat(monitor.types()).doesNotContain(SERVICE);
        roleMade.complete(new Registered(urn, "pull-id", PropertyMap.of("arn", PropertyValue.of("arn:role"))));
        run.join();

        Goal web = monitor.goal(SERVICE);
        assertThat(web.inputs().text("accessRoleArn")).contains("arn:role");
        assertThat(web.dependencies()).containsExactly(urn);
        assertThat(web.propertyDependencies()).containsEntry("accessRoleArn", Set.of(urn));
    }

    @Test
    void aPreviewSendsWhatIsNotKnownYetAsUnknown() throws ProgramFailed {
        var monitor = ScriptedMonitor.previewing();

        run(monitor, context -> {
            var role = new AccessRole(
                    "pull", AccessRoleArgs.builder().repositories("r").build());
            var web = new Service("web", service().accessRoleArn(role.arn()).build());
            context.export("url", web.url());
            context.export("image", web.image());
        });

        assertThat(monitor.goal(SERVICE).inputs().get("accessRoleArn")).contains(PropertyValue.Unknown.VALUE);
        assertThat(monitor.stackOutputs())
                .isEqualTo(PropertyMap.of("url", PropertyValue.Unknown.VALUE).with("image", PropertyValue.of(IMAGE)));
    }

    @Test
    void aSecretOfTheConfigurationStaysOne() throws ProgramFailed {
        var monitor = ScriptedMonitor.updating();
        var info = monitor.info(Map.of("launch:token", "hush", "launch:port", "81"), Set.of("launch:token"));

        new InProcessProgram((Consumer<Context>) context -> new Service(
                        "web",
                        service()
                                .startCommand(context.config().requireSecret("token"))
                                .port(context.config().requireInteger("port"))
                                .build()))
                .run(info, monitor);

        assertThat(monitor.goal(SERVICE).inputs().get("startCommand"))
                .contains(new PropertyValue.Secret(PropertyValue.of("hush")));
        assertThat(monitor.goal(SERVICE).inputs().get("port")).contains(PropertyValue.of(81));
    }

    @Test
    void anExplicitProviderIsNamedByUrnAndId() throws ProgramFailed {
        var monitor = ScriptedMonitor.updating();

        run(monitor, context -> declareWithProvider());

        String provider = "urn:pulumi:dev::launch::pulumi:providers:slipway::other::other-id";
        assertThat(monitor.goal(SERVICE).provider()).contains(provider);
        assertThat(monitor.goal("pulumi:providers:slipway").inputs())
                .isEqualTo(PropertyMap.of("accessKey", PropertyValue.of("444455556666"))
                        .with("secretKey", new PropertyValue.Secret(PropertyValue.of("hush"))));
    }

    @Test
    void aProviderThatAPreviewHasNotMadeHasTheUnknownId() throws ProgramFailed {
        var monitor = ScriptedMonitor.previewing();

        run(monitor, context -> declareWithProvider());

        assertThat(monitor.goal(SERVICE).provider())
                .contains("urn:pulumi:dev::launch::pulumi:providers:slipway::other::"
                        + "04da6b54-80e4-46f7-96ec-b56ff0331ba9");
    }

    private static void declareWithProvider() {
        var other = new Provider(
                "other",
                ProviderArgs.builder()
                        .accessKey("444455556666")
                        .secretKey("hush")
                        .build());
        new Service(
                "web",
                service().build(),
                CustomResourceOptions.builder().provider(other).build());
    }

    @Test
    void passesTheResourceOptionsOn() throws ProgramFailed {
        var monitor = ScriptedMonitor.updating();

        run(
                monitor,
                context -> new Service(
                        "web",
                        service().build(),
                        CustomResourceOptions.builder()
                                .protect(true)
                                .retainOnDelete(true)
                                .deleteBeforeReplace(true)
                                .ignoreChanges(List.of("environment.A"))
                                .replaceOnChanges("image")
                                .additionalSecretOutputs("url")
                                .importId("arn:service")
                                .version("1.2.3")
                                .customTimeouts(
                                        new CustomTimeouts(Duration.ofMinutes(10), null, Duration.ofMillis(1500)))
                                .aliases(
                                        Alias.withUrn("urn:pulumi:dev::launch::" + SERVICE + "::older"),
                                        Alias.builder().name("old").build())
                                .build()));

        var options = monitor.goal(SERVICE).options();
        assertThat(options.protect()).contains(true);
        assertThat(options.retainOnDelete()).contains(true);
        assertThat(options.deleteBeforeReplace()).contains(true);
        assertThat(options.ignoreChanges())
                .containsExactly(PropertyPath.of("environment").child("A"));
        assertThat(options.replaceOnChanges()).containsExactly(PropertyPath.of("image"));
        assertThat(options.additionalSecretOutputs()).containsExactly("url");
        assertThat(options.importId()).contains("arn:service");
        assertThat(options.version()).isEqualTo("1.2.3");
        assertThat(options.timeouts()).isEqualTo(new Goal.Timeouts(600, 0, 1.5));
        assertThat(options.aliases())
                .containsExactly(
                        new Urn("urn:pulumi:dev::launch::" + SERVICE + "::older"),
                        new Urn("urn:pulumi:dev::launch::" + SERVICE + "::old"));
    }

    @Test
    void readsAResourceOfSomebodyElse() throws ProgramFailed {
        var monitor = ScriptedMonitor.updating().cloudAdds(SERVICE, RUNNING);

        run(
                monitor,
                context -> context.export(
                        "url",
                        Service.get("theirs", Output.of("arn:theirs"), null).url()));

        assertThat(monitor.goal(SERVICE).name()).isEqualTo("theirs");
        assertThat(monitor.stackOutputs().text("url")).contains("http://abc.local");
    }

    @Test
    void aFailedResourceEndsTheProgramWithoutRepeatingTheReason() {
        var monitor = ScriptedMonitor.updating();
        monitor.onRegister(SERVICE, goal -> CompletableFuture.failedFuture(new RegistrationFailed("told already")));

        var failure = catchThrowableOfType(
                ProgramFailed.class,
                () -> run(monitor, context -> {
                    var web = new Service("web", service().build());
                    new AccessRole(
                            "uses",
                            AccessRoleArgs.builder()
                                    .roleName(web.arn())
                                    .repositories("r")
                                    .build());
                    new AccessRole(
                            "free", AccessRoleArgs.builder().repositories("r").build());
                    context.export("url", web.url());
                }));

        assertThat(failure).hasCauseInstanceOf(RegistrationFailed.class).hasMessageNotContaining("told already");
        assertThat(monitor.messages).isEmpty();
        assertThat(monitor.goals).extracting(Goal::name).contains("free").doesNotContain("uses");
        assertThat(monitor.stackOutputs()).isEqualTo(PropertyMap.EMPTY);
    }

    @Test
    void waitsAfterAFailureForTheResourcesThatAreStillBeingMade() {
        var slow = new CompletableFuture<Registered>();
        var monitor = ScriptedMonitor.updating();
        monitor.onRegister(SERVICE, goal -> CompletableFuture.failedFuture(new RegistrationFailed("told already")));
        monitor.onRegister(ROLE, goal -> slow);

        var run = runInBackground(monitor, context -> {
            new Service("web", service().build());
            new AccessRole("slow", AccessRoleArgs.builder().repositories("r").build());
        });
        while (!monitor.types().containsAll(Set.of(SERVICE, ROLE))) {
            Thread.onSpinWait();
        }
        assertThat(run).isNotDone();
        slow.complete(monitor.succeed(monitor.goal(ROLE)));

        assertThatThrownBy(run::join).hasCauseInstanceOf(ProgramFailed.class);
    }

    @Test
    void aMistakeOfTheUserIsToldByItsMessageAlone() {
        var monitor = ScriptedMonitor.updating();

        assertThatThrownBy(() -> run(monitor, context -> context.config().require("image")))
                .isInstanceOf(ProgramFailed.class)
                .hasMessageStartingWith("Missing required configuration variable 'launch:image'")
                .hasMessageNotContaining("at com.pulumi");
        assertThatThrownBy(() -> run(monitor, context -> ServiceArgs.builder().build()))
                .isInstanceOf(ProgramFailed.class)
                .hasMessageContaining("image");
    }

    @Test
    void anUnexpectedExceptionIsToldWithItsPlaceInTheProgram() {
        var monitor = ScriptedMonitor.updating();

        assertThatThrownBy(() -> run(monitor, context -> List.of().get(3)))
                .isInstanceOf(ProgramFailed.class)
                .hasMessageContaining("IndexOutOfBoundsException")
                .hasMessageContaining("InProcessProgramTest.java:")
                .hasMessageNotContaining("\n")
                .hasCauseInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void anExceptionWhileAValueIsMadeFailsTheProgramOnce() {
        var monitor = ScriptedMonitor.updating().cloudAdds(SERVICE, RUNNING);

        assertThatThrownBy(() -> run(monitor, context -> {
                    var web = new Service("web", service().build());
                    Output<String> bad = web.url().applyValue(url -> {
                        throw new IllegalStateException("no such url");
                    });
                    context.export("a", bad);
                    context.export("b", bad.applyValue(url -> url + "/b"));
                }))
                .isInstanceOf(ProgramFailed.class)
                .hasMessageContainingAll("no such url");
    }

    @Test
    void tellsTheEngineWhatTheProgramLogs() throws ProgramFailed {
        var monitor = ScriptedMonitor.updating();

        run(monitor, context -> {
            context.log().info("starting");
            context.log().debug("not for people");
            context.log().warn("look %s", "here");
        });

        assertThat(monitor.messages).containsExactly("INFO - starting", "WARNING - look here");
    }

    @Test
    void aLoggedErrorFailsTheProgram() {
        var monitor = ScriptedMonitor.updating();

        assertThatThrownBy(() -> run(monitor, context -> context.log().error("this cannot be")))
                .isInstanceOf(ProgramFailed.class);
        assertThat(monitor.messages).containsExactly("ERROR - this cannot be");
    }

    @Test
    void warnsOfAnOptionThatTheEngineDoesNotKnow() throws ProgramFailed {
        var monitor = ScriptedMonitor.updating();

        run(
                monitor,
                context -> new Service(
                        "web",
                        service().build(),
                        CustomResourceOptions.builder()
                                .replacementTrigger(Output.of("v1"))
                                .build()));

        assertThat(monitor.messages).singleElement().asString().contains("web").contains("replacementTrigger");
    }

    /** The SDK's constructor throws after it has begun a task, which then never ends. */
    @Test
    void endsThoughAResourceWithoutANameLeavesATaskThatNobodyEnds() {
        assertThatThrownBy(() -> run(
                        ScriptedMonitor.updating(),
                        context -> new Service(" ", service().build())))
                .isInstanceOf(ProgramFailed.class)
                .hasMessageContaining("name");
    }

    @Test
    void severalProgramsRunAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<String>> urls = IntStream.range(0, 12)
                    .mapToObj(number -> threads.submit(() -> {
                        var monitor = ScriptedMonitor.updating()
                                .cloudAdds(SERVICE, PropertyMap.of("url", PropertyValue.of("http://" + number)));
                        run(
                                monitor,
                                context -> context.export(
                                        "url", new Service("web", service().build()).url()));
                        return monitor.stackOutputs().text("url").orElseThrow();
                    }))
                    .toList();
            for (int number = 0; number < urls.size(); number++) {
                assertThat(urls.get(number).get(30, TimeUnit.SECONDS)).isEqualTo("http://" + number);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static ServiceArgs.Builder service() {
        return ServiceArgs.builder().image(IMAGE);
    }

    private static void run(ScriptedMonitor monitor, Consumer<Context> program) throws ProgramFailed {
        new InProcessProgram(program).run(monitor.info(), monitor);
    }

    private static CompletableFuture<Void> runInBackground(ScriptedMonitor monitor, Consumer<Context> program) {
        var ended = new CompletableFuture<Void>();
        var thread = new Thread(() -> {
            try {
                run(monitor, program);
                ended.complete(null);
            } catch (ProgramFailed | RuntimeException failure) {
                ended.completeExceptionally(failure);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return ended;
    }
}
