package dev.slipway.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import dev.slipway.protocol.CheckRequest;
import dev.slipway.protocol.CreateRequest;
import dev.slipway.protocol.CreateResponse;
import dev.slipway.protocol.DeleteRequest;
import dev.slipway.protocol.DiffRequest;
import dev.slipway.protocol.ProviderException;
import dev.slipway.protocol.ReadRequest;
import dev.slipway.protocol.ResourceProvider;
import dev.slipway.protocol.UpdateRequest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class InstanceRoleHandlerTest {
    private static final Urn ROLE = FakeAws.urn("InstanceRole", "runner");
    private static final String SECRET = "arn:aws:secretsmanager:us-east-1:111122223333:secret:token-AbCdEf";
    private static final String THEIRS = "arn:aws:iam::111122223333:policy/theirs";
    private static final String OURS = "arn:aws:iam::111122223333:policy/ours";
    private static final PropertyMap INPUTS = PropertyMap.of("roleName", text("runner"))
            .with(
                    "statements",
                    PropertyValue.of(List.of(PropertyMap.of("actions", texts("secretsmanager:GetSecretValue"))
                            .with("resources", texts(SECRET)))));
    private static final PropertyMap EXISTING = INPUTS.with("existing", PropertyValue.of(true));

    private final FakeAws aws = new FakeAws();
    private final ResourceProvider provider = aws.provider();

    @Test
    void trustsTheTasksOfAppRunnerAndMayDoWhatItsStatementsSay() throws JsonProcessingException {
        create(INPUTS);
        FakeIam.Stored stored = aws.iam.roles.get("runner");
        assertThat(json(stored.trust)).isEqualTo(json("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
                 "Principal": {"Service": "tasks.apprunner.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
                """));
        assertThat(json(stored.policies.get("slipway-instance"))).isEqualTo(json("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
                 "Action": ["secretsmanager:GetSecretValue"],
                 "Resource": ["arn:aws:secretsmanager:us-east-1:111122223333:secret:token-AbCdEf"]}]}
                """));
    }

    @Test
    void takesAwayOnlyThePoliciesThatItAttached() {
        PropertyMap inputs = INPUTS.with("managedPolicyArns", texts(OURS));
        CreateResponse made = create(inputs);
        aws.iam.roles.get("runner").attached.add(THEIRS);
        assertThat(diff(made, inputs, INPUTS)).containsExactly("managedPolicyArns");
        update(made, inputs, INPUTS);
        assertThat(aws.iam.roles.get("runner").attached).containsExactly(THEIRS);
    }

    @Test
    void takesAwayOnlyTheBoundaryThatItSet() {
        CreateResponse made = create(INPUTS);
        aws.iam.putRolePermissionsBoundary(put -> put.roleName("runner").permissionsBoundary(THEIRS));
        update(made, INPUTS, INPUTS.without("statements"));
        assertThat(aws.iam.roles.get("runner").role.permissionsBoundary().permissionsBoundaryArn())
                .isEqualTo(THEIRS);
        PropertyMap bounded = INPUTS.with("permissionsBoundary", text(OURS));
        update(made, INPUTS, bounded);
        assertThat(diff(made, bounded, INPUTS)).containsExactly("permissionsBoundary");
        update(made, bounded, INPUTS);
        assertThat(aws.iam.roles.get("runner").role.permissionsBoundary()).isNull();
    }

    @Test
    void removesThePolicyWithItsLastStatement() {
        CreateResponse made = create(INPUTS);
        PropertyMap without = INPUTS.without("statements");
        assertThat(diff(made, INPUTS, without)).containsExactly("policy");
        update(made, INPUTS, without);
        assertThat(aws.iam.roles.get("runner").policies).isEmpty();
    }

    @Test
    void seesThatSomeoneElseChangedThePolicy() {
        CreateResponse made = create(INPUTS);
        aws.iam
                .roles
                .get("runner")
                .policies
                .computeIfPresent("slipway-instance", (name, policy) -> policy.replace("GetSecretValue", "*"));
        var read = provider.read(new ReadRequest("runner", ROLE, INPUTS, made.outputs(), Optional.empty()));
        assertThat(provider.diff(new DiffRequest("runner", ROLE, read.inputs(), read.outputs(), INPUTS, List.of()))
                        .changes())
                .isTrue();
    }

    @Test
    void usesAnExistingRoleWithoutChangingIt() {
        theirRole("tasks.apprunner.amazonaws.com", "secretsmanager:*");
        assertThat(failures(EXISTING)).isEmpty();
        aws.iam.calls.clear();
        CreateResponse made = create(EXISTING);
        provider.update(new UpdateRequest(
                "runner", ROLE, EXISTING, made.outputs(), EXISTING, List.of(), Optional.empty(), false));
        provider.delete(new DeleteRequest("runner", ROLE, EXISTING, made.outputs(), Optional.empty()));
        assertThat(aws.iam.calls).isEmpty();
        assertThat(made.outputs().text("arn")).hasValue("arn:aws:iam::111122223333:role/runner");
    }

    @Test
    void saysWhatAnExistingRoleLacksAsReadyStatements() {
        theirRole("build.apprunner.amazonaws.com", "ssm:*");
        assertThat(failures(EXISTING))
                .anySatisfy(line ->
                        assertThat(line).startsWith("roleName: ").contains("but to build.apprunner.amazonaws.com", """
                                {"Effect":"Allow","Principal":{"Service":"tasks.apprunner.amazonaws.com"},"Action":"sts:AssumeRole"}"""))
                .anySatisfy(
                        line -> assertThat(line).startsWith("statements[0]: ").contains("""
                                {"Effect":"Allow","Action":["secretsmanager:GetSecretValue"],"Resource":"%s"}""".formatted(SECRET)))
                .hasSize(2);
    }

    @Test
    void saysThatThereIsNoSuchRole() {
        assertThat(failures(EXISTING)).containsExactly("roleName: there is no role `runner` in account 111122223333");
    }

    @Test
    void refusesToChangeAnExistingRole() {
        theirRole("tasks.apprunner.amazonaws.com", "*");
        assertThat(failures(EXISTING.with("tags", PropertyMap.of("team", text("blue")))
                        .with("permissionsBoundary", text(OURS))))
                .extracting(line -> line.substring(0, line.indexOf(':')))
                .containsExactlyInAnyOrder("tags", "permissionsBoundary");
    }

    @Test
    void importsByNameAndByArn() {
        create(INPUTS);
        for (String id : List.of("runner", "arn:aws:iam::111122223333:role/apps/runner")) {
            assertThat(provider.read(new ReadRequest(id, ROLE, PropertyMap.EMPTY, PropertyMap.EMPTY, Optional.empty()))
                            .id())
                    .isEqualTo("runner");
        }
    }

    @Test
    void neverTakesOverAStrangersRole() {
        theirRole("tasks.apprunner.amazonaws.com", "*");
        assertThatThrownBy(() -> create(INPUTS))
                .isInstanceOf(ProviderException.class)
                .hasMessageContainingAll("exists already", "set existing to true");
    }

    private void theirRole(String service, String action) {
        aws.iam.createRole(role -> role.roleName("runner").assumeRolePolicyDocument(PullPolicy.trust(service)));
        aws.iam.managed.put(
                THEIRS,
                StatementsJson.write(List.of(new PolicyStatement(null, null, List.of(action), List.of("*"), null))));
        aws.iam.roles.get("runner").attached.add(THEIRS);
    }

    private CreateResponse create(PropertyMap inputs) {
        return provider.create(new CreateRequest(ROLE, inputs, Optional.empty(), false));
    }

    private void update(CreateResponse made, PropertyMap olds, PropertyMap news) {
        provider.update(
                new UpdateRequest("runner", ROLE, olds, made.outputs(), news, List.of(), Optional.empty(), false));
    }

    private List<String> diff(CreateResponse made, PropertyMap olds, PropertyMap news) {
        return provider.diff(new DiffRequest("runner", ROLE, olds, made.outputs(), news, List.of())).diffs().stream()
                .map(diff -> diff.path().toString())
                .toList();
    }

    private List<String> failures(PropertyMap inputs) {
        return provider.check(new CheckRequest(ROLE, Optional.empty(), inputs, "00".repeat(32))).failures().stream()
                .map(failure -> failure.path() + ": " + failure.reason())
                .toList();
    }

    private static PropertyValue text(String value) {
        return PropertyValue.of(value);
    }

    private static PropertyValue texts(String... texts) {
        return PropertyValue.of(List.of(texts).stream().map(PropertyValue::of).toList());
    }

    private static Object json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text);
    }
}
