package dev.slipway.provider.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyPath;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import dev.slipway.protocol.Autonaming;
import dev.slipway.protocol.CheckFailure;
import dev.slipway.protocol.CheckRequest;
import dev.slipway.protocol.CheckResponse;
import dev.slipway.protocol.CreateRequest;
import dev.slipway.protocol.DeleteRequest;
import dev.slipway.protocol.DiffKind;
import dev.slipway.protocol.DiffRequest;
import dev.slipway.protocol.DiffResponse;
import dev.slipway.protocol.InvokeRequest;
import dev.slipway.protocol.InvokeResponse;
import dev.slipway.protocol.PropertyDiff;
import dev.slipway.protocol.ReadRequest;
import dev.slipway.protocol.ReadResponse;
import dev.slipway.protocol.UpdateRequest;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import pulumirpc.Provider;

/** Each call of the protocol, as Pulumi's engine makes it. */
final class PluginServiceTest extends PluginFixture {
    private static final PropertyMap IMAGE = PropertyMap.of("image", PropertyValue.of("public.ecr.aws/a/b"));

    @Test
    void saysWhatItAcceptsInTheHandshakeAndInTheConfiguration() {
        var handshake = plugin().handshake(Provider.ProviderHandshakeRequest.newBuilder()
                .setEngineAddress(engine.address())
                .build());
        assertThat(handshake.getAcceptSecrets()).isTrue();
        assertThat(handshake.getAcceptResources()).isTrue();
        assertThat(handshake.getSupportsAutonamingConfiguration()).isTrue();
        var configured = plugin().configure(Provider.ConfigureRequest.newBuilder()
                .setArgs(struct(IMAGE))
                .build());
        assertThat(configured.getAcceptSecrets()).isTrue();
        assertThat(configured.getAcceptResources()).isTrue();
        assertThat(configured.getSupportsPreview()).isTrue();
        assertThat(configured.getSupportsAutonamingConfiguration()).isTrue();
        assertThat(provider.asked(PropertyMap.class)).isEqualTo(IMAGE);
    }

