package dev.slipway.cloud.iam;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.DeleteServiceLinkedRoleRequest;
import software.amazon.awssdk.services.iam.model.DeleteServiceLinkedRoleResponse;
import software.amazon.awssdk.services.iam.model.GetServiceLinkedRoleDeletionStatusRequest;
import software.amazon.awssdk.services.iam.model.GetServiceLinkedRoleDeletionStatusResponse;

/** The roles that services make for themselves, and what keeps them. */
final class LinkedRolesTest {
    private final Fixture account = new Fixture();

    @Test
    void serviceLinkedRoleStaysWhileItsServiceNeedsIt() {
        String web = "arn:aws:apprunner:eu-west-1:111122223333:service/web/1";
        List<String> services = new ArrayList<>(List.of(web));
        account.iam.linkedRolesAreNeededBy(
                (of, service) -> service.equals("apprunner.amazonaws.com") ? services : List.of());
        account.iam.makeLinkedRole(Fixture.ACCOUNT, "apprunner.amazonaws.com");
        GetServiceLinkedRoleDeletionStatusResponse kept = deletion();
        assertThat(kept.statusAsString()).isEqualTo("FAILED");
        assertThat(kept.reason().roleUsageList().get(0).region()).isEqualTo("eu-west-1");
        assertThat(kept.reason().roleUsageList().get(0).resources()).containsExactly(web);
        assertThat(account.iam.missingLinkedRole(Fixture.ACCOUNT, "apprunner.amazonaws.com"))
                .isEmpty();
        services.clear();
        assertThat(deletion().statusAsString()).isEqualTo("SUCCEEDED");
        assertThat(account.iam.missingLinkedRole(Fixture.ACCOUNT, "apprunner.amazonaws.com"))
                .isPresent();
    }

    private GetServiceLinkedRoleDeletionStatusResponse deletion() {
        String task = account.call(
                        DeleteServiceLinkedRoleRequest.builder()
                                .roleName("AWSServiceRoleForAppRunner")
                                .build(),
                        DeleteServiceLinkedRoleResponse.class)
                .deletionTaskId();
        return account.call(
                GetServiceLinkedRoleDeletionStatusRequest.builder()
                        .deletionTaskId(task)
                        .build(),
                GetServiceLinkedRoleDeletionStatusResponse.class);
    }
}
