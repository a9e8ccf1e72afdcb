package dev.slipway.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.apprunner.AppRunnerClient;

/** Whether a call that failed may have been carried out, told from what came of each of its tries. */
final class FailedCallTest {
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "cut cut cut, true",
        "cut throttled throttled, true",
        "500 throttled throttled, true",
        "throttled throttled throttled, false",
        "refused, false",
    })
    void aCallThatWasSentAndNotAnsweredMayHaveHappened(String answers, boolean expected) {
        try (AppRunnerClient client = client(answers)) {
            Throwable failure = catchThrowable(() -> client.deleteService(request -> request.serviceArn("arn")));
            assertThat(FailedCall.of(failure)).contains("AppRunner DeleteService");
            assertThat(FailedCall.mayHaveHappened(failure)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"cut cut cut", "500 500 500"})
    void aQuestionChangesNothingAnyhow(String answers) {
        try (AppRunnerClient client = client(answers)) {
            Throwable failure = catchThrowable(() -> client.describeService(request -> request.serviceArn("arn")));
            assertThat(FailedCall.mayHaveHappened(failure)).isFalse();
        }
    }

    private static AppRunnerClient client(String answers) {
        return AppRunnerClient.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                .httpClient(new Scripted(new ArrayDeque<>(List.of(answers.split(" ")))))
                .overrideConfiguration(configuration -> configuration
                        .addExecutionInterceptor(new FailedCall.Recorder())
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(3)
                                .backoffStrategy(BackoffStrategy.retryImmediately())
                                .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
                                .build()))
                .build();
    }

    /** Answers each try as it is told. */
    private record Scripted(Deque<String> answers) implements SdkHttpClient {
        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() throws IOException {
                    String answer = answers.remove();
                    if (answer.equals("cut")) {
                        throw new IOException("cut");
                    }
                    String code = answer.equals("throttled") ? "ThrottlingException" : "InvalidRequestException";
                    byte[] body = ("{\"__type\":\"" + code + "\"}").getBytes(StandardCharsets.UTF_8);
                    return HttpExecuteResponse.builder()
                            .response(SdkHttpResponse.builder()
                                    .statusCode(answer.equals("500") ? 500 : 400)
                                    .build())
                            .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
                            .build();
                }

                @Override
                public void abort() {}
            };
        }

        @Override
        public void close() {}
    }
}
