package dev.slipway.cloud.iam;

import dev.slipway.cloud.iam.Judge.Verdict;
import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.wire.Authorizer;
import dev.slipway.cloud.wire.AwsException;
import dev.slipway.cloud.wire.AwsService;
import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Caller;
import dev.slipway.cloud.wire.Credentials;
import dev.slipway.cloud.wire.CredentialsLookup;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Users, keys, groups, roles and policies of every account, and the judgement of calls by them. Any twelve digits are an account. */
public final class Iam implements CredentialsLookup, Authorizer {
    private static final System.Logger LOG = System.getLogger(Iam.class.getName());
    private static final String VERSION = "2010-05-08";
    private static final String MODEL = "software.amazon.awssdk.services.iam.model";

    private final Directory directory;
    private final Directory seen;
    private final ManagedPolicies managed;
    private final Judge judge;
    private final Reasons reasons;
    private final DecisionLog decisions;
    private final Settings settings;
    private final InstantSource clock;
    private final KeyOperations keys;
    private volatile LinkedRoleUses linkedRoleUses = LinkedRoleUses.NONE;
    private final Documents documents;
    private final ServiceLinkedRoles linked;
    private final AwsService service;

    /**
     * How IAM behaves.
     *
     * @param propagation how long it takes until decisions see a change of IAM in an account; zero for at once
     */
    public record Settings(Mode mode, Function<String, Duration> propagation) {
        /** Enforced, and changes are seen at once. */
        public static final Settings USUAL = new Settings(Mode.ENFORCE, account -> Duration.ZERO);
    }

    /** {@code random} makes secrets: give a secure one outside tests. */
    public Iam(Store store, InstantSource clock, RandomGenerator random) {
        this(store, clock, random, Settings.USUAL);
    }

    public Iam(Store store, InstantSource clock, RandomGenerator random, Settings settings) {
        this.settings = settings;
        this.clock = clock;
        Directory.Views both = Directory.open(store, settings.propagation(), clock);
        directory = both.now();
        seen = both.seen();
        judge = new Judge(seen, new ManagedPolicies(seen), clock);
        reasons = new Reasons(directory::called);
        decisions = new DecisionLog(settings.mode(), reasons);
        managed = new ManagedPolicies(directory);
        UniqueIds ids = new UniqueIds(random);
        Questions questions = new Questions(directory);
        documents = new Documents(directory);
        linked = new ServiceLinkedRoles(directory, documents, ids, clock);
        keys = new KeyOperations(directory, questions, ids, clock);
        service = AwsService.query("iam", VERSION, MODEL)
                .later(operations -> addOperations(new Ops(operations), questions, ids))
                .build();
    }

    private void addOperations(Ops ops, Questions questions, UniqueIds ids) {
        Views views = new Views(directory, documents);
        var users = new IdentityPolicies<>(directory.users(), managed);
        var roles = new IdentityPolicies<>(directory.roles(), managed);
        var groups = new IdentityPolicies<>(directory.groups(), managed);
        new UserOperations(directory, users, managed, questions, ids, clock).addTo(ops);
        keys.addTo(ops);
        new GroupOperations(directory, groups, questions, ids, clock).addTo(ops);
        new RoleOperations(directory, documents, roles, managed, views, questions, ids, clock).addTo(ops);
        new ServiceLinkedRoleOperations(
                        directory,
                        linked,
                        (account, service) -> linkedRoleUses.of(account, service),
                        views,
                        questions,
                        ids)
                .addTo(ops);
        new UserPolicyOperations(directory.users(), users, questions).addTo(ops);
        new RolePolicyOperations(directory.roles(), roles, questions).addTo(ops);
        new GroupPolicyOperations(directory.groups(), groups, questions).addTo(ops);
        new PolicyOperations(directory, managed, views, questions, ids, clock).addTo(ops);
        new PolicyVersionOperations(directory, managed, questions, clock).addTo(ops);
        new InstanceProfileOperations(directory, views, questions, ids, clock).addTo(ops);
        new TagOperations(directory, managed, questions).addTo(ops);
        new AccountOperations(directory, questions).addTo(ops);
        new AuthorizationDetails(directory, managed, documents, views, questions).addTo(ops);
        new SimulationOperations(directory, managed, questions).addTo(ops);
        new AbsentOperations(directory, questions).addTo(ops);
    }

    /** The IAM API. */
    public AwsService service() {
        return service;
    }

    /** What was decided lately, and why. */
    public DecisionLog decisions() {
        return decisions;
    }

    /** Long-lived keys: a created user's, or twelve digits for the root of that account. Temporary ones are STS's. */
    @Override
    public Optional<Credentials> find(String accessKeyId) {
        return keys.find(accessKeyId);
    }

