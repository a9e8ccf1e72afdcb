package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.wire.Caller;

/** Becomes a role on behalf of App Runner. Thread-safe. */
public interface RoleAssumer {
    /**
     * A session of the role.
     *
     * @param servicePrincipal {@code build.apprunner.amazonaws.com} or {@code tasks.apprunner.amazonaws.com}
     * @throws dev.slipway.cloud.wire.AwsException when the role is missing or does not trust the principal, saying which
     */
    Caller assume(String servicePrincipal, String roleArn);

    /**
     * What {@code ecr:GetAuthorizationToken} answers to this caller: the password of user {@code AWS} at the registry.
     *
     * @throws dev.slipway.cloud.wire.AwsException when the caller may not call {@code ecr:GetAuthorizationToken}
     */
    String registryPassword(Caller caller);
}
