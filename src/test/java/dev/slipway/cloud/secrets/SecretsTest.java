package dev.slipway.cloud.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.wire.Authorizer.Question;
import dev.slipway.cloud.wire.AwsException;
import dev.slipway.cloud.wire.AwsService.Operation;
import dev.slipway.cloud.wire.Call;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.DeleteSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.DeleteSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.Filter;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsRequest;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsResponse;
import software.amazon.awssdk.services.secretsmanager.model.PutResourcePolicyRequest;
import software.amazon.awssdk.services.secretsmanager.model.PutResourcePolicyResponse;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.RestoreSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.RestoreSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.secretsmanager.model.UpdateSecretVersionStageRequest;
import software.amazon.awssdk.services.secretsmanager.model.UpdateSecretVersionStageResponse;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.PutParameterResponse;

final class SecretsTest {
    private SecretsFixture cloud;

    @BeforeEach
    void open(@TempDir Path directory) throws IOException {
        cloud = new SecretsFixture(directory.resolve("key"));
    }

    private CreateSecretResponse create(String name, String value) {
        return cloud.run(
                "secretsmanager:CreateSecret",
                CreateSecretRequest.builder().name(name).secretString(value).build(),
                CreateSecretResponse.class);
    }

    private GetSecretValueResponse get(Consumer<GetSecretValueRequest.Builder> more) {
        var request = GetSecretValueRequest.builder();
        more.accept(request);
        return cloud.run("secretsmanager:GetSecretValue", request.build(), GetSecretValueResponse.class);
    }

    private PutSecretValueResponse put(String id, String value) {
        return cloud.run(
                "secretsmanager:PutSecretValue",
                PutSecretValueRequest.builder().secretId(id).secretString(value).build(),
                PutSecretValueResponse.class);
    }

    private DescribeSecretResponse describe(String id) {
        return cloud.run(
                "secretsmanager:DescribeSecret",
                DescribeSecretRequest.builder().secretId(id).build(),
                DescribeSecretResponse.class);
    }

