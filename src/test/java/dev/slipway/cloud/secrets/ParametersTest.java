package dev.slipway.cloud.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cloud.wire.AwsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ssm.model.DeleteParametersRequest;
import software.amazon.awssdk.services.ssm.model.DeleteParametersResponse;
import software.amazon.awssdk.services.ssm.model.DescribeParametersRequest;
import software.amazon.awssdk.services.ssm.model.DescribeParametersResponse;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryResponse;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterHistory;
import software.amazon.awssdk.services.ssm.model.ParameterMetadata;
import software.amazon.awssdk.services.ssm.model.ParameterStringFilter;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.PutParameterResponse;
import software.amazon.awssdk.services.ssm.model.Tag;

final class ParametersTest {
    private SecretsFixture cloud;

    @BeforeEach
    void open(@TempDir Path directory) throws IOException {
        cloud = new SecretsFixture(directory.resolve("key"));
    }

    private long put(String name, String value, String type, Consumer<PutParameterRequest.Builder> more) {
        var request = PutParameterRequest.builder().name(name).value(value).type(type);
        more.accept(request);
        return cloud.run("ssm:PutParameter", request.build(), PutParameterResponse.class)
                .version();
    }

    private long put(String name, String value) {
        return put(name, value, "String", in -> {});
    }

    private Parameter get(String name, boolean decrypt) {
        return cloud.run(
                        "ssm:GetParameter",
                        GetParameterRequest.builder()
                                .name(name)
                                .withDecryption(decrypt)
                                .build(),
                        GetParameterResponse.class)
                .parameter();
    }

