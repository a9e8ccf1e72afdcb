package dev.slipway.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import dev.slipway.protocol.DiffRequest;
import dev.slipway.protocol.ResourceProvider;
import dev.slipway.protocol.UpdateRequest;
import dev.slipway.testing.TestCloud;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.iam.model.AccessKey;

/** A policy in the repository's own account, written by a role there that the service's account may assume. */
final class TwoAccountsPolicyIT {
    private static final String IMAGES = FakeAws.OTHER_ACCOUNT;
    private static final String REPOSITORY = "arn:aws:ecr:us-east-1:" + IMAGES + ":repository/team/app";
    private static final String DEPLOYER = "arn:aws:iam::" + IMAGES + ":role/deployer";
    private static final Urn POLICY = FakeAws.urn("RepositoryPolicy", "pull");

    @Test
    void isWrittenThroughAnAssumedRoleAndAgainForARoleThatWasMadeAgain(@TempDir Path directory) throws IOException {
        try (TestCloud cloud = TestCloud.start(directory);
                SdkClients theirs = OnCloud.clients(cloud, IMAGES);
                SdkClients ours = OnCloud.clients(cloud, FakeAws.ACCOUNT);
                ResourceProvider provider = OnCloud.assuming(cloud, user(ours), DEPLOYER)) {
            theirs.ecr(FakeAws.REGION).createRepository(create -> create.repositoryName("team/app"));
            deployer(theirs);
            puller(ours);
            var life = new Life(provider, POLICY);
            life.create(PropertyMap.of("repository", PropertyValue.of(REPOSITORY))
                    .with(
                            "principals",
                            PropertyValue.of(List.of(PropertyValue.of("arn:aws:iam::111122223333:role/puller")))));
            life.isAsRecorded();

            ours.iam().deleteRole(delete -> delete.roleName("puller"));
            puller(ours);

            assertThat(provider.diff(
                                    new DiffRequest(life.id, POLICY, life.inputs, life.outputs, life.inputs, List.of()))
                            .changes())
                    .isTrue();
            life.outputs = provider.update(new UpdateRequest(
                            life.id,
                            POLICY,
                            life.inputs,
                            life.outputs,
                            life.inputs,
                            List.of(),
                            Optional.empty(),
                            false))
                    .outputs();
            life.isAsRecorded();
            life.delete();
        }
    }

    /** No root may assume a role. */
    private static AccessKey user(SdkClients clients) {
        clients.iam().createUser(user -> user.userName("carol"));
        clients.iam().putUserPolicy(put -> put.userName("carol")
                .policyName("assume")
                .policyDocument(StatementsJson.write(
                        List.of(new PolicyStatement(null, null, List.of("sts:AssumeRole"), List.of(DEPLOYER), null)))));
        return clients.iam().createAccessKey(create -> create.userName("carol")).accessKey();
    }

    private static void puller(SdkClients clients) {
        clients.iam().createRole(role -> role.roleName("puller").assumeRolePolicyDocument(PullPolicy.trust()));
    }

    private static void deployer(SdkClients clients) {
        clients.iam().createRole(role -> role.roleName("deployer").assumeRolePolicyDocument("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
                 "Principal": {"AWS": "arn:aws:iam::111122223333:root"}}]}"""));
        clients.iam().putRolePolicy(put -> put.roleName("deployer")
                .policyName("policies")
                .policyDocument(StatementsJson.write(List.of(new PolicyStatement(
                        null, null, List.of("ecr:*RepositoryPolicy"), List.of(REPOSITORY), null)))));
    }
}
