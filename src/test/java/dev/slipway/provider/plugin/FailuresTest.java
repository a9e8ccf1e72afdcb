package dev.slipway.provider.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyPath;
import dev.slipway.property.PropertyValue;
import dev.slipway.protocol.CheckFailure;
import dev.slipway.protocol.CheckResponse;
import dev.slipway.protocol.CreateResponse;
import dev.slipway.protocol.InitializationFailed;
import dev.slipway.protocol.OutcomeUnknown;
import dev.slipway.protocol.ProviderException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import pulumirpc.Provider;
import pulumirpc.Provider.ConfigureErrorMissingKeys;
import pulumirpc.Provider.ErrorResourceInitFailed;

/** What an engine and a person are told when a call fails. */
final class FailuresTest extends PluginFixture {
    private static final PropertyMap INPUTS = PropertyMap.of("image", PropertyValue.of("a"));

    @Test
    void aResourceThatIsThereButNotWellIsRecorded() throws IOException {
        PropertyMap outputs = INPUTS.with("token", new PropertyValue.Secret(PropertyValue.of("hush")));
        provider.onCreate = request -> {
            throw new InitializationFailed("id-9", INPUTS, outputs, List.of("the health check failed", "see its log"));
        };
        StatusRuntimeException failure = failure(this::create);
        assertThat(failure.getStatus().getDescription()).isEqualTo("the health check failed\nsee its log");
        var detail = StatusProto.fromThrowable(failure).getDetails(0).unpack(ErrorResourceInitFailed.class);
        assertThat(detail.getId()).isEqualTo("id-9");
        assertThat(detail.getReasonsList()).containsExactly("the health check failed", "see its log");
        assertThat(detail.getInputs()).isEqualTo(struct(INPUTS));
        assertThat(detail.getProperties()).isEqualTo(struct(outputs));
    }

    @Test
    void theCodeSaysWhetherTheCallMayHaveBeenCarriedOut() {
        provider.onCreate = request -> {
            throw new ProviderException("create Service hello: no credentials; set AWS_PROFILE");
        };
        StatusRuntimeException refused = failure(this::create);
        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(refused.getStatus().getDescription())
                .isEqualTo("create Service hello: no credentials; set AWS_PROFILE");
        provider.onCreate = request -> {
            throw new OutcomeUnknown("no answer came", new IllegalStateException());
        };
        assertThat(code(this::create)).isEqualTo(Status.Code.UNKNOWN);
    }

    @Test
    void aFaultIsToldInOneLineAndThePluginGoesOn() {
        for (Throwable fault : List.of(
                new NullPointerException("x is null"), new StackOverflowError(), new NoClassDefFoundError("a/B"))) {
            provider.onCreate = request -> FailuresTest.<RuntimeException>thrown(fault);
            StatusRuntimeException failure = failure(this::create);
            assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
            assertThat(failure.getStatus().getDescription())
                    .startsWith("create " + URN + ": a fault of this provider, please report it: "
                            + fault.getClass().getName())
                    .doesNotContain("\n")
                    .doesNotContain("\tat ");
        }
        provider.onCreate = request -> new CreateResponse("fine", PropertyMap.EMPTY);
        assertThat(create().getId()).isEqualTo("fine");
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> CreateResponse thrown(Throwable fault) throws X {
        throw (X) fault;
    }

    @Test
    void whatIsNoResourceNameOrPathIsTheCallersMistake() {
        assertThat(code(() -> plugin().create(Provider.CreateRequest.newBuilder()
                        .setUrn("hello")
                        .build())))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(failure(() -> plugin().diff(Provider.DiffRequest.newBuilder()
                                .setUrn(URN)
                                .addIgnoreChanges("a[")
                                .build()))
                        .getStatus()
                        .getDescription())
                .startsWith("ignoreChanges: ");
    }

    @Test
    void missingConfigurationIsToldKeyByKey() throws IOException {
        provider.onCheckConfig = request -> new CheckResponse(
                request.news(),
                List.of(
                        new CheckFailure(PropertyPath.of("region"), "no region: set slipway:region"),
                        new CheckFailure(PropertyPath.of("secretKey"), "slipway:secretKey must be set, too")));
        StatusRuntimeException failure = failure(() -> configure(PropertyMap.of("accessKey", PropertyValue.of("A"))));
        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        var detail = StatusProto.fromThrowable(failure).getDetails(0).unpack(ConfigureErrorMissingKeys.class);
        assertThat(detail.getMissingKeysList())
                .extracting(ConfigureErrorMissingKeys.MissingKey::getName)
                .containsExactly("slipway:region", "slipway:secretKey");
        assertThat(detail.getMissingKeys(0).getDescription()).isEqualTo("no region: set slipway:region");
        assertThat(provider.asked).as("it was not configured").noneMatch(PropertyMap.class::isInstance);
    }

    @Test
    void wrongConfigurationIsToldAllAtOnce() {
        provider.onCheckConfig = request -> new CheckResponse(
                request.news(),
                List.of(
                        new CheckFailure(PropertyPath.of("region"), "`x` is no region"),
                        new CheckFailure(PropertyPath.of("profile"), "not both")));
        StatusRuntimeException failure = failure(() -> configure(PropertyMap.of("region", PropertyValue.of("x"))));
        assertThat(failure.getStatus().getDescription())
                .contains("slipway:region: `x` is no region", "slipway:profile: not both");
        assertThat(StatusProto.fromThrowable(failure).getDetailsList()).isEmpty();
    }

    private Provider.ConfigureResponse configure(PropertyMap config) {
        return plugin().configure(Provider.ConfigureRequest.newBuilder()
                .setArgs(struct(config))
                .build());
    }
}
