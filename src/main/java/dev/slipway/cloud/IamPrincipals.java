package dev.slipway.cloud;

import dev.slipway.cloud.ecr.PrincipalDirectory;
import dev.slipway.cloud.iam.Iam;
import java.util.Optional;

/** Tells ECR which principals there are. */
record IamPrincipals(Iam iam) implements PrincipalDirectory {
    @Override
    public boolean exists(String arn) {
        return iam.principalExists(arn);
    }

    @Override
    public Optional<String> uniqueId(String arn) {
        return iam.uniqueIdOf(arn);
    }
}
