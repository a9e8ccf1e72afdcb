package dev.slipway.provider.aws;

import dev.slipway.property.PropertyPath;
import dev.slipway.property.PropertyValue;
import dev.slipway.protocol.DiffKind;
import dev.slipway.protocol.PropertyDiff;
import dev.slipway.provider.Checking;
import dev.slipway.provider.ResourceHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code slipway:index:InstanceRole}: the role that a service's running code has. Its id is the role's name. */
final class InstanceRoleHandler implements ResourceHandler.Updatable<InstanceRoleInputs, InstanceRoleState> {
    private static final String POLICY = "slipway-instance";

    private final AwsSession session;
    private final RoleKeeper keeper;

    InstanceRoleHandler(AwsSession session) {
        this.session = session;
        this.keeper = new RoleKeeper(session);
    }

    @Override
    public Class<InstanceRoleInputs> inputs() {
        return InstanceRoleInputs.class;
    }

    @Override
    public Class<InstanceRoleState> state() {
        return InstanceRoleState.class;
    }

    @Override
    public Optional<PhysicalName> physicalName() {
        return Optional.of(new PhysicalName("roleName", 64));
    }

    @Override
    public List<String> stables() {
        return List.of("arn", "uniqueId");
    }

    @Override
    public void check(Checking<InstanceRoleInputs> checking) {
        InstanceRoleInputs inputs = checking.inputs();
        var check = new RoleCheck(session, checking);
        check.properties(inputs.roleName(), inputs.path(), inputs.permissionsBoundary(), inputs.tags());
        checkManaged(checking, check);
        checkStatements(checking);
        if (inputs.exists()) {
            check.refuseForExisting(List.of("managedPolicyArns", "path", "permissionsBoundary", "tags"));
            check.look(inputs.roleName(), judge -> {
                judge.trust(RoleJudge.RUNNER).ifPresent(finding -> check.note(PropertyPath.of("roleName"), finding));
                judgeStatements(inputs.may(), judge, check);
            });
        }
    }

    private static void checkManaged(Checking<InstanceRoleInputs> checking, RoleCheck check) {
        List<String> arns = checking.inputs().managed();
        for (int i = 0; i < arns.size(); i++) {
            check.policyArn(PropertyPath.of("managedPolicyArns").child(i), arns.get(i));
        }
        if (!checking.absent("managedPolicyArns") && !checking.unknown("managedPolicyArns")) {
            checking.set(
                    "managedPolicyArns",
                    PropertyValue.of(
                            new TreeSet<>(arns).stream().map(PropertyValue::of).toList()));
        }
    }

    private static void checkStatements(Checking<InstanceRoleInputs> checking) {
        List<PolicyStatement> statements = checking.inputs().may();
        for (int i = 0; i < statements.size(); i++) {
            PolicyStatement statement = statements.get(i);
            PropertyPath at = PropertyPath.of("statements").child(i);
            if (statement.sid() != null && !statement.sid().matches("[A-Za-z0-9]+")) {
                checking.fail(at.child("sid"), "`" + statement.sid() + "` is no Sid: expected letters and digits");
            }
            List<String> actions = statement.actions() == null ? List.of() : statement.actions();
            for (int j = 0; j < actions.size(); j++) {
                if (!actions.get(j).matches("\\*|[a-z0-9-]+:[A-Za-z0-9*?]+")) {
                    checking.fail(
                            at.child("actions").child(j),
                            "`" + actions.get(j) + "` is no action: expected one like secretsmanager:GetSecretValue");
                }
            }
        }
    }

    /** Only what a statement names exactly can be asked of an existing role. */
    private static void judgeStatements(List<PolicyStatement> statements, RoleJudge judge, RoleCheck check) {
        for (int i = 0; i < statements.size(); i++) {
            PolicyStatement statement = statements.get(i);
            PropertyPath at = PropertyPath.of("statements").child(i);
            boolean allows = statement.effect() != PolicyStatement.Effect.Deny && statement.conditions() == null;
            if (!allows || statement.actions() == null || statement.resources() == null) {
                continue;
            }
            List<String> exact = statement.actions().stream()
                    .filter(action -> !action.contains("*") && !action.contains("?"))
                    .toList();
            statement.resources().forEach(resource -> judge.may(exact, resource)
                    .ifPresent(finding -> check.note(at, finding)));
        }
    }

