package dev.slipway.cloud.iam;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The roles that the services of this field make for themselves. Their rights inside the local cloud do not come from them. */
final class ServiceLinkedRoles {
    private static final int SESSION = 3600;

    private static final Map<String, String> NAMES = Map.of(
            "apprunner.amazonaws.com", "AWSServiceRoleForAppRunner",
            "networking.apprunner.amazonaws.com", "AWSServiceRoleForAppRunnerNetworking",
            "pullthroughcache.ecr.amazonaws.com", "AWSServiceRoleForECRPullThroughCache",
            "replication.ecr.amazonaws.com", "AWSServiceRoleForECRReplication");

    private final Directory directory;
    private final Documents documents;
    private final UniqueIds ids;
    private final InstantSource clock;

    ServiceLinkedRoles(Directory directory, Documents documents, UniqueIds ids, InstantSource clock) {
        this.directory = directory;
        this.documents = documents;
        this.ids = ids;
        this.clock = clock;
    }

    Optional<RoleRecord> find(String account, String service) {
        return directory.roles().find(account, name(service));
    }

    /** @throws dev.slipway.cloud.wire.AwsException {@code InvalidInput} when the account has it already, or the service has none */
    synchronized RoleRecord make(String account, String service, @Nullable String description) {
        String name = name(service);
        if (find(account, service).isPresent()) {
            throw Faults.invalid(
                    "Service role name " + name + " has been taken in this account, please try a different suffix.");
        }
        RoleRecord role = new RoleRecord(
                account,
                name,
                path(service),
                ids.entity("AROA"),
                clock.instant().getEpochSecond(),
                description,
                SESSION,
                documents.trust(trust(service)),
                Map.of(),
                policies(service));
        directory.roles().add(role);
        return role;
    }

    synchronized void makeMissing(String account, String service) {
        if (find(account, service).isEmpty()) {
            make(account, service, null);
        }
    }

    /** What the role's ARN is, or will be. */
    static String arn(String account, String service) {
        return "arn:aws:iam::" + account + ":role" + path(service) + name(service);
    }

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

    /** Whose role it is. */
    static String service(RoleRecord role) {
        return role.path().split("/", -1)[2];
    }

    private static String trust(String service) {
        return """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"%s"},"Action":"sts:AssumeRole"}]}""".formatted(service);
    }

    /** The AWS-made policies on the role; only App Runner's own is among the policies that exist here. */
    private static PolicySet policies(String service) {
        return service.equals("apprunner.amazonaws.com")
                ? new PolicySet(
                        Map.of(), List.of("arn:aws:iam::aws:policy/aws-service-role/AppRunnerServiceRolePolicy"), null)
                : PolicySet.NONE;
    }
}
