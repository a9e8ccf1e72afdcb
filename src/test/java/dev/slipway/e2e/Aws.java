package dev.slipway.e2e;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apprunner.AppRunnerClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.iam.IamClient;

/** AWS's own clients, as the root of an account of a local cloud. */
record Aws(String endpoint, String accessKey, String secret) {
    static Aws root(String endpoint, String account) {
        return new Aws(endpoint, account, "any");
    }

    IamClient iam() {
        return configure(IamClient.builder()).build();
    }

    EcrClient ecr() {
        return configure(EcrClient.builder()).build();
    }

    AppRunnerClient apprunner() {
        return configure(AppRunnerClient.builder()).build();
    }

    private <
                    B extends
                            AwsClientBuilder<B, ?>
                                    & software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder<B, ?>>
            B configure(B builder) {
        return builder.endpointOverride(URI.create(endpoint))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secret)))
                .httpClientBuilder(UrlConnectionHttpClient.builder());
    }
}
