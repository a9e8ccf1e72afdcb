package dev.slipway.provider.aws;

import software.amazon.awssdk.services.apprunner.AppRunnerClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;

/** The AWS services that the handlers call. */
interface Clients extends AutoCloseable {
    AppRunnerClient appRunner();

    /** ECR of a region: a repository may be in another one than the service. */
    EcrClient ecr(String region);

    IamClient iam();

    StsClient sts();

    CloudWatchLogsClient logs();

    /** The registries that services' images are in. */
    ImageRegistry images();

    @Override
    void close();
}