    @Override
    public void entered(Call call, String service) {
        Caller caller = call.caller();
        if (service.equals("iam") && isPlainSession(caller)) {
            throw new AwsException(
                    "InvalidClientTokenId", 403, "The security token included in the request is invalid.");
        }
        int colon = caller.userId().indexOf(':');
        if (directory.keys().get(caller.accessKeyId()).isPresent()) {
            directory.uses().note(caller.accessKeyId(), call.now(), service, call.region());
        } else if (colon > 0) {
            directory.uses().note(caller.userId().substring(0, colon), call.now(), service, call.region());
        }
    }

    @Override
    public void authorize(Question question) {
        Verdict verdict = judge.decide(question);
        if (!passes(question.requestId(), verdict)) {
            throw new AwsException("AccessDeniedException", 400, words(verdict));
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
        return seen.roleOf(arn)
                .map(role -> new AssumableRole(
                        role.account(), role.name(), role.arn(), role.id(), role.maxSession(), role.tags()));
    }

    /** True while the user or role behind a session is the one that it was made for. The root of an account always is. */
    public boolean isCurrent(Caller caller) {
        return caller.isRoot() || Judge.identityOf(directory, caller).isPresent();
    }

    /**
     * Asks whether the caller may become the role: its trust policy must say so, and the caller's own policies too unless the trust policy
     * names the very caller in the same account.
     *
     * @param question {@code sts:AssumeRole}, {@code sts:TagSession} or {@code sts:SetSourceIdentity} on the role's ARN
     * @throws AwsException {@code AccessDenied}; it does not tell whether a role is there to those who may not become it
     */
    public void authorizeAssume(Question question) {
        Optional<RoleRecord> role = seen.roleOf(question.resource());
        if (role.isEmpty()) {
            Verdict none = judge.decideAssumeNone(question);
            decisions.add(question.requestId(), clock.instant(), none.request(), none.decision());
            throw Faults.denied("User: " + question.caller().arn() + " is not authorized to perform: "
                    + question.action() + " on resource: " + question.resource());
        }
        Verdict verdict = judge.decideAssume(question, role.get());
        if (!passes(question.requestId(), verdict)) {
            throw Faults.denied(words(verdict));
        }
    }

    /**
     * Why a service, for example {@code build.apprunner.amazonaws.com}, may not become the role, as half a sentence; empty when it may.
     *
     * @param role as {@link #assumableRole} found it
     */
    public Optional<String> distrust(AssumableRole role, String service, Map<String, List<String>> context) {
        Optional<Verdict> verdict = seen.roleOf(role.arn()).map(found -> judge.decideAssume(service, found, context));
        if (verdict.isEmpty()) {
            return Optional.of("it does not exist any more");
        }
        return passes("", verdict.get())
                ? Optional.empty()
                : Optional.of(reasons.ofDistrust(
                        verdict.get().request(), verdict.get().decision()));
    }

    /** The ARN that a service's own role will have in an account that has none yet; empty when it is there. */
    public Optional<String> missingLinkedRole(String account, String service) {
        return linked.find(account, service).isPresent()
                ? Optional.empty()
                : Optional.of(ServiceLinkedRoles.arn(account, service));
    }

    /** Makes a service's own role, for example that of {@code apprunner.amazonaws.com}; does nothing when it is there. */
    public void makeLinkedRole(String account, String service) {
        linked.makeMissing(account, service);
    }

    /** Tells who knows what needs the roles that services make for themselves; until then nothing needs any. */
    public void linkedRolesAreNeededBy(LinkedRoleUses uses) {
        linkedRoleUses = uses;
    }

    /** The text of a managed policy that an account can use; empty when there is none of this ARN. */
    public Optional<String> managedPolicy(String account, String arn) {
        return managed.find(account, arn).map(ManagedPolicy::document);
    }

    /** Keys from GetSessionToken without a second factor open everything but IAM. */
    private static boolean isPlainSession(Caller caller) {
        return caller.expires().isPresent() && caller.arn().startsWith("arn:aws:iam::");
    }

    /** Remembers a decision and says whether the call goes on. */
    private boolean passes(String requestId, Verdict verdict) {
        decisions.add(requestId, clock.instant(), verdict.request(), verdict.decision());
        if (verdict.decision().allowed()) {
            return true;
        }
        if (settings.mode() == Mode.AUDIT) {
            LOG.log(Level.WARNING, "audit: AWS would refuse this: " + words(verdict));
            return true;
        }
        return false;
    }

    private static String words(Verdict verdict) {
        return Denial.words(
                verdict.request().principal().arn(),
                verdict.request().action(),
                verdict.request().resource(),
                verdict.decision());
    }
}
