package dev.slipway.cloud.ecr;

import java.util.Optional;

/** Knows users and roles, as far as a repository policy needs. */
public interface PrincipalDirectory {
    /** Whether there is a user, role or account root with this ARN. */
    boolean exists(String arn);

    /** The unique id ({@code AIDA…}, {@code AROA…}) behind a user's or role's ARN now; another one after it was deleted and made again. */
    Optional<String> uniqueId(String arn);
}