    private static AbstractThrowableAssert<?, ?> refuses(ThrowingCallable call, String code, String message) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(AwsException.class, error -> {
                    assertThat(error.code()).isEqualTo(code);
                    assertThat(error.status()).isEqualTo(400);
                })
                .hasMessageContaining(message);
    }

    @Test
    void aSecretIsReadByItsNameAndByItsArnWithAndWithoutTheSuffix() {
        CreateSecretResponse created = create("team/db", "s3cret");
        assertThat(created.arn())
                .matches("arn:aws:secretsmanager:eu-west-1:111122223333:secret:team/db-[A-Za-z0-9]{6}");
        String partial = created.arn().substring(0, created.arn().length() - 7);
        for (String id : List.of("team/db", created.arn(), partial)) {
            GetSecretValueResponse value = get(in -> in.secretId(id));
            assertThat(value.secretString()).isEqualTo("s3cret");
            assertThat(value.versionId()).isEqualTo(created.versionId());
            assertThat(value.versionStages()).containsExactly("AWSCURRENT");
        }
        assertThat(cloud.asked).singleElement().satisfies(question -> {
            assertThat(question.action()).isEqualTo("secretsmanager:GetSecretValue");
            assertThat(question.resource()).isEqualTo(created.arn());
        });
        refuses(
                () -> get(in -> in.secretId(partial + "-XXXXXX")),
                "ResourceNotFoundException",
                "can't find the specified");
        refuses(() -> get(in -> in.secretId("other")), "ResourceNotFoundException", "can't find the specified secret.");
        assertThat(cloud.asked.get(0).resource()).endsWith(":secret:other-??????");
    }

    @Test
    void bytesComeBackAsBytes() {
        var bytes = SdkBytes.fromByteArray(new byte[] {0, -1, 7});
        cloud.run(
                "secretsmanager:CreateSecret",
                CreateSecretRequest.builder().name("bin").secretBinary(bytes).build(),
                CreateSecretResponse.class);
        GetSecretValueResponse value = get(in -> in.secretId("bin"));
        assertThat(value.secretBinary()).isEqualTo(bytes);
        assertThat(value.secretString()).isNull();
    }

    @Test
    void aNewValueMovesTheLabels() {
        CreateSecretResponse first = create("db", "one");
        PutSecretValueResponse second = put("db", "two");
        PutSecretValueResponse third = put("db", "three");
        assertThat(get(in -> in.secretId("db")).secretString()).isEqualTo("three");
        assertThat(get(in -> in.secretId("db").versionStage("AWSPREVIOUS")).secretString())
                .isEqualTo("two");
        assertThat(get(in -> in.secretId("db").versionId(first.versionId())).secretString())
                .isEqualTo("one");
        assertThat(describe("db").versionIdsToStages())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(second.versionId(), List.of("AWSPREVIOUS"), third.versionId(), List.of("AWSCURRENT")));
        refuses(
                () -> get(in -> in.secretId("db").versionId(first.versionId()).versionStage("AWSCURRENT")),
                "InvalidRequestException",
                "not associated");
        refuses(() -> get(in -> in.secretId("db").versionStage("MINE")), "ResourceNotFoundException", "label: MINE");
    }

    @Test
    void labelsAreMovedOnlyFromWhereTheyAre() {
        CreateSecretResponse first = create("db", "one");
        PutSecretValueResponse second = put("db", "two");
        var back = UpdateSecretVersionStageRequest.builder()
                .secretId("db")
                .versionStage("AWSCURRENT")
                .moveToVersionId(first.versionId());
        refuses(() -> move(back.build()), "InvalidParameterException", "RemoveFromVersionId");
        move(back.removeFromVersionId(second.versionId()).build());
        assertThat(get(in -> in.secretId("db")).secretString()).isEqualTo("one");
        assertThat(get(in -> in.secretId("db").versionStage("AWSPREVIOUS")).secretString())
                .isEqualTo("two");
        refuses(
                () -> move(UpdateSecretVersionStageRequest.builder()
                        .secretId("db")
                        .versionStage("AWSCURRENT")
                        .removeFromVersionId(first.versionId())
                        .build()),
                "InvalidParameterException",
                "can't be completely removed");
    }

    private void move(UpdateSecretVersionStageRequest request) {
        cloud.run("secretsmanager:UpdateSecretVersionStage", request, UpdateSecretVersionStageResponse.class);
    }

    @Test
    void aRepeatedRequestDoesNothingAndAnotherValueUnderItsTokenIsRefused() {
        String token = "0123456789012345678901234567890123456789";
        var request =
                CreateSecretRequest.builder().name("db").secretString("one").clientRequestToken(token);
        CreateSecretResponse first =
                cloud.run("secretsmanager:CreateSecret", request.build(), CreateSecretResponse.class);
        CreateSecretResponse again =
                cloud.run("secretsmanager:CreateSecret", request.build(), CreateSecretResponse.class);
        assertThat(again).isEqualTo(first);
        refuses(
                () -> cloud.run(
                        "secretsmanager:CreateSecret",
                        request.secretString("two").build(),
                        CreateSecretResponse.class),
                "ResourceExistsException",
                token);
        refuses(() -> create("db", "x"), "ResourceExistsException", "the secret db already exists");
    }

    @Test
    void aDeletedSecretCanBeRestoredUntilItsTimeIsOver() {
        create("db", "one");
        DeleteSecretResponse deleted = delete(in -> in.secretId("db").recoveryWindowInDays(7L));
        assertThat(deleted.deletionDate()).isEqualTo(cloud.now.plus(Duration.ofDays(7)));
        refuses(() -> get(in -> in.secretId("db")), "InvalidRequestException", "marked for deletion");
        refuses(() -> create("db", "x"), "InvalidRequestException", "already scheduled for deletion");
        assertThat(names(ListSecretsRequest.builder())).isEmpty();
        assertThat(names(ListSecretsRequest.builder().includePlannedDeletion(true)))
                .containsExactly("db");
        cloud.run(
                "secretsmanager:RestoreSecret",
                RestoreSecretRequest.builder().secretId("db").build(),
                RestoreSecretResponse.class);
        assertThat(get(in -> in.secretId("db")).secretString()).isEqualTo("one");
        delete(in -> in.secretId("db"));
        cloud.now = cloud.now.plus(Duration.ofDays(31));
        refuses(() -> describe("db"), "ResourceNotFoundException", "can't find");
        create("db", "new");
        delete(in -> in.secretId("db").forceDeleteWithoutRecovery(true));
        refuses(() -> describe("db"), "ResourceNotFoundException", "can't find");
        refuses(
                () -> delete(in -> in.secretId("db").recoveryWindowInDays(3L)),
                "InvalidParameterException",
                "between 7");
    }

    private DeleteSecretResponse delete(Consumer<DeleteSecretRequest.Builder> more) {
        var request = DeleteSecretRequest.builder();
        more.accept(request);
        return cloud.run("secretsmanager:DeleteSecret", request.build(), DeleteSecretResponse.class);
    }

    private List<String> names(ListSecretsRequest.Builder request) {
        return cloud.run("secretsmanager:ListSecrets", request.build(), ListSecretsResponse.class).secretList().stream()
                .map(SecretListEntry::name)
                .toList();
    }

    @Test
    void listsArePagedAndFiltered() {
        for (int i = 0; i < 5; i++) {
            cloud.now = cloud.now.plusSeconds(1);
            create((i % 2 == 0 ? "even/" : "odd/") + i, "x");
        }
        assertThat(names(ListSecretsRequest.builder())).containsExactly("even/4", "odd/3", "even/2", "odd/1", "even/0");
        assertThat(names(ListSecretsRequest.builder()
                        .filters(Filter.builder().key("name").values("odd/").build())))
                .containsExactly("odd/3", "odd/1");
        assertThat(names(ListSecretsRequest.builder()
                        .filters(Filter.builder().key("name").values("!odd/").build())))
                .containsExactly("even/4", "even/2", "even/0");
        List<String> all = new ArrayList<>();
        String token = null;
        do {
            ListSecretsResponse page = cloud.run(
                    "secretsmanager:ListSecrets",
                    ListSecretsRequest.builder().maxResults(2).nextToken(token).build(),
                    ListSecretsResponse.class);
            page.secretList().forEach(each -> all.add(each.name()));
            token = page.nextToken();
        } while (token != null);
        assertThat(all).hasSize(5).doesNotHaveDuplicates();
        refuses(
                () -> names(ListSecretsRequest.builder().nextToken("bm9uZQ")),
                "InvalidNextTokenException",
                "isn't valid");
    }

    @Test
    void aResourcePolicyGoesWithTheQuestions() {
        create("db", "one");
        String policy = """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"444455556666"},
                 "Action":"secretsmanager:GetSecretValue","Resource":"*"}]}
                """;
        cloud.run(
                "secretsmanager:PutResourcePolicy",
                PutResourcePolicyRequest.builder()
                        .secretId("db")
                        .resourcePolicy(policy)
                        .build(),
                PutResourcePolicyResponse.class);
        get(in -> in.secretId("db"));
        assertThat(cloud.asked.get(0).resourcePolicy()).contains(policy);
        assertThat(cloud.asked.get(0).context()).containsEntry("secretsmanager:VersionStage", List.of("AWSCURRENT"));
        refuses(
                () -> cloud.run(
                        "secretsmanager:PutResourcePolicy",
                        PutResourcePolicyRequest.builder()
                                .secretId("db")
                                .resourcePolicy("{\"Statement\":1}")
                                .build(),
                        PutResourcePolicyResponse.class),
                "MalformedPolicyDocumentException",
                "syntax error");
    }

    @Test
    void noValueIsStoredInClear(@TempDir Path directory) throws IOException {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        try (Store store = Store.open(directory.resolve("store"))) {
            Vault vault = Vault.open(directory.resolve("secrets.key"), store, random);
            var secrets = new Secrets(store, vault, () -> cloud.now, random);
            var create = secrets.secretsManager().operations().get("CreateSecret");
            handle(
                    create,
                    CreateSecretRequest.builder()
                            .name("db")
                            .secretString("s3cretOfTheDatabase")
                            .build());
            var put = secrets.parameterStore().operations().get("PutParameter");
            handle(
                    put,
                    PutParameterRequest.builder()
                            .name("p")
                            .value("anOrdinaryString")
                            .type("String")
                            .build());
        }
        String journal = Files.readString(directory.resolve("store/journal.jsonl"));
        assertThat(journal).contains("\"db\"").doesNotContain("s3cretOfTheDatabase", "anOrdinaryString");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("secrets.key"))))
                .isEqualTo("rw-------");
        try (Store store = Store.open(directory.resolve("store"))) {
            Vault same = Vault.open(directory.resolve("secrets.key"), store, random);
            var secrets = new Secrets(store, same, () -> cloud.now, random);
            assertThat(secrets.read(cloud.call(), question -> {}, "p")).isEqualTo("anOrdinaryString");
        }
    }

    @Test
    void aKeyThatIsNotTheOneOfBeforeIsRefusedAndNothingIsMadeInItsPlace(@TempDir Path directory) throws IOException {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        Store store = Store.inMemory();
        Path key = directory.resolve("secrets.key");
        Vault.open(key, store, random);
        String first = Files.readString(key);

        Files.delete(key);
        assertThatThrownBy(() -> Vault.open(key, store, random))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is missing")
                .hasMessageContaining("slipway local reset");
        assertThat(key).doesNotExist();

        Files.writeString(key, first.replace(first.charAt(0), first.charAt(0) == '0' ? '1' : '0'));
        assertThatThrownBy(() -> Vault.open(key, store, random))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("holds another key");

        Files.writeString(key, first);
        assertThat(Vault.open(key, store, random)).isNotNull();
    }

    private <I extends SdkPojo, O extends SdkPojo> void handle(Operation<I, O> operation, SdkPojo request) {
        assertThat(operation.handler().apply(cloud.call(), operation.input().cast(request)))
                .isNotNull();
    }

    @Test
    void referencesNameSecretsTheirPartsAndParameters() {
        String arn = create("db", "{\"user\":\"u\",\"port\":5432}").arn();
        String old = get(in -> in.secretId("db")).versionId();
        put("db", "{\"user\":\"v\"}");
        cloud.run(
                "ssm:PutParameter",
                PutParameterRequest.builder()
                        .name("/team/key")
                        .value("k")
                        .type("SecureString")
                        .build(),
                PutParameterResponse.class);
        assertThat(read(arn)).isEqualTo("{\"user\":\"v\"}");
        assertThat(read(arn + ":user::")).isEqualTo("v");
        assertThat(read(arn + ":user:AWSPREVIOUS:")).isEqualTo("u");
        assertThat(read(arn + ":port::" + old)).isEqualTo("5432");
        assertThat(read("/team/key")).isEqualTo("k");
        assertThat(read("arn:aws:ssm:eu-west-1:111122223333:parameter/team/key"))
                .isEqualTo("k");
        refuses(() -> read(arn + ":nobody::"), "ResourceNotFoundException", "did not contain json key nobody");
        refuses(() -> read("/team/other"), "ParameterNotFound", "/team/other");
        assertThat(Secrets.isReference("p4ss w0rd!")).isFalse();
        assertThatThrownBy(() -> cloud.secrets.read(
                        cloud.call(),
                        question -> {
                            throw new AwsException("AccessDeniedException", 400, question.action());
                        },
                        "/team/key"))
                .hasMessage("ssm:GetParameters");
    }

    private String read(String reference) {
        return cloud.secrets.read(cloud.call(), question -> {}, reference);
    }

    @Test
    void anotherAccountReadsByArnOnly() {
        String arn = create("db", "one").arn();
        Call other = cloud.call("444455556666", SecretsFixture.REGION);
        List<Question> asked = new ArrayList<>();
        assertThat(cloud.secrets.read(other, asked::add, arn)).isEqualTo("one");
        assertThat(asked.get(0).resource()).isEqualTo(arn);
    }

    @Test
    void anArnLeadsToItsRegionAndANameStaysInTheCallers() {
        String secret = create("db", "one").arn();
        String parameter = "arn:aws:ssm:" + SecretsFixture.REGION + ":" + SecretsFixture.ACCOUNT + ":parameter/key";
        cloud.run(
                "ssm:PutParameter",
                PutParameterRequest.builder()
                        .name("/key")
                        .value("k")
                        .type("String")
                        .build(),
                PutParameterResponse.class);
        Call elsewhere = cloud.call(SecretsFixture.ACCOUNT, "us-east-1");
        List<Question> asked = new ArrayList<>();
        assertThat(cloud.secrets.read(elsewhere, asked::add, secret)).isEqualTo("one");
        assertThat(cloud.secrets.read(elsewhere, asked::add, parameter)).isEqualTo("k");
        assertThat(asked).extracting(Question::resource).containsExactly(secret, parameter);
        assertThat(asked).allSatisfy(question -> assertThat(question.context())
                .containsEntry("aws:RequestedRegion", List.of(SecretsFixture.REGION)));
        refuses(() -> cloud.secrets.read(elsewhere, asked::add, "/key"), "ParameterNotFound", "/key");
    }
}