    private static void refuses(ThrowingCallable call, String code, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        AwsException.class, error -> assertThat(error.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }

    @Test
    void everyPutIsAVersionThatCanBeAskedFor() {
        assertThat(put("/app/url", "one")).isEqualTo(1);
        refuses(() -> put("/app/url", "two"), "ParameterAlreadyExists", "set the overwrite option");
        assertThat(put("/app/url", "two", "String", in -> in.overwrite(true))).isEqualTo(2);
        assertThat(get("/app/url", false).value()).isEqualTo("two");
        assertThat(get("/app/url:1", false))
                .satisfies(old -> assertThat(old.value()).isEqualTo("one"))
                .satisfies(old -> assertThat(old.selector()).isEqualTo(":1"));
        assertThat(get("arn:aws:ssm:eu-west-1:111122223333:parameter/app/url", false)
                        .version())
                .isEqualTo(2);
        refuses(() -> get("/app/url:7", false), "ParameterVersionNotFound", "version 7 of /app/url");
        refuses(() -> get("/app/none", false), "ParameterNotFound", "");
        GetParameterHistoryResponse history = cloud.run(
                "ssm:GetParameterHistory",
                GetParameterHistoryRequest.builder().name("/app/url").build(),
                GetParameterHistoryResponse.class);
        assertThat(history.parameters()).extracting(ParameterHistory::value).containsExactly("one", "two");
    }

    @Test
    void aSecureStringIsSealedUnlessItIsAskedForInClear() {
        put("key", "s3cret", "SecureString", in -> {});
        assertThat(get("key", false).value()).doesNotContain("s3cret");
        assertThat(get("key", true).value()).isEqualTo("s3cret");
        assertThat(cloud.asked).singleElement().satisfies(question -> assertThat(question.resource())
                .isEqualTo("arn:aws:ssm:eu-west-1:111122223333:parameter/key"));
    }

    @Test
    void manyAreReadAtOnceAndTheMissingAreNamed() {
        put("a", "1");
        put("b", "2");
        GetParametersResponse found = cloud.run(
                "ssm:GetParameters",
                GetParametersRequest.builder().names("a", "b", "c", "a:9").build(),
                GetParametersResponse.class);
        assertThat(found.parameters()).extracting(Parameter::value).containsExactly("1", "2");
        assertThat(found.invalidParameters()).containsExactly("c", "a:9");
        assertThat(cloud.asked).hasSize(4);
        DeleteParametersResponse deleted = cloud.run(
                "ssm:DeleteParameters",
                DeleteParametersRequest.builder().names("a", "c").build(),
                DeleteParametersResponse.class);
        assertThat(deleted.deletedParameters()).containsExactly("a");
        assertThat(deleted.invalidParameters()).containsExactly("c");
    }

    @Test
    void pathsAreListedLevelByLevelOrWhole() {
        List.of("/a/x", "/a/b/y", "/a/b/c/z", "top").forEach(name -> put(name, "v"));
        assertThat(under("/a", false)).containsExactly("/a/x");
        assertThat(under("/a", true)).containsExactly("/a/b/c/z", "/a/b/y", "/a/x");
        assertThat(under("/", false)).containsExactly("top");
        refuses(() -> under("a", false), "ValidationException", "must begin with a forward slash");
    }

    private List<String> under(String path, boolean deep) {
        List<String> names = new ArrayList<>();
        String token = null;
        do {
            GetParametersByPathResponse page = cloud.run(
                    "ssm:GetParametersByPath",
                    GetParametersByPathRequest.builder()
                            .path(path)
                            .recursive(deep)
                            .maxResults(1)
                            .nextToken(token)
                            .build(),
                    GetParametersByPathResponse.class);
            page.parameters().forEach(each -> names.add(each.name()));
            token = page.nextToken();
        } while (token != null);
        return names;
    }

    @Test
    void listsAreFiltered() {
        put(
                "/a/x",
                "v",
                "String",
                in -> in.tags(Tag.builder().key("team").value("red").build()));
        put("/b/y", "v", "SecureString", in -> {});
        assertThat(described(ParameterStringFilter.builder().key("Type").values("SecureString")))
                .containsExactly("/b/y");
        assertThat(described(ParameterStringFilter.builder()
                        .key("Name")
                        .option("BeginsWith")
                        .values("/a")))
                .containsExactly("/a/x");
        assertThat(described(ParameterStringFilter.builder().key("tag:team").values("red")))
                .containsExactly("/a/x");
        assertThat(described(ParameterStringFilter.builder()
                        .key("Path")
                        .option("Recursive")
                        .values("/b")))
                .containsExactly("/b/y");
        refuses(
                () -> described(ParameterStringFilter.builder().key("Colour").values("x")),
                "InvalidFilterKey",
                "Colour");
    }

    private List<String> described(ParameterStringFilter.Builder filter) {
        return cloud
                .run(
                        "ssm:DescribeParameters",
                        DescribeParametersRequest.builder()
                                .parameterFilters(filter.build())
                                .build(),
                        DescribeParametersResponse.class)
                .parameters()
                .stream()
                .map(ParameterMetadata::name)
                .toList();
    }

    @Test
    void whatCannotBeIsRefusedAsAwsWordsIt() {
        refuses(() -> put("ssm-x", "v"), "ValidationException", "can't be prefixed with \"ssm\"");
        refuses(() -> put("a b", "v"), "ValidationException", "mix of letters, numbers");
        refuses(() -> put("/aws/x", "v"), "AccessDeniedException", "No access to reserved parameter name: /aws/x.");
        refuses(() -> put("a/b", "v"), "ValidationException", "fully qualified");
        refuses(() -> put("x", "v", null, in -> {}), "ValidationException", "A parameter type is required");
        refuses(() -> put("x", "v".repeat(4097)), "ValidationException", "4096 characters");
        refuses(
                () -> put("x", "abc", "String", in -> in.allowedPattern("[0-9]+")),
                "ParameterPatternMismatchException",
                "[0-9]+");
        refuses(
                () -> put("x", "a".repeat(4000) + "!", "String", in -> in.allowedPattern("(a+)+b")),
                "InvalidAllowedPatternException",
                "takes too long");
        refuses(() -> put("x", "v", "SecureString", in -> in.keyId("alias/mine")), "InvalidKeyId", "has no AWS KMS");
    }
}
