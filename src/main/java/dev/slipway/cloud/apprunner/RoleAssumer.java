package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.wire.Caller;
import java.util.Optional;

/** What App Runner does with roles: it becomes them, and makes its own. Thread-safe. */
public interface RoleAssumer {
    /**
     * A session of the role.
     *
     * @param servicePrincipal {@code build.apprunner.amazonaws.com} or {@code tasks.apprunner.amazonaws.com}
     * @param serviceArn the App Runner service for which it is done; trust policies may ask for it and its account
     * @throws dev.slipway.cloud.wire.AwsException when the role is missing or does not trust the principal, saying which
     */
    Caller assume(String servicePrincipal, String roleArn, String serviceArn);

    /**
     * What {@code ecr:GetAuthorizationToken} answers to this caller: the password of user {@code AWS} at the registry.
     *
     * @param region the registry's
     * @throws dev.slipway.cloud.wire.AwsException when the caller may not call {@code ecr:GetAuthorizationToken}
     */
    String registryPassword(Caller caller, String region);

    /**
     * The ARN that the service-linked role of an AWS service, for example {@code apprunner.amazonaws.com}, will have in an account that
     * has none yet; empty when it is there.
     */
    Optional<String> missingLinkedRole(String account, String service);

    /** Makes the service-linked role; does nothing when it is there. */
    void makeLinkedRole(String account, String service);
}
