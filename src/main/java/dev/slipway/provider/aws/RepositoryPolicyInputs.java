package dev.slipway.provider.aws;

import dev.slipway.provider.ForcesReplacement;
import dev.slipway.provider.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One statement in the policy of a private ECR repository, in the repository's own account.
 *
 * @param repository an image identifier or the repository's ARN; checked inputs hold the ARN
 * @param sid the statement's name, letters and digits; default: made from the resource's URN
 * @param principals ARNs of the roles that may pull; checked inputs hold them sorted
 */
record RepositoryPolicyInputs(
        @ForcesReplacement("a statement belongs to one repository") @Required @Nullable
        String repository,

        @ForcesReplacement("the Sid is the statement's identity in the policy") @Nullable
        String sid,

        @Required @Nullable List<String> principals) {}
