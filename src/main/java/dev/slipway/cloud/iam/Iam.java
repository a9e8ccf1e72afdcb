package dev.slipway.cloud.iam;

import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.wire.Authorizer;
import dev.slipway.cloud.wire.AwsException;
import dev.slipway.cloud.wire.AwsService;
import dev.slipway.cloud.wire.Caller;
import dev.slipway.cloud.wire.Credentials;
import dev.slipway.cloud.wire.CredentialsLookup;
import dev.slipway.policy.Decision;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Users, keys, roles and policies of every account, and the judgement of calls by them. Any twelve digits are an account. */
public final class Iam implements CredentialsLookup, Authorizer {
    private static final String VERSION = "2010-05-08";
    private static final String MODEL = "software.amazon.awssdk.services.iam.model";

    private final Directory directory;
    private final ManagedPolicies managed;
    private final Judge judge;
    private final KeyOperations keys;
    private final AwsService service;

    /** {@code random} makes secrets: give a secure one outside tests. */
    public Iam(Store store, InstantSource clock, RandomGenerator random) {
        directory = new Directory(store);
        managed = new ManagedPolicies(directory);
        judge = new Judge(directory, managed, clock);
        UniqueIds ids = new UniqueIds(random);
        Documents documents = new Documents(directory);
        PolicyBook book = new PolicyBook(managed);
        Views views = new Views(directory, documents);
        Questions questions = new Questions(directory);
        keys = new KeyOperations(directory, questions, ids, clock);

        AwsService.Builder operations = AwsService.query("iam", VERSION, MODEL);
        new UserOperations(directory, book, managed, questions, ids, clock).addTo(operations);
        keys.addTo(operations);
        new UserPolicyOperations(directory, book, questions).addTo(operations);
        new RoleOperations(directory, documents, book, managed, views, questions, ids, clock).addTo(operations);
        new RolePolicyOperations(directory, book, questions).addTo(operations);
        new PolicyOperations(directory, managed, views, questions, ids, clock).addTo(operations);
        service = operations.build();
    }

    /** The IAM API. */
    public AwsService service() {
        return service;
    }

    /** Long-lived keys: a created user's, or twelve digits for the root of that account. Temporary ones are STS's. */
    @Override
    public Optional<Credentials> find(String accessKeyId) {
        return keys.find(accessKeyId);
    }

    @Override
    public void authorize(Question question) {
        Decision decision = judge.decide(question);
        if (!decision.allowed()) {
            throw new AwsException(
                    "AccessDeniedException",
                    400,
                    Denial.words(question.caller().arn(), question.action(), question.resource(), decision));
        }
    }

    /** True for an account ({@code arn:aws:iam::ACCOUNT:root} or twelve digits), and for a user, role or role session that is there. */
    public boolean principalExists(String principal) {
        return directory.principalExists(principal);
    }

    /** The unique id of the user ({@code AIDA…}) or role ({@code AROA…}) that has this ARN now; policies may name it in place of the ARN. */
    public Optional<String> uniqueIdOf(String arn) {
        return directory.uniqueIdOf(arn);
    }

    /** The role with exactly this ARN, path included. */
    public Optional<AssumableRole> assumableRole(String arn) {
        return directory
                .roleOf(arn)
                .map(role -> new AssumableRole(
                        role.account(), role.name(), role.arn(), role.id(), role.maxSession(), role.tags()));
    }

    /** True while the user or role behind a session is the one that it was made for. The root of an account always is. */
    public boolean isCurrent(Caller caller) {
        return caller.isRoot() || judge.identityOf(caller).isPresent();
    }

    /**
     * Asks whether the caller may become the role: its trust policy must say so, and the caller's own policies too unless the trust policy
     * names the very caller in the same account.
     *
     * @param action {@code sts:AssumeRole}, {@code sts:TagSession} or {@code sts:SetSourceIdentity}
     * @throws AwsException {@code AccessDenied}; it does not tell whether a role is there to those who may not become it
     */
    public void authorizeAssume(Caller caller, String action, String roleArn, Map<String, List<String>> context) {
        Optional<RoleRecord> role = directory.roleOf(roleArn);
        if (role.isEmpty()) {
            throw denied(
                    "User: " + caller.arn() + " is not authorized to perform: " + action + " on resource: " + roleArn);
        }
        Decision decision = judge.decideAssume(caller, action, role.get(), context);
        if (!decision.allowed()) {
            throw denied(Denial.words(caller.arn(), action, roleArn, decision));
        }
    }

    /** Whether a service, for example {@code build.apprunner.amazonaws.com}, may become the role. False for a role that is not there. */
    public boolean trusts(String roleArn, String service, Map<String, List<String>> context) {
        return directory
                .roleOf(roleArn)
                .filter(role -> judge.decideAssume(service, role, context).allowed())
                .isPresent();
    }

    /** The text of a managed policy that an account can use; empty when there is none of this ARN. */
    public Optional<String> managedPolicy(String account, String arn) {
        return managed.find(account, arn).map(ManagedPolicy::document);
    }

    private static AwsException denied(String message) {
        return new AwsException("AccessDenied", 403, message);
    }
}
