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

/** {@code slipway:index:AccessRole}: a role that only App Runner's puller may assume and that may only pull. Its id is the role's name. */
final class AccessRoleHandler implements ResourceHandler.Updatable<AccessRoleInputs, AccessRoleState> {
    private final AwsSession session;
    private final RoleKeeper keeper;

    AccessRoleHandler(AwsSession session) {
        this.session = session;
        this.keeper = new RoleKeeper(session);
    }

    @Override
    public Class<AccessRoleInputs> inputs() {
        return AccessRoleInputs.class;
    }

    @Override
    public Class<AccessRoleState> state() {
        return AccessRoleState.class;
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
    public void check(Checking<AccessRoleInputs> checking) {
        AccessRoleInputs inputs = checking.inputs();
        var check = new RoleCheck(session, checking);
        check.properties(inputs.roleName(), inputs.path(), inputs.permissionsBoundary(), inputs.tags());
        List<RepositoryName> repositories = checkRepositories(checking);
        if (inputs.exists()) {
            check.refuseForExisting(List.of("path", "permissionsBoundary", "tags"));
            var policies = new RepositoryPolicies(session);
            check.look(inputs.roleName(), judge -> {
                judge.trust(RoleJudge.PULLER).ifPresent(finding -> check.note(PropertyPath.of("roleName"), finding));
                repositories.forEach(repository -> judge.pull(repository, policies.known(repository))
                        .forEach(finding -> check.note(PropertyPath.of("repositories"), finding)));
            });
        }
    }

    /** Answers those that are right. */
    private static List<RepositoryName> checkRepositories(Checking<AccessRoleInputs> checking) {
        List<String> repositories = checking.inputs().pulls();
        boolean allKnown = !checking.unknown("repositories");
        if (repositories.isEmpty() && allKnown && !checking.absent("repositories")) {
            checking.fail("repositories", "expected at least one repository that the role may pull from");
        }
        var arns = new TreeSet<String>();
        for (int i = 0; i < repositories.size(); i++) {
            try {
                arns.add(RepositoryName.parse(repositories.get(i)).arn());
            } catch (IllegalArgumentException e) {
                checking.fail(PropertyPath.of("repositories").child(i), String.valueOf(e.getMessage()));
                allKnown = false;
            }
        }
        if (allKnown && !checking.absent("repositories")) {
            // By ARN and sorted, so that another tag of the same repository, or another order, is no change.
            checking.set(
                    "repositories",
                    PropertyValue.of(arns.stream().map(PropertyValue::of).toList()));
        }
        return arns.stream().map(RepositoryName::parse).toList();
    }

    @Override
    public List<PropertyDiff> drift(Drift<AccessRoleInputs, AccessRoleState> look) {
        AccessRoleInputs news = look.news();
        AccessRoleState recorded = look.recorded();
        if (news.exists()) {
            return List.of();
        }
        var drift = new ArrayList<PropertyDiff>();
        if (recorded.trustPolicy() != null && !PullPolicy.same(PullPolicy.trust(), recorded.trustPolicy())) {
            drift.add(changed("trustPolicy"));
        }
        boolean sameRepositories = news.pulls().equals(recorded.repositories());
        if (sameRepositories
                && recorded.policy() != null
                && !PullPolicy.same(PullPolicy.forRole(news.pulls()), recorded.policy())) {
            drift.add(changed("policy"));
        }
        if (look.olds().permissionsBoundary() != null && news.permissionsBoundary() == null) {
            drift.add(new PropertyDiff(PropertyPath.of("permissionsBoundary"), DiffKind.DELETE, Optional.empty()));
        }
        return drift;
    }

    private static PropertyDiff changed(String property) {
        return new PropertyDiff(PropertyPath.of(property), DiffKind.UPDATE, Optional.empty());
    }

    @Override
    public Made<AccessRoleState> create(Create<AccessRoleInputs> call) {
        AccessRoleInputs inputs = call.inputs();
        String name = Given.of(inputs.roleName(), "roleName");
        ActualRole role = inputs.exists()
                ? keeper.existing(call.urn(), name, PullPolicy.NAME)
                : keeper.create(call.urn(), wish(name, inputs), actual -> state(actual, inputs));
        return new Made<>(name, state(role, inputs));
    }

    @Override
    public AccessRoleState update(Update<AccessRoleInputs, AccessRoleState> call) {
        AccessRoleInputs inputs = call.inputs();
        ActualRole role = inputs.exists()
                ? keeper.existing(call.urn(), call.id(), PullPolicy.NAME)
                : keeper.update(call.urn(), wish(call.id(), inputs), wish(call.id(), call.oldInputs()));
        return state(role, inputs);
    }

    private static RoleWish wish(String name, AccessRoleInputs inputs) {
        return new RoleWish(
                name,
                inputs.path(),
                "Lets AWS App Runner pull images",
                PullPolicy.trust(),
                PullPolicy.NAME,
                PullPolicy.forRole(inputs.pulls()),
                List.of(),
                inputs.permissionsBoundary(),
                inputs.tags());
    }

    @Override
    public Optional<Found<AccessRoleInputs, AccessRoleState>> read(Read<AccessRoleInputs, AccessRoleState> call) {
        String name = RoleKeeper.nameOf(call.id());
        return keeper.find(name, PullPolicy.NAME).map(role -> {
            AccessRoleInputs asked = call.inputs().orElse(null);
            boolean existing = asked != null && asked.exists();
            String policy = role.policy() == null ? "" : role.policy();
            List<String> recorded = asked == null ? List.of() : asked.pulls();
            boolean asRecorded = existing || PullPolicy.same(policy, PullPolicy.forRole(recorded));
            Map<String, String> tags = existing ? null : keeper.tags(name, asked == null ? null : asked.tags());
            var inputs = new AccessRoleInputs(
                    role.role().roleName(),
                    asRecorded ? recorded : PolicyText.resources(policy),
                    role.role().path(),
                    role.boundary(),
                    asked == null ? null : asked.existing(),
                    tags);
            return new Found<>(name, inputs, state(role, inputs));
        });
    }

    @Override
    public void delete(Delete<AccessRoleState> call) {
        if (!Boolean.TRUE.equals(call.state().existing())) {
            keeper.delete(call.id(), PullPolicy.NAME, List.of());
        }
    }

    private static AccessRoleState state(ActualRole actual, AccessRoleInputs inputs) {
        @Nullable String path = actual.role().path();
        return new AccessRoleState(
                actual.role().roleName(),
                inputs.pulls(),
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