    @Test
    void tellsItsVersionAndItsSchema() {
        assertThat(plugin().getPluginInfo(Empty.getDefaultInstance()).getVersion())
                .isEqualTo("1.2.3");
        assertThat(plugin().getSchema(Provider.GetSchemaRequest.getDefaultInstance())
                        .getSchema())
                .isEqualTo("{\"name\":\"slipway\"}");
        assertThat(code(() -> plugin().getSchema(Provider.GetSchemaRequest.newBuilder()
                        .setVersion(1)
                        .build())))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void checksWithTheSeedAndTheWishAboutNames() {
        provider.onCheck = request -> new CheckResponse(
                request.news().with("port", PropertyValue.of(8080)),
                List.of(new CheckFailure(PropertyPath.parse("tags[\"a.b\"]"), "too long")));
        var answer = plugin().check(Provider.CheckRequest.newBuilder()
                .setUrn(URN)
                .setOlds(struct(IMAGE))
                .setNews(struct(IMAGE))
                .setRandomSeed(ByteString.copyFrom(new byte[] {1, (byte) 0xff}))
                .setAutonaming(Provider.CheckRequest.AutonamingOptions.newBuilder()
                        .setProposedName("hello-1")
                        .setMode(Provider.CheckRequest.AutonamingOptions.Mode.ENFORCE))
                .build());
        assertThat(provider.asked(CheckRequest.class))
                .isEqualTo(new CheckRequest(
                        new Urn(URN),
                        Optional.of(IMAGE),
                        IMAGE,
                        "01ff",
                        Optional.of(new Autonaming("hello-1", Autonaming.Mode.ENFORCE))));
        assertThat(answer.getInputs().getFieldsOrThrow("port").getNumberValue()).isEqualTo(8080);
        assertThat(answer.getFailuresList()).singleElement().satisfies(failure -> {
            assertThat(failure.getProperty()).isEqualTo("tags[\"a.b\"]");
            assertThat(failure.getReason()).isEqualTo("too long");
        });
    }

    @Test
    void takesASeedOfItsOwnFromAnEngineThatHasNone() {
        plugin().check(Provider.CheckRequest.newBuilder().setUrn(URN).build());
        CheckRequest first = provider.asked(CheckRequest.class);
        plugin().check(Provider.CheckRequest.newBuilder().setUrn(URN).build());
        assertThat(first.randomSeed()).matches("[0-9a-f]{64}");
        assertThat(provider.asked(CheckRequest.class).randomSeed()).isNotEqualTo(first.randomSeed());
        assertThat(first.olds()).isEmpty();
        assertThat(first.autonaming()).isEmpty();
    }

    @Test
    void describesADifferenceInEveryWayThatEnginesRead() {
        provider.onDiff = request -> new DiffResponse(
                List.of(
                        new PropertyDiff(
                                PropertyPath.of("serviceName"),
                                DiffKind.UPDATE_REPLACE,
                                Optional.of("it can't be renamed")),
                        new PropertyDiff(PropertyPath.parse("tags.team"), DiffKind.ADD, Optional.empty()),
                        new PropertyDiff(PropertyPath.parse("tags.owner"), DiffKind.DELETE, Optional.empty())),
                true,
                List.of("arn"));
        var answer = plugin().diff(Provider.DiffRequest.newBuilder()
                .setId("id-1")
                .setUrn(URN)
                .setOldInputs(struct(IMAGE))
                .setOlds(struct(IMAGE.with("arn", PropertyValue.of("arn:x"))))
                .setNews(struct(PropertyMap.EMPTY))
                .addIgnoreChanges("tags[\"x\"]")
                .build());
        assertThat(provider.asked(DiffRequest.class))
                .isEqualTo(new DiffRequest(
                        "id-1",
                        new Urn(URN),
                        IMAGE,
                        IMAGE.with("arn", PropertyValue.of("arn:x")),
                        PropertyMap.EMPTY,
                        List.of(PropertyPath.parse("tags.x"))));
        assertThat(answer.getChanges()).isEqualTo(Provider.DiffResponse.DiffChanges.DIFF_SOME);
        assertThat(answer.getDiffsList()).containsExactly("serviceName", "tags");
        assertThat(answer.getReplacesList()).containsExactly("serviceName");
        assertThat(answer.getStablesList()).containsExactly("arn");
        assertThat(answer.getDeleteBeforeReplace()).isTrue();
        assertThat(answer.getHasDetailedDiff()).isTrue();
        assertThat(answer.getDetailedDiffMap().keySet())
                .containsExactlyInAnyOrder("serviceName", "tags.team", "tags.owner");
        assertThat(answer.getDetailedDiffOrThrow("serviceName").getKind())
                .isEqualTo(Provider.PropertyDiff.Kind.UPDATE_REPLACE);
        assertThat(engine.heard).singleElement().satisfies(told -> {
            assertThat(told.getMessage()).isEqualTo("has to be replaced: it can't be renamed");
            assertThat(told.getUrn()).isEqualTo(URN);
            assertThat(told.getEphemeral()).isTrue();
        });
    }

    @Test
    void saysThatNothingDiffersAndNeverThatItDoesNotKnow() {
        var answer = plugin().diffConfig(
                        Provider.DiffRequest.newBuilder().setUrn(URN).build());
        assertThat(answer.getChanges()).isEqualTo(Provider.DiffResponse.DiffChanges.DIFF_NONE);
        assertThat(answer.getHasDetailedDiff()).isTrue();
    }

    @Test
    void comparesWithTheOutputsForAnEngineThatSendsNoOldInputs() {
        plugin().diff(Provider.DiffRequest.newBuilder()
                .setUrn(URN)
                .setOlds(struct(IMAGE))
                .build());
        assertThat(provider.asked(DiffRequest.class).oldInputs()).isEqualTo(IMAGE);
        plugin().update(Provider.UpdateRequest.newBuilder()
                .setUrn(URN)
                .setOlds(struct(IMAGE))
                .build());
        assertThat(provider.asked(UpdateRequest.class).oldInputs()).isEqualTo(IMAGE);
    }

    @Test
    void readsCallsAndDeletes() {
        provider.onRead = request -> new ReadResponse("id-2", IMAGE, IMAGE.with("arn", PropertyValue.of("arn:x")));
        var read = plugin().read(Provider.ReadRequest.newBuilder()
                .setId("id-1")
                .setUrn(URN)
                .build());
        assertThat(provider.asked(ReadRequest.class))
                .isEqualTo(
                        new ReadRequest("id-1", new Urn(URN), PropertyMap.EMPTY, PropertyMap.EMPTY, Optional.empty()));
        assertThat(read.getId()).isEqualTo("id-2");
        assertThat(read.getInputs()).isEqualTo(struct(IMAGE));
        assertThat(read.getProperties().getFieldsCount()).isEqualTo(2);

        provider.onInvoke = request -> new InvokeResponse(
                request.arguments(), List.of(new CheckFailure(PropertyPath.of("image"), "not there")));
        var called = plugin().invoke(Provider.InvokeRequest.newBuilder()
                .setTok("slipway:index:getImage")
                .setArgs(struct(IMAGE))
                .setPreview(true)
                .build());
        assertThat(provider.asked(InvokeRequest.class))
                .isEqualTo(new InvokeRequest("slipway:index:getImage", IMAGE, true));
        assertThat(called.getReturn()).isEqualTo(struct(IMAGE));
        assertThat(called.getFailures(0).getReason()).isEqualTo("not there");

        plugin().delete(Provider.DeleteRequest.newBuilder()
                .setId("id-1")
                .setUrn(URN)
                .setProperties(struct(IMAGE))
                .setTimeout(1.5)
                .build());
        assertThat(provider.asked(DeleteRequest.class))
                .isEqualTo(new DeleteRequest(
                        "id-1", new Urn(URN), PropertyMap.EMPTY, IMAGE, Optional.of(Duration.ofMillis(1500))));
    }

    @Test
    void passesTimeLimitsAndPreviews() {
        plugin().create(Provider.CreateRequest.newBuilder()
                .setUrn(URN)
                .setPreview(true)
                .build());
        assertThat(provider.asked(CreateRequest.class).preview()).isTrue();
        assertThat(provider.asked(CreateRequest.class).timeout()).isEmpty();
        plugin().create(Provider.CreateRequest.newBuilder()
                .setUrn(URN)
                .setTimeout(1e300)
                .build());
        assertThat(provider.asked(CreateRequest.class).timeout())
                .hasValueSatisfying(limit -> assertThat(limit).isGreaterThan(Duration.ofDays(365)));
    }

    @Test
    void carriesEveryKindOfValueInAndOut() {
        PropertyMap every = IMAGE.with("secret", new PropertyValue.Secret(PropertyValue.of("hush")))
                .with("unknown", PropertyValue.Unknown.VALUE)
                .with("asset", new PropertyValue.Asset("text", null, null, "00"))
                .with("archive", new PropertyValue.Archive(null, "/a", null, "00"))
                .with("resource", new PropertyValue.Reference(new Urn(URN), Optional.of(PropertyValue.of("id")), "1"));
        var answer = plugin().create(Provider.CreateRequest.newBuilder()
                .setUrn(URN)
                .setProperties(struct(every))
                .build());
        assertThat(provider.asked(CreateRequest.class).inputs()).isEqualTo(every);
        assertThat(answer.getProperties()).isEqualTo(struct(every));
    }

    @Test
    void anOutputWithASecretInItIsASecretAsAWhole() {
        PropertyValue hush = new PropertyValue.Secret(PropertyValue.of("hush"));
        PropertyMap environment = PropertyMap.of("TOKEN", hush).with("GREETING", PropertyValue.of("hi"));
        PropertyMap nested = IMAGE.with("environment", environment).with("list", PropertyValue.of(List.of(hush)));
        var answer = plugin().create(Provider.CreateRequest.newBuilder()
                .setUrn(URN)
                .setProperties(struct(nested))
                .build());
        assertThat(provider.asked(CreateRequest.class).inputs()).isEqualTo(nested);
        assertThat(answer.getProperties())
                .isEqualTo(struct(IMAGE.with("environment", new PropertyValue.Secret(environment.reveal()))
                        .with("list", new PropertyValue.Secret(PropertyValue.of(List.of(PropertyValue.of("hush")))))));
    }

    @Test
    void understandsOutputValues() {
        var output = Struct.newBuilder()
                .putFields("4dabf18193072939515e22adb298388d", text("d0e6a833031e9bbcd3f4e8bde6ca49a4"))
                .putFields("value", text("hush"))
                .putFields("secret", Value.newBuilder().setBoolValue(true).build());
        plugin().check(Provider.CheckRequest.newBuilder()
                .setUrn(URN)
                .setNews(Struct.newBuilder()
                        .putFields(
                                "image",
                                Value.newBuilder().setStructValue(output).build()))
                .build());
        assertThat(provider.asked(CheckRequest.class).news())
                .isEqualTo(PropertyMap.of("image", new PropertyValue.Secret(PropertyValue.of("hush"))));
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    @Test
    void hasNoComponentsParametersOrMappings() {
        assertThat(code(() -> plugin().construct(Provider.ConstructRequest.getDefaultInstance())))
                .isEqualTo(Status.Code.UNIMPLEMENTED);
        assertThat(code(() -> plugin().call(Provider.CallRequest.getDefaultInstance())))
                .isEqualTo(Status.Code.UNIMPLEMENTED);
        assertThat(code(() -> plugin().parameterize(Provider.ParameterizeRequest.getDefaultInstance())))
                .isEqualTo(Status.Code.UNIMPLEMENTED);
        assertThat(code(() -> plugin().getMapping(Provider.GetMappingRequest.getDefaultInstance())))
                .isEqualTo(Status.Code.UNIMPLEMENTED);
        assertThat(code(() -> plugin().getMappings(Provider.GetMappingsRequest.getDefaultInstance())))
                .isEqualTo(Status.Code.UNIMPLEMENTED);
    }
}
