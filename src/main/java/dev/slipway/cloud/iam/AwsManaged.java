package dev.slipway.cloud.iam;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The AWS-made policies of this field, by what they are documented to allow. Others do not exist here. */
final class AwsManaged {
    /** 2019-09-01, for a stable date; nobody decides by it. */
    private static final long CREATED = 1_567_296_000L;

    private static final String ECR_READ = "\"ecr:BatchCheckLayerAvailability\", \"ecr:BatchGetImage\","
            + " \"ecr:GetDownloadUrlForLayer\", \"ecr:GetAuthorizationToken\"";

    private static final Map<String, ManagedPolicy> ALL = new LinkedHashMap<>();

    static {
        add("/", "AdministratorAccess", "ANPAIWMBCKSKIEE64ZLYK", allow("\"*\""));
        add("/", "ReadOnlyAccess", "ANPAILL3HVNFSB6DCOWYQ", allow("""
                "apprunner:Describe*", "apprunner:List*", "ecr:BatchCheck*", "ecr:BatchGet*", "ecr:Describe*", "ecr:Get*",
                "ecr:List*", "ecr-public:BatchCheck*", "ecr-public:Describe*", "ecr-public:Get*", "ecr-public:List*",
                "iam:Get*", "iam:List*", "iam:Simulate*", "logs:Describe*", "logs:FilterLogEvents", "logs:Get*",
                "sts:GetAccessKeyInfo", "sts:GetCallerIdentity", "sts:GetSessionToken\""""));
        add(
                "/service-role/",
                "AWSAppRunnerServicePolicyForECRAccess",
                "ANPAXSLIPWAY2APPRUNNE",
                allow(ECR_READ + ", \"ecr:DescribeImages\""));
        add("/", "AWSAppRunnerFullAccess", "ANPAXSLIPWAY3APPRUNNE", """
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Action": "iam:CreateServiceLinkedRole",
                   "Resource": ["arn:aws:iam::*:role/aws-service-role/apprunner.amazonaws.com/AWSServiceRoleForAppRunner",
                                "arn:aws:iam::*:role/aws-service-role/networking.apprunner.amazonaws.com/AWSServiceRoleForAppRunnerNetworking"],
                   "Condition": {"StringLike": {"iam:AWSServiceName": ["apprunner.amazonaws.com", "networking.apprunner.amazonaws.com"]}}},
                  {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*",
                   "Condition": {"StringLike": {"iam:PassedToService": "apprunner.amazonaws.com"}}},
                  {"Effect": "Allow", "Action": "apprunner:*", "Resource": "*"}]}""");
        add(
                "/",
                "AmazonEC2ContainerRegistryReadOnly",
                "ANPAIFYZPA37OOHVIH7KQ",
                allow(ECR_READ
                        + ", \"ecr:GetRepositoryPolicy\", \"ecr:DescribeRepositories\", \"ecr:ListImages\","
                        + " \"ecr:DescribeImages\", \"ecr:GetLifecyclePolicy\", \"ecr:GetLifecyclePolicyPreview\","
                        + " \"ecr:ListTagsForResource\", \"ecr:DescribeImageScanFindings\""));
        add(
                "/",
                "AmazonEC2ContainerRegistryPullOnly",
                "ANPAXSLIPWAY4PULLONLY",
                allow("\"ecr:GetAuthorizationToken\", \"ecr:BatchImportUpstreamImage\", \"ecr:BatchGetImage\","
                        + " \"ecr:GetDownloadUrlForLayer\""));
        add("/", "AmazonEC2ContainerRegistryFullAccess", "ANPAIESRL7KD7IIVF6V4W", """
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Action": ["ecr:*", "cloudtrail:LookupEvents"], "Resource": "*"},
                  {"Effect": "Allow", "Action": "iam:CreateServiceLinkedRole", "Resource": "*",
                   "Condition": {"StringEquals": {"iam:AWSServiceName": ["replication.ecr.amazonaws.com"]}}}]}""");
    }

    private AwsManaged() {}

    static Optional<ManagedPolicy> find(String arn) {
        return Optional.ofNullable(ALL.get(arn));
    }

    static List<ManagedPolicy> all() {
        return List.copyOf(ALL.values());
    }

    private static void add(String path, String name, String id, String document) {
        ManagedPolicy policy = new ManagedPolicy("aws", name, path, id, CREATED, null, document);
        ALL.put(policy.arn(), policy);
    }

    private static String allow(String actions) {
        return "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": [" + actions
                + "], \"Resource\": \"*\"}]}";
    }
}
