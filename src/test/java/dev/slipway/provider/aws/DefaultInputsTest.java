package dev.slipway.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyPath;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import dev.slipway.protocol.CheckRequest;
import dev.slipway.protocol.DiffRequest;
import dev.slipway.protocol.DiffResponse;
import dev.slipway.protocol.PropertyDiff;
import dev.slipway.protocol.ResourceProvider;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a program leaves out and the provider writes in: told, taken back, and no change for a state that was written without it. */
final class DefaultInputsTest {
    private static final Urn SERVICE = FakeAws.urn("Service", "web");
    private static final Urn ROLE = FakeAws.urn("InstanceRole", "runner");
    private static final PropertyMap WEB = PropertyMap.of("image", PropertyValue.of("public.ecr.aws/slipway/hello:1"));
    private static final PropertyMap RUNNER = PropertyMap.of("roleName", PropertyValue.of("runner"))
            .with(
                    "statements",
                    PropertyValue.of(List.of(
                            PropertyMap.of("actions", texts("s3:GetObject")).with("resources", texts("*")))));

    private final ResourceProvider provider = new FakeAws().provider();

    @Test
    void areWrittenInAlsoInsideOfRecordsAndOfListsOfThem() {
        PropertyMap checked = check(SERVICE, WEB.with("scaling", PropertyMap.of("maxSize", PropertyValue.of(3))));
        assertThat(checked.get("port")).contains(PropertyValue.of(8080));
        assertThat(checked.get("redeployMovedTag")).contains(PropertyValue.of(false));
        assertThat(checked.get("scaling"))
                .contains(PropertyMap.of("minSize", PropertyValue.of(1))
                        .with("maxSize", PropertyValue.of(3))
                        .with("maxConcurrency", PropertyValue.of(100)));
        assertThat(String.valueOf(check(ROLE, RUNNER).get("statements"))).contains("Allow");
    }

    @Test
    void leaveToTheCloudWhatTheCloudChooses() {
        assertThat(check(SERVICE, WEB.with("healthCheck", PropertyMap.EMPTY))
                        .values()
                        .keySet())
                .containsExactlyInAnyOrder(
                        "image", "serviceName", "port", "autoDeploy", "redeployMovedTag", "healthCheck");
    }

    @Test
    void comeBackWhenTheProgramNoLongerSaysOtherwise() {
        PropertyMap said = check(SERVICE, WEB.with("redeployMovedTag", PropertyValue.of(true)));
        assertThat(paths(diff(SERVICE, said, said, check(SERVICE, WEB, said))))
                .containsExactly(PropertyPath.of("redeployMovedTag"));
    }

    @Test
    void areNoChangeForAStateThatWasWrittenWithoutThem() {
        PropertyMap checked = check(ROLE, RUNNER);
        assertThat(paths(diff(ROLE, RUNNER, RUNNER, checked))).isEmpty();
        assertThat(paths(diff(ROLE, RUNNER, RUNNER, check(ROLE, RUNNER.with("existing", PropertyValue.of(true))))))
                .containsExactly(PropertyPath.of("existing"));
    }

    private PropertyMap check(Urn urn, PropertyMap inputs) {
        return check(urn, inputs, PropertyMap.EMPTY);
    }

    private PropertyMap check(Urn urn, PropertyMap inputs, PropertyMap olds) {
        return provider.check(new CheckRequest(
                        urn, Optional.of(olds).filter(one -> !one.values().isEmpty()), inputs, "00".repeat(32)))
                .inputs();
    }

    private DiffResponse diff(Urn urn, PropertyMap oldInputs, PropertyMap oldOutputs, PropertyMap news) {
        return provider.diff(new DiffRequest("id", urn, oldInputs, oldOutputs, news, List.of()));
    }

    private static List<PropertyPath> paths(DiffResponse response) {
        return response.diffs().stream().map(PropertyDiff::path).toList();
    }

    private static PropertyValue texts(String text) {
        return PropertyValue.of(List.of(PropertyValue.of(text)));
    }
}
