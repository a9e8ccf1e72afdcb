package dev.slipway.provider.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.property.PropertyPath;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import dev.slipway.protocol.DiffKind;
import dev.slipway.protocol.PropertyDiff;
import dev.slipway.protocol.ProviderException;
import dev.slipway.provider.Checking;
import dev.slipway.provider.ResourceHandler;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * {@code slipway:index:RepositoryPolicy}: lets roles of another account pull from a repository. Its id is the repository's ARN, a slash
 * and the statement's Sid.
 */
final class RepositoryPolicyHandler
        implements ResourceHandler.Updatable<RepositoryPolicyInputs, RepositoryPolicyState> {
    private static final Pattern SID = Pattern.compile("[A-Za-z0-9]{1,64}");
    private static final Pattern PRINCIPAL =
            Pattern.compile("arn:aws(-[a-z]+)*:iam::[0-9]{12}:(root|(role|user)/[A-Za-z0-9+=,.@_/-]+)|[0-9]{12}");

    private final AwsSession session;
    private final RepositoryPolicies policies;

    RepositoryPolicyHandler(AwsSession session) {
        this.session = session;
        this.policies = new RepositoryPolicies(session);
    }

    @Override
    public Class<RepositoryPolicyInputs> inputs() {
        return RepositoryPolicyInputs.class;
    }

    @Override
    public Class<RepositoryPolicyState> state() {
        return RepositoryPolicyState.class;
    }

    @Override
    public List<String> stables() {
        return List.of("repositoryArn");
    }

    @Override
    public void check(Checking<RepositoryPolicyInputs> checking) {
        RepositoryPolicyInputs inputs = checking.inputs();
        if (inputs.repository() != null) {
            checkRepository(checking, inputs.repository());
        }
        if (checking.absent("sid")) {
            checking.set("sid", PropertyValue.of(defaultSid(checking.urn())));
        } else if (inputs.sid() != null && !SID.matcher(inputs.sid()).matches()) {
            checking.fail("sid", "`" + inputs.sid() + "` is no Sid: expected letters and digits");
        }
        if (inputs.principals() != null) {
            checkPrincipals(checking, inputs.principals());
        }
    }

    private void checkRepository(Checking<RepositoryPolicyInputs> checking, String text) {
        RepositoryName repository;
        try {
            repository = RepositoryName.parse(text);
        } catch (IllegalArgumentException e) {
            checking.fail("repository", String.valueOf(e.getMessage()));
            return;
        }
        checking.set("repository", PropertyValue.of(repository.arn()));
        String account = session.account();
        if (!account.equals(repository.account())) {
            checking.fail(
                    "repository",
                    "the repository is in account " + repository.account()
                            + ", but this provider's credentials are of account " + account
                            + "; give the resource a provider with credentials of " + repository.account());
        }
    }

    private static void checkPrincipals(Checking<RepositoryPolicyInputs> checking, List<String> principals) {
        boolean allKnown = !checking.unknown("principals");
        if (principals.isEmpty() && allKnown) {
            checking.fail("principals", "expected at least one role that may pull");
        }
        for (int i = 0; i < principals.size(); i++) {
            if (!PRINCIPAL.matcher(principals.get(i)).matches()) {
                checking.fail(
                        PropertyPath.of("principals").child(i),
                        "`" + principals.get(i)
                                + "` is no principal: expected a role's ARN, like arn:aws:iam::111122223333:role/puller");
            }
        }
        if (allKnown) {
            checking.set(
                    "principals",
                    PropertyValue.of(new TreeSet<>(principals)
                            .stream().map(PropertyValue::of).toList()));
        }
    }

    /** A Sid that no other resource has, so that several stacks can stand in one policy. */
    static String defaultSid(Urn urn) {
        String digest = UUID.nameUUIDFromBytes(urn.text().getBytes(StandardCharsets.UTF_8))
                .toString();
        return "SlipwayPull" + digest.replace("-", "").substring(0, 12);
    }

    @Override
    public List<PropertyDiff> drift(Drift<RepositoryPolicyInputs, RepositoryPolicyState> look) {
        RepositoryPolicyInputs news = look.news();
        RepositoryPolicyState recorded = look.recorded();
        String sid = Given.of(news.sid(), "sid");
        String policy = actual(recorded);
        boolean asked = principals(news).equals(recorded.principals()) && sid.equals(recorded.sid());
        boolean changed = asked
                && policy != null
                && PolicyText.parse(policy)
                        .statement(sid)
                        .filter(statement -> PullStatement.says(statement, sid, principals(news)))
                        .isEmpty();
        return changed
                ? List.of(new PropertyDiff(
                        PropertyPath.of("policyText"),
                        DiffKind.UPDATE,
                        Optional.of("the statement " + sid + " is not there as it should be")))
                : List.of();
    }

    /**
     * The policy as it is now, where it can be seen: a role that is deleted and made again under its name in one run is another one, and
     * nothing else tells it.
     */
    private @Nullable String actual(RepositoryPolicyState recorded) {
        if (recorded.repositoryArn() == null) {
            return recorded.policyText();
        }
        try {
            return policies.find(RepositoryName.parse(recorded.repositoryArn()))
                    .map(PolicyText::text)
                    .orElse(PolicyText.empty().text());
        } catch (SdkException e) {
            return recorded.policyText();
        }
    }

    @Override
    public Made<RepositoryPolicyState> create(Create<RepositoryPolicyInputs> call) {
        RepositoryName repository = RepositoryName.parse(Given.of(call.inputs().repository(), "repository"));
        String sid = Given.of(call.inputs().sid(), "sid");
        refuseStranger(repository, sid, call);
        return new Made<>(repository.arn() + "/" + sid, write(repository, sid, call.inputs()));
    }

    /** A Sid that a person chose may already name someone else's statement; one of ours has a Sid that only we make. */
    private void refuseStranger(RepositoryName repository, String sid, Create<RepositoryPolicyInputs> call) {
        boolean stranger = policies.find(repository)
                .flatMap(policy -> policy.statement(sid))
                .filter(statement -> !sid.equals(defaultSid(call.urn())))
                .filter(statement -> !PullStatement.says(statement, sid, principals(call.inputs())))
                .isPresent();
        if (stranger) {
            throw new ProviderException("create RepositoryPolicy " + call.urn().name() + ": the policy of "
                    + repository.arn() + " already has another statement with the Sid " + sid + "; choose another sid");
        }
    }

    @Override
    public RepositoryPolicyState update(Update<RepositoryPolicyInputs, RepositoryPolicyState> call) {
        RepositoryName repository = RepositoryName.parse(Given.of(call.inputs().repository(), "repository"));
        return write(repository, Given.of(call.inputs().sid(), "sid"), call.inputs());
    }

    private RepositoryPolicyState write(RepositoryName repository, String sid, RepositoryPolicyInputs inputs) {
        PolicyText policy = policies.change(repository, sid, old -> (old == null ? PolicyText.empty() : old)
                        .with(sid, PullStatement.of(sid, principals(inputs))))
                .orElseThrow();
        return new RepositoryPolicyState(inputs.repository(), sid, principals(inputs), repository.arn(), policy.text());
    }

    @Override
    public Optional<Found<RepositoryPolicyInputs, RepositoryPolicyState>> read(
            Read<RepositoryPolicyInputs, RepositoryPolicyState> call) {
        Id id = Id.parse(call.id());
        Optional<PolicyText> policy = policies.find(id.repository());
        return policy.flatMap(text -> text.statement(id.sid())).map(statement -> found(id, policy.get(), statement));
    }

    private static Found<RepositoryPolicyInputs, RepositoryPolicyState> found(
            Id id, PolicyText policy, JsonNode statement) {
        String arn = id.repository().arn();
        List<String> principals = PullStatement.principals(statement);
        return new Found<>(
                arn + "/" + id.sid(),
                new RepositoryPolicyInputs(arn, id.sid(), principals),
                new RepositoryPolicyState(arn, id.sid(), principals, arn, policy.text()));
    }

    @Override
    public void delete(Delete<RepositoryPolicyState> call) {
        Id id = Id.parse(call.id());
        boolean there = policies.find(id.repository())
                .flatMap(policy -> policy.statement(id.sid()))
                .isPresent();
        if (there) {
            policies.change(
                    id.repository(),
                    id.sid(),
                    policy -> policy == null ? null : policy.without(id.sid()).orElse(null));
        }
    }

    private static List<String> principals(RepositoryPolicyInputs inputs) {
        return inputs.principals() == null ? List.of() : inputs.principals();
    }

    private record Id(RepositoryName repository, String sid) {
        static Id parse(String text) {
            int slash = text.lastIndexOf('/');
            if (slash < 0) {
                throw new ProviderException("`" + text
                        + "` is no RepositoryPolicy: expected the repository's ARN, a slash and the statement's Sid");
            }
            try {
                return new Id(RepositoryName.parse(text.substring(0, slash)), text.substring(slash + 1));
            } catch (IllegalArgumentException e) {
                throw new ProviderException(String.valueOf(e.getMessage()), e);
            }
        }
    }
}
