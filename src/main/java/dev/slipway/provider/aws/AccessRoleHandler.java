package dev.slipway.provider.aws;

import dev.slipway.property.PropertyPath;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import dev.slipway.protocol.DiffKind;
import dev.slipway.protocol.OutcomeUnknown;
import dev.slipway.protocol.PropertyDiff;
import dev.slipway.protocol.ProviderException;
import dev.slipway.provider.Checking;
import dev.slipway.provider.ResourceHandler;
import dev.slipway.provider.Unhealthy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.iam.model.Role;

/** {@code slipway:index:AccessRole}: a role that only App Runner's puller may assume and that may only pull. Its id is the role's name. */
final class AccessRoleHandler implements ResourceHandler.Updatable<AccessRoleInputs, AccessRoleState> {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_+=,.@-]{1,64}");
    private static final Pattern PATH = Pattern.compile("/([\\u0021-\\u007E]+/)?");

    private final AwsSession session;
    private final IamRoles roles;

    AccessRoleHandler(AwsSession session) {
        this.session = session;
        this.roles = new IamRoles(session.clients());
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
        if (inputs.roleName() != null && !NAME.matcher(inputs.roleName()).matches()) {
            checking.fail(
                    "roleName",
                    "`" + inputs.roleName() + "` is no role name: expected 1 to 64 letters, digits or any of _+=,.@-");
        }
        if (inputs.path() != null && !PATH.matcher(inputs.path()).matches()) {
            checking.fail(
                    "path", "`" + inputs.path() + "` is no path: expected / or a text that begins and ends with /");
        }
        Tags.check(checking, inputs.tags());
        if (inputs.repositories() != null) {
            checkRepositories(checking, inputs.repositories());
        }
    }

    private static void checkRepositories(Checking<AccessRoleInputs> checking, List<String> repositories) {
        if (repositories.isEmpty() && !checking.unknown("repositories")) {
            checking.fail("repositories", "expected at least one repository that the role may pull from");
        }
        var arns = new TreeSet<String>();
        boolean allKnown = !checking.unknown("repositories");
        for (int i = 0; i < repositories.size(); i++) {
            try {
                arns.add(RepositoryName.parse(repositories.get(i)).arn());
            } catch (IllegalArgumentException e) {
                checking.fail(PropertyPath.of("repositories").child(i), String.valueOf(e.getMessage()));
                allKnown = false;
            }
        }
        if (allKnown) {
            // By ARN and sorted, so that another tag of the same repository, or another order, is no change.
            checking.set(
                    "repositories",
                    PropertyValue.of(arns.stream().map(PropertyValue::of).toList()));
        }
    }

    @Override
    public List<PropertyDiff> drift(Drift<AccessRoleInputs, AccessRoleState> look) {
        AccessRoleInputs news = look.news();
        AccessRoleState recorded = look.recorded();
        var drift = new ArrayList<PropertyDiff>();
        if (recorded.trustPolicy() != null && !PullPolicy.same(PullPolicy.trust(), recorded.trustPolicy())) {
            drift.add(changed("trustPolicy"));
        }
        boolean sameRepositories = repositories(news).equals(recorded.repositories());
        if (sameRepositories
                && recorded.policy() != null
                && !PullPolicy.same(PullPolicy.forRole(repositories(news)), recorded.policy())) {
            drift.add(changed("policy"));
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
        Map<String, String> tags = Tags.owned(inputs.tags(), call.urn());
        Role role = roles.create(name, inputs.path(), PullPolicy.trust(), tags)
                .orElseGet(() -> adopt(name, inputs, call.urn()));
        session.touchedRole(role.arn());
        AccessRoleState made = state(role, inputs, PullPolicy.forRole(repositories(inputs)), PullPolicy.trust());
        try {
            roles.putPolicy(name, PullPolicy.NAME, PullPolicy.forRole(repositories(inputs)));
        } catch (SdkException e) {
            throw Unhealthy.withNewInputs(
                    name,
                    made,
                    List.of("the role " + role.arn() + " was made, but not its policy: "
                            + AwsErrors.words(e, session.settings().where())));
        }
        return new Made<>(name, made);
    }

    /** The role is there already: ours from a run whose answer was lost, or someone else's. */
    private Role adopt(String name, AccessRoleInputs inputs, Urn urn) {
        Role role;
        try {
            role = ours(name, urn);
        } catch (SdkException e) {
            throw new OutcomeUnknown(
                    "create AccessRole " + urn.name() + ": a role of its name is there, but whose it is can't be seen: "
                            + AwsErrors.words(e, session.settings().where()),
                    e);
        }
        try {
            makeSo(role, null, inputs, urn);
        } catch (SdkException e) {
            String words = AwsErrors.words(e, session.settings().where());
            AccessRoleState found = state(role, inputs, "", IamRoles.trustOf(role));
            throw Unhealthy.withNewInputs(
                    name, found, List.of("the role " + role.arn() + " is there, but could not be made so: " + words));
        }
        return role;
    }

    private Role ours(String name, Urn urn) {
        Role role = roles.find(name)
                .orElseThrow(() -> new ProviderException("role " + name + " was there and is gone now; run again"));
        if (!OwnershipTag.isOf(roles.tags(name), urn)) {
            throw new ProviderException("create AccessRole " + urn.name() + ": the role " + role.arn()
                    + " exists already and was not made by this stack; choose another roleName, or import that role");
        }
        return role;
    }

    @Override
    public AccessRoleState update(Update<AccessRoleInputs, AccessRoleState> call) {
        Role role = roles.find(call.id())
                .orElseThrow(() ->
                        new ProviderException("update AccessRole " + call.urn().name() + ": the role " + call.id()
                                + " is gone; refresh the stack, then run again"));
        makeSo(role, call.oldInputs().tags(), call.inputs(), call.urn());
        String policy = PullPolicy.forRole(repositories(call.inputs()));
        if (roles.policy(call.id(), PullPolicy.NAME)
                .filter(actual -> PullPolicy.same(actual, policy))
                .isEmpty()) {
            roles.putPolicy(call.id(), PullPolicy.NAME, policy);
            session.touchedRole(role.arn());
        }
        return state(role, call.inputs(), policy, PullPolicy.trust());
    }

    private void makeSo(Role role, @Nullable Map<String, String> oldTags, AccessRoleInputs inputs, Urn urn) {
        String name = role.roleName();
        if (!PullPolicy.same(IamRoles.trustOf(role), PullPolicy.trust())) {
            roles.putTrust(name, PullPolicy.trust());
            session.touchedRole(role.arn());
        }
        if (oldTags != null || inputs.tags() != null) {
            roles.putTags(name, oldTags, Tags.owned(inputs.tags(), urn));
        }
    }

    @Override
    public Optional<Found<AccessRoleInputs, AccessRoleState>> read(Read<AccessRoleInputs, AccessRoleState> call) {
        return roles.find(call.id()).map(role -> {
            String policy = roles.policy(call.id(), PullPolicy.NAME).orElse("");
            List<String> recorded =
                    call.inputs().map(AccessRoleHandler::repositories).orElse(List.of());
            boolean asRecorded = PullPolicy.same(policy, PullPolicy.forRole(recorded));
            List<String> repositories = asRecorded ? recorded : PolicyText.resources(policy);
            Map<String, String> askedTags =
                    call.inputs().map(AccessRoleInputs::tags).orElse(null);
            Map<String, String> tags = Tags.shown(roles.tags(call.id()), askedTags);
            var inputs = new AccessRoleInputs(role.roleName(), repositories, role.path(), tags);
            return new Found<>(call.id(), inputs, state(role, inputs, policy, IamRoles.trustOf(role)));
        });
    }

    @Override
    public void delete(Delete<AccessRoleState> call) {
        roles.deletePolicy(call.id(), PullPolicy.NAME);
        roles.delete(call.id());
    }

    private static AccessRoleState state(Role role, AccessRoleInputs inputs, String policy, String trust) {
        return new AccessRoleState(
                role.roleName(),
                repositories(inputs),
                role.path() == null ? inputs.path() : role.path(),
                inputs.tags(),
                role.arn(),
                role.roleId(),
                policy,
                trust);
    }

    private static List<String> repositories(AccessRoleInputs inputs) {
        return inputs.repositories() == null ? List.of() : inputs.repositories();
    }
}
