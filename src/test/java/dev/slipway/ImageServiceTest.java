package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pulumi.Context;
import dev.slipway.engine.Goal;
import dev.slipway.engine.ProgramFailed;
import dev.slipway.engine.program.InProcessProgram;
import dev.slipway.engine.program.ScriptedMonitor;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class ImageServiceTest {
    private static final String PUBLIC = "public.ecr.aws/slipway/hello:latest";
    private static final String OURS = "111122223333.dkr.ecr.us-east-1.amazonaws.com/team/hello:1";
    private static final String OUR_REPOSITORY = "arn:aws:ecr:us-east-1:111122223333:repository/team/hello";
    private static final String PROVIDER = "pulumi:providers:slipway";

    private final ScriptedMonitor monitor = ScriptedMonitor.updating()
            .cloudAdds(AccessRole.TYPE, PropertyMap.of("arn", PropertyValue.of("arn:role")))
            .cloudAdds(
                    Service.TYPE,
                    PropertyMap.of("url", PropertyValue.of("http://abc.local"))
                            .with("arn", PropertyValue.of("arn:service"))
                            .with("serviceId", PropertyValue.of("0abc"))
                            .with("status", PropertyValue.of("RUNNING")));

    @Test
    void anImageOfThePublicGalleryNeedsTheServiceAlone() throws ProgramFailed {
        run(context ->
                new ImageService("web", ImageServiceArgs.builder().image(PUBLIC).build()));

        assertThat(monitor.types()).containsExactly(Urn.STACK_TYPE, ImageService.TYPE, Service.TYPE);
        assertThat(monitor.goal(Service.TYPE).inputs()).isEqualTo(PropertyMap.of("image", PropertyValue.of(PUBLIC)));
    }

    @Test
    void anImageOfTheSameAccountNeedsARoleForItsRepository() throws ProgramFailed {
        run(context -> new ImageService(
                "web",
                ImageServiceArgs.builder().image(OURS).accountId("111122223333").build()));

        assertThat(monitor.types()).containsExactly(Urn.STACK_TYPE, ImageService.TYPE, AccessRole.TYPE, Service.TYPE);
        assertThat(monitor.goal(AccessRole.TYPE).inputs())
                .isEqualTo(PropertyMap.of("repositories", PropertyValue.of(List.of(PropertyValue.of(OUR_REPOSITORY)))));
        Goal service = monitor.goal(Service.TYPE);
        assertThat(service.name()).isEqualTo("web");
        assertThat(service.inputs().text("accessRoleArn")).contains("arn:role");
        assertThat(service.provider()).isEmpty();
    }

    @Test
    void anImageOfAnotherAccountNeedsAlsoAPolicyThereBeforeTheService() throws ProgramFailed {
        run(context -> new ImageService(
                "web",
                ImageServiceArgs.builder()
                        .image(OURS)
                        .accountId("999900001111")
                        .repositoryProvider(provider())
                        .build()));

        assertThat(monitor.types())
                .containsExactlyInAnyOrder(
                        Urn.STACK_TYPE,
                        PROVIDER,
                        ImageService.TYPE,
                        AccessRole.TYPE,
                        RepositoryPolicy.TYPE,
                        Service.TYPE);
        Goal policy = monitor.goal(RepositoryPolicy.TYPE);
        assertThat(policy.inputs())
                .isEqualTo(PropertyMap.of("repository", PropertyValue.of(OUR_REPOSITORY))
                        .with("principals", PropertyValue.of(List.of(PropertyValue.of("arn:role")))));
        assertThat(policy.provider())
                .hasValueSatisfying(provider -> assertThat(provider).contains("::there::"));
        Goal service = monitor.goal(Service.TYPE);
        assertThat(service.provider()).isEmpty();
        assertThat(service.dependencies()).extracting(Urn::type).contains(RepositoryPolicy.TYPE, AccessRole.TYPE);
    }

    @Test
    void credentialsForTheRepositoryMeanThatItIsAnothersWhenNoAccountIsGiven() throws ProgramFailed {
        run(context -> new ImageService(
                "web",
                ImageServiceArgs.builder()
                        .image(OURS)
                        .repositoryProvider(provider())
                        .build()));

        assertThat(monitor.types()).contains(RepositoryPolicy.TYPE);
    }

    @Test
    void aRoleOfYourOwnTakesThePlaceOfTheAccessRole() throws ProgramFailed {
        run(context -> new ImageService(
                "web",
                ImageServiceArgs.builder()
                        .image(OURS)
                        .repositoryProvider(provider())
                        .accessRoleArn("arn:mine")
                        .build()));

        assertThat(monitor.types()).doesNotContain(AccessRole.TYPE);
        assertThat(monitor.goal(Service.TYPE).inputs().text("accessRoleArn")).contains("arn:mine");
        assertThat(monitor.goal(RepositoryPolicy.TYPE).inputs().get("principals"))
                .contains(PropertyValue.of(List.of(PropertyValue.of("arn:mine"))));
    }

    @Test
    void handsEverythingElseToTheService() throws ProgramFailed {
        run(context -> new ImageService(
                "web",
                ImageServiceArgs.builder()
                        .image(PUBLIC)
                        .serviceName("shop-front")
                        .port(81)
                        .startCommand("serve")
                        .environment(Map.of("A", "1"))
                        .cpu("1024")
                        .memory("2 GB")
                        .instanceRoleArn("arn:instance")
                        .healthCheck(HealthCheckArgs.builder().protocol("HTTP").build())
                        .scaling(ScalingArgs.builder().maxSize(3).build())
                        .autoDeploy(false)
                        .tags(Map.of("team", "web"))
                        .build()));

        assertThat(monitor.goal(Service.TYPE).inputs().values().keySet())
                .containsExactlyInAnyOrder(
                        "serviceName",
                        "image",
                        "port",
                        "startCommand",
                        "environment",
                        "cpu",
                        "memory",
                        "instanceRoleArn",
                        "healthCheck",
                        "scaling",
                        "autoDeploy",
                        "tags");
        assertThat(monitor.goal(Service.TYPE).inputs().text("serviceName")).contains("shop-front");
    }

    @Test
    void itsOutputsAreThoseOfTheService() throws ProgramFailed {
        run(context -> {
            var web = new ImageService(
                    "web", ImageServiceArgs.builder().image(OURS).build());
            context.export("url", web.url());
            context.export("role", web.accessRoleArn().applyValue(role -> role.orElse("none")));
        });

        var urn = Urn.of("dev", "launch", "", ImageService.TYPE, "web");
        assertThat(monitor.outputs.get(urn))
                .isEqualTo(PropertyMap.of("url", PropertyValue.of("http://abc.local"))
                        .with("serviceArn", PropertyValue.of("arn:service"))
                        .with("serviceId", PropertyValue.of("0abc"))
                        .with("status", PropertyValue.of("RUNNING"))
                        .with("accessRoleArn", PropertyValue.of("arn:role")));
        assertThat(monitor.stackOutputs().text("url")).contains("http://abc.local");
        assertThat(monitor.stackOutputs().text("role")).contains("arn:role");
    }

    @Test
    void theRoleOfAPublicImageIsAbsent() throws ProgramFailed {
        run(context -> context.export(
                "role",
                new ImageService("web", ImageServiceArgs.builder().image(PUBLIC).build())
                        .accessRoleArn()
                        .applyValue(role -> role.orElse("none"))));

        assertThat(monitor.stackOutputs().text("role")).contains("none");
    }

    @Test
    void itsChildrenAreInsideIt() throws ProgramFailed {
        run(context ->
                new ImageService("web", ImageServiceArgs.builder().image(OURS).build()));

        var component = Urn.of("dev", "launch", "", ImageService.TYPE, "web");
        assertThat(monitor.goal(AccessRole.TYPE).parent()).contains(component);
        assertThat(monitor.goal(Service.TYPE).parent()).contains(component);
    }

    @Test
    void anImageThatCannotRunIsRefusedBeforeAnythingIsDeclared() {
        assertRefused(ImageServiceArgs.builder().image("docker.io/library/nginx"), "ImageService web: ", "docker.io");
    }

    @Test
    void anImageOfAnotherAccountWithoutCredentialsForItIsRefusedWithBothAccounts() {
        assertRefused(
                ImageServiceArgs.builder().image(OURS).accountId("999900001111"),
                "111122223333",
                "999900001111",
                "repositoryProvider");
    }

    @Test
    void anAccountThatIsNoneIsRefused() {
        assertRefused(ImageServiceArgs.builder().image(OURS).accountId("my-account"), "twelve digits", "my-account");
    }

    private void assertRefused(ImageServiceArgs.Builder args, String... words) {
        assertThatThrownBy(() -> run(context -> new ImageService("web", args.build())))
                .isInstanceOf(ProgramFailed.class)
                .hasMessageContainingAll(words)
                .hasMessageNotContaining("Exception");
        assertThat(monitor.types()).containsExactly(Urn.STACK_TYPE);
    }

    private static Provider provider() {
        return new Provider(
                "there", ProviderArgs.builder().accessKey("111122223333").build());
    }

    private void run(Consumer<Context> program) throws ProgramFailed {
        new InProcessProgram(program).run(monitor.info(), monitor);
    }
}
