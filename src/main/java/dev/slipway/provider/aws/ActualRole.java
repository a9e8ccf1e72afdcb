package dev.slipway.provider.aws;

import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.Role;

/**
 * A role as IAM has it.
 *
 * @param policy our inline policy; null when there is none
 * @param managed ARNs of the attached policies, sorted
 */
record ActualRole(
        Role role,
        String trust,
        @Nullable String policy,
        List<String> managed,
        @Nullable String boundary) {}
