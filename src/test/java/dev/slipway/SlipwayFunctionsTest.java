package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.Context;
import dev.slipway.engine.ProgramFailed;
import dev.slipway.engine.program.InProcessProgram;
import dev.slipway.engine.program.ScriptedMonitor;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class SlipwayFunctionsTest {
    private final ScriptedMonitor monitor = ScriptedMonitor.updating();
    private final List<PropertyMap> asked = new ArrayList<>();

    @Test
    void anImageIsLookedUpByItsName() throws ProgramFailed {
        answer(PropertyMap.of("image", text("public.ecr.aws/slipway/hello:latest"))
                .with("digest", text("sha256:aa"))
                .with("pinnedImage", text("public.ecr.aws/slipway/hello@sha256:aa"))
                .with("sizeInBytes", PropertyValue.of(5_000_000_000d))
                .with("exposedPorts", PropertyValue.of(List.of(PropertyValue.of(8080)))));

        run(context -> context.export(
                "found",
                SlipwayFunctions.getImage(GetImageArgs.builder()
                                .image("public.ecr.aws/slipway/hello:latest")
                                .build())
                        .applyValue(image -> image.pinnedImage() + " " + image.exposedPorts() + " "
                                + image.sizeInBytes().longValue() + " "
                                + image.repositoryArn().isPresent())));

        assertThat(asked)
                .containsExactly(PropertyMap.of("image", text("public.ecr.aws/slipway/hello:latest"))
                        .with("token", text("slipway:index:getImage")));
        assertThat(monitor.stackOutputs().text("found"))
                .contains("public.ecr.aws/slipway/hello@sha256:aa [8080] 5000000000 false");
    }

    @Test
    void aServiceIsLookedUpWithItsNestedSettings() throws ProgramFailed {
        answer(PropertyMap.of("serviceName", text("web"))
                .with("arn", text("arn:web"))
                .with("serviceId", text("0"))
                .with("status", text("RUNNING"))
                .with("image", text("public.ecr.aws/slipway/hello"))
                .with("scaling", PropertyMap.of("maxSize", PropertyValue.of(3))));

        run(context -> context.export(
                "most",
                SlipwayFunctions.getService(
                                GetServiceArgs.builder().serviceName("web").build())
                        .applyValue(service ->
                                service.scaling().orElseThrow().maxSize().orElseThrow())));

        assertThat(asked).singleElement().satisfies(arguments -> assertThat(arguments.text("token"))
                .contains("slipway:index:getService"));
        assertThat(monitor.stackOutputs().get("most")).contains(PropertyValue.of(3));
    }

    @Test
    void theCallerIsAskedForWithoutArguments() throws ProgramFailed {
        answer(PropertyMap.of("accountId", text("111122223333"))
                .with("arn", text("arn:aws:iam::111122223333:root"))
                .with("userId", text("111122223333"))
                .with("region", text("eu-west-1")));

        run(context -> context.export(
                "account",
                SlipwayFunctions.getCallerIdentity().applyValue(caller -> caller.accountId() + " " + caller.region())));

        assertThat(monitor.stackOutputs().text("account")).contains("111122223333 eu-west-1");
    }

    private void answer(PropertyMap result) {
        monitor.invoke = arguments -> {
            asked.add(arguments);
            return result;
        };
    }

    private void run(Consumer<Context> program) throws ProgramFailed {
        new InProcessProgram(program).run(monitor.info(), monitor);
    }

    private static PropertyValue text(String value) {
        return PropertyValue.of(value);
    }
}
