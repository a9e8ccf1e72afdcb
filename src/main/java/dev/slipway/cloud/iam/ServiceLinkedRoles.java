package dev.slipway.cloud.iam;

import java.util.List;
import java.util.Map;

/** The roles that the services of this field make for themselves. Their rights inside the local cloud do not come from them. */
final class ServiceLinkedRoles {
    private static final Map<String, String> NAMES = Map.of(
            "apprunner.amazonaws.com", "AWSServiceRoleForAppRunner",
            "networking.apprunner.amazonaws.com", "AWSServiceRoleForAppRunnerNetworking",
            "pullthroughcache.ecr.amazonaws.com", "AWSServiceRoleForECRPullThroughCache",
            "replication.ecr.amazonaws.com", "AWSServiceRoleForECRReplication");

    private ServiceLinkedRoles() {}

    /** @throws dev.slipway.cloud.wire.AwsException {@code InvalidInput} for a service that has no such role here */
    static String name(String service) {
        String name = NAMES.get(service);
        if (name == null) {
            throw Faults.invalid("Service-linked roles are not supported for " + service + "; expected one of "
                    + NAMES.keySet().stream().sorted().toList());
        }
        return name;
    }

    static String path(String service) {
        return "/aws-service-role/" + service + "/";
    }

    static String trust(String service) {
        return """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"%s"},"Action":"sts:AssumeRole"}]}""".formatted(service);
    }

    /** The AWS-made policies on the role; only App Runner's own is among the policies that exist here. */
    static PolicySet policies(String service) {
        return service.equals("apprunner.amazonaws.com")
                ? new PolicySet(
                        Map.of(), List.of("arn:aws:iam::aws:policy/aws-service-role/AppRunnerServiceRolePolicy"), null)
                : PolicySet.NONE;
    }
}