    @Override
    public List<PropertyDiff> drift(Drift<InstanceRoleInputs, InstanceRoleState> look) {
        InstanceRoleInputs news = look.news();
        InstanceRoleState recorded = look.recorded();
        if (news.exists()) {
            return List.of();
        }
        var drift = new ArrayList<PropertyDiff>();
        if (recorded.trustPolicy() != null && !PullPolicy.same(trust(), recorded.trustPolicy())) {
            drift.add(diff("trustPolicy", DiffKind.UPDATE));
        }
        boolean sameStatements = news.may().equals(look.olds().may());
        String policy = news.policy() == null ? "" : news.policy();
        if ((sameStatements || news.may().isEmpty())
                && recorded.policy() != null
                && !PullPolicy.same(policy, recorded.policy())) {
            drift.add(diff("policy", DiffKind.UPDATE));
        }
        if (!look.olds().managed().isEmpty() && news.managedPolicyArns() == null) {
            drift.add(diff("managedPolicyArns", DiffKind.DELETE));
        }
        if (look.olds().permissionsBoundary() != null && news.permissionsBoundary() == null) {
            drift.add(diff("permissionsBoundary", DiffKind.DELETE));
        }
        return drift;
    }

    private static PropertyDiff diff(String property, DiffKind kind) {
        return new PropertyDiff(PropertyPath.of(property), kind, Optional.empty());
    }

    @Override
    public Made<InstanceRoleState> create(Create<InstanceRoleInputs> call) {
        InstanceRoleInputs inputs = call.inputs();
        String name = Given.of(inputs.roleName(), "roleName");
        ActualRole role = inputs.exists()
                ? keeper.existing(call.urn(), name, POLICY)
                : keeper.create(call.urn(), wish(name, inputs), actual -> state(actual, inputs));
        return new Made<>(name, state(role, inputs));
    }

    @Override
    public InstanceRoleState update(Update<InstanceRoleInputs, InstanceRoleState> call) {
        InstanceRoleInputs inputs = call.inputs();
        ActualRole role = inputs.exists()
                ? keeper.existing(call.urn(), call.id(), POLICY)
                : keeper.update(call.urn(), wish(call.id(), inputs), wish(call.id(), call.oldInputs()));
        return state(role, inputs);
    }

    private static String trust() {
        return PullPolicy.trust(RoleJudge.RUNNER);
    }

    private static RoleWish wish(String name, InstanceRoleInputs inputs) {
        return new RoleWish(
                name,
                inputs.path(),
                "What a service of AWS App Runner may do",
                trust(),
                POLICY,
                inputs.policy(),
                inputs.managed(),
                inputs.permissionsBoundary(),
                inputs.tags());
    }

    @Override
    public Optional<Found<InstanceRoleInputs, InstanceRoleState>> read(
            Read<InstanceRoleInputs, InstanceRoleState> call) {
        String name = RoleKeeper.nameOf(call.id());
        return keeper.find(name, POLICY).map(role -> {
            InstanceRoleInputs asked = call.inputs().orElse(null);
            boolean existing = asked != null && asked.exists();
            Map<String, String> tags = existing ? null : keeper.tags(name, asked == null ? null : asked.tags());
            var inputs = new InstanceRoleInputs(
                    role.role().roleName(),
                    statements(role, asked),
                    attached(role, asked),
                    role.role().path(),
                    role.boundary(),
                    asked == null ? null : asked.existing(),
                    tags);
            return new Found<>(name, inputs, state(role, inputs));
        });
    }

    /** The program's own words while they are still what the policy says. */
    private static @Nullable List<PolicyStatement> statements(ActualRole role, @Nullable InstanceRoleInputs asked) {
        String policy = role.policy();
        boolean asAsked = asked != null
                && (asked.exists()
                        || (policy == null
                                ? asked.may().isEmpty()
                                : asked.policy() != null && PullPolicy.same(asked.policy(), policy)));
        if (asAsked && asked != null) {
            return asked.statements();
        }
        return policy == null ? null : StatementsJson.read(policy).orElse(null);
    }

    private static @Nullable List<String> attached(ActualRole role, @Nullable InstanceRoleInputs asked) {
        if (asked == null) {
            return role.managed().isEmpty() ? null : role.managed();
        }
        return asked.managedPolicyArns() == null
                ? null
                : asked.managed().stream().filter(role.managed()::contains).toList();
    }

    @Override
    public void delete(Delete<InstanceRoleState> call) {
        if (!Boolean.TRUE.equals(call.state().existing())) {
            List<String> managed = call.state().managedPolicyArns();
            keeper.delete(call.id(), POLICY, managed == null ? List.of() : managed);
        }
    }

    private static InstanceRoleState state(ActualRole actual, InstanceRoleInputs inputs) {
        @Nullable String path = actual.role().path();
        return new InstanceRoleState(
                actual.role().roleName(),
                inputs.statements(),
                inputs.managedPolicyArns(),
                path == null ? inputs.path() : path,
                actual.boundary(),
                inputs.existing(),
                inputs.tags(),
                actual.role().arn(),
                actual.role().roleId(),
                actual.policy() == null ? "" : actual.policy(),
                actual.trust());
    }
}
