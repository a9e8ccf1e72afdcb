package dev.slipway.cloud.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesResponse;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleResponse;
import software.amazon.awssdk.services.iam.model.Role;

/** A client that has its own models of the services, its own signer and its own parsers: the AWS CLI. */
final class AwsCliIT {
    @TempDir
    Path home;

    private FrontFixture fixture;

    @BeforeEach
    void start() throws IOException {
        AwsService iam = AwsService.query("iam", "2010-05-08", "software.amazon.awssdk.services.iam.model")
                .on(
                        "CreateRole",
                        CreateRoleRequest.class,
                        CreateRoleResponse.class,
                        (call, request) -> List.of(),
                        (call, request) -> CreateRoleResponse.builder()
                                .role(Role.builder()
                                        .roleName(request.roleName())
                                        .description(request.description())
                                        .createDate(Instant.parse("2026-01-02T03:04:05Z"))
                                        .tags(request.tags())
                                        .build())
                                .build())
                .build();
        AwsService ecr = AwsService.json(
                        Protocol.JSON_1_1,
                        "ecr",
                        "AmazonEC2ContainerRegistry_V20150921",
                        "software.amazon.awssdk.services.ecr.model")
                .on(
                        "DescribeRepositories",
                        DescribeRepositoriesRequest.class,
                        DescribeRepositoriesResponse.class,
                        (call, request) -> List.of(),
                        (call, request) -> {
                            if (request.repositoryNames().contains("team/gone")) {
                                throw new AwsException("RepositoryNotFoundException", 400, "no team/gone");
                            }
                            return DescribeRepositoriesResponse.builder()
                                    .repositories(Repository.builder()
                                            .repositoryName("team/app")
                                            .createdAt(Instant.parse("2026-01-02T03:04:05.5Z"))
                                            .build())
                                    .build();
                        })
                .build();
        fixture = new FrontFixture(iam, ecr);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private static Optional<String> program() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(directory -> Path.of(directory, "aws"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .filter(AwsCliIT::works)
                .findFirst();
    }

    private static boolean works(String program) {
        try {
            Process process = new ProcessBuilder(program, "--version")
                    .redirectErrorStream(true)
                    .start();
            process.getInputStream().readAllBytes();
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException | InterruptedException broken) {
            return false;
        }
    }

    private String aws(AwsCredentials key, String... arguments) throws Exception {
        Optional<String> program = program();
        assumeTrue(program.isPresent(), "the AWS CLI is not installed");
        List<String> command = new ArrayList<>(
                List.of(program.get(), "--endpoint-url", fixture.uri().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "HOME", home.toString(),
                        "AWS_ACCESS_KEY_ID", key.accessKeyId(),
                        "AWS_SECRET_ACCESS_KEY", key.secretAccessKey(),
                        "AWS_DEFAULT_REGION", "eu-west-1",
                        "AWS_PAGER", "",
                        "AWS_MAX_ATTEMPTS", "1",
                        "PYTHONIOENCODING", "utf-8",
                        "TZ", "UTC",
                        "LC_ALL", "C.UTF-8"));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    @Test
    void speaksTheQueryProtocol() throws Exception {
        String said = aws(
                FrontFixture.ALICE,
                "iam",
                "create-role",
                "--role-name",
                "pull",
                "--assume-role-policy-document",
                "{}",
                "--description",
                "grüße <&> +%41",
                "--tags",
                "Key=a b,Value=",
                "--output",
                "text",
                "--query",
                "Role.[RoleName,Description,CreateDate,Tags[0].Key]");

        assertThat(said).matches("pull\tgrüße <&> \\+%41\t2026-01-02T03:04:05(Z|\\+00:00)\ta b\n");
    }

    @Test
    void speaksJson() throws Exception {
        String said = aws(
                FrontFixture.ALICE,
                "ecr",
                "describe-repositories",
                "--output",
                "text",
                "--query",
                "repositories[0].[repositoryName,createdAt]");

        // The first version of the CLI shows the number as it comes.
        assertThat(said).matches("team/app\t(2026-01-02T03:04:05.500000\\+00:00|1767323045.5)\n");
    }

    @Test
    void understandsErrors() throws Exception {
        AwsCredentials wrong = AwsBasicCredentials.create(FrontFixture.ALICE.accessKeyId(), "guess");

        assertThat(aws(FrontFixture.ALICE, "ecr", "describe-repositories", "--repository-names", "team/gone"))
                // Between the two, Debian's CLI says that it has not tried again.
                .contains(
                        "An error occurred (RepositoryNotFoundException) when calling the DescribeRepositories operation",
                        ": no team/gone");
        assertThat(aws(wrong, "iam", "create-role", "--role-name", "x", "--assume-role-policy-document", "{}"))
                .contains("(SignatureDoesNotMatch)");
        assertThat(aws(wrong, "ecr", "describe-repositories")).contains("(InvalidSignatureException)");
        assertThat(aws(FrontFixture.ALICE, "iam", "list-roles")).contains("(UnsupportedOperation)", "iam:ListRoles");
    }
}
