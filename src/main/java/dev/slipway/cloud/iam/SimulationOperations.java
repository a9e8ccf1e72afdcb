package dev.slipway.cloud.iam;

import dev.slipway.cloud.iam.ManagedPolicies.Source;
import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Page;
import dev.slipway.policy.MalformedPolicy;
import dev.slipway.policy.PolicyDocument;
import dev.slipway.policy.Principal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.ContextEntry;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.GetContextKeysForCustomPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetContextKeysForCustomPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetContextKeysForPrincipalPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetContextKeysForPrincipalPolicyResponse;
import software.amazon.awssdk.services.iam.model.SimulateCustomPolicyRequest;
import software.amazon.awssdk.services.iam.model.SimulateCustomPolicyResponse;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyRequest;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyResponse;

/** IAM's policy simulator, and the keys that policies ask for. */
final class SimulationOperations {
    private static final Pattern HOLDER = Pattern.compile("arn:aws:iam::(\\d{12}):(user|role|group)/(?:.*/)?([^/]+)");
    private static final Pattern USER = Pattern.compile("arn:aws:iam::(\\d{12}):user/.+");
    private static final Pattern OWNER = Pattern.compile("(?:arn:aws:iam::)?(\\d{12})(?::root)?");
    private static final Pattern ACTION = Pattern.compile("[A-Za-z0-9-]+:[A-Za-z0-9-]+");

    private final Directory directory;
    private final ManagedPolicies managed;
    private final Questions questions;

    SimulationOperations(Directory directory, ManagedPolicies managed, Questions questions) {
        this.directory = directory;
        this.managed = managed;
        this.questions = questions;
    }

    void addTo(Ops ops) {
        ops.on(
                        SimulatePrincipalPolicyRequest.class,
                        SimulatePrincipalPolicyResponse.class,
                        (call, op, in) -> questions.ask(call, op, in.policySourceArn(), Map.of()),
                        this::simulatePrincipal)
                .on(
                        SimulateCustomPolicyRequest.class,
                        SimulateCustomPolicyResponse.class,
                        (call, op, in) -> questions.account(call, op),
                        this::simulateCustom)
                .on(
                        GetContextKeysForCustomPolicyRequest.class,
                        GetContextKeysForCustomPolicyResponse.class,
                        (call, op, in) -> questions.account(call, op),
                        (call, in) -> GetContextKeysForCustomPolicyResponse.builder()
                                .contextKeyNames(Simulation.contextKeys(input(in.policyInputList())))
                                .build())
                .on(
                        GetContextKeysForPrincipalPolicyRequest.class,
                        GetContextKeysForPrincipalPolicyResponse.class,
                        (call, op, in) -> questions.ask(call, op, in.policySourceArn(), Map.of()),
                        (call, in) -> {
                            List<Source> sources = new ArrayList<>(managed.of(holder(call, in.policySourceArn())));
                            sources.addAll(input(in.policyInputList()));
                            return GetContextKeysForPrincipalPolicyResponse.builder()
                                    .contextKeyNames(Simulation.contextKeys(sources))
                                    .build();
                        });
    }

    private SimulatePrincipalPolicyResponse simulatePrincipal(Call call, SimulatePrincipalPolicyRequest in) {
        Identity<?> holder = holder(call, in.policySourceArn());
        List<Source> identity = new ArrayList<>(managed.of(holder));
        identity.addAll(input(in.policyInputList()));
        Source boundary = boundary(in.permissionsBoundaryPolicyInputList())
                .or(() -> managed.boundaryOf(holder))
                .orElse(null);
        if (in.resourcePolicy() != null && in.callerArn() == null && !(holder instanceof UserRecord)) {
            throw Faults.invalid(
                    "CallerArn is required when a ResourcePolicy is given and the policy source is no user.");
        }
        Principal principal = in.callerArn() == null ? principal(holder) : caller(in.callerArn());
        Simulation simulation = new Simulation(
                principal,
                identity,
                boundary,
                resource(in.resourcePolicy()),
                owner(in.resourceOwner(), principal),
                context(in.contextEntries()));
        Page<EvaluationResult> page =
                results(simulation, in.actionNames(), in.resourceArns(), in.marker(), in.maxItems());
        return SimulatePrincipalPolicyResponse.builder()
                .evaluationResults(page.items())
                .isTruncated(page.hasNext())
                .marker(page.next())
                .build();
    }

    private SimulateCustomPolicyResponse simulateCustom(Call call, SimulateCustomPolicyRequest in) {
        if (in.resourcePolicy() != null && in.callerArn() == null) {
            throw Faults.invalid("CallerArn is required when a ResourcePolicy is given.");
        }
        Principal principal = in.callerArn() == null
                ? Principal.user(
                        call.account(), "arn:aws:iam::" + call.account() + ":user/simulated", "AIDASIMULATED", Map.of())
                : caller(in.callerArn());
        Simulation simulation = new Simulation(
                principal,
                input(in.policyInputList()),
                boundary(in.permissionsBoundaryPolicyInputList()).orElse(null),
                resource(in.resourcePolicy()),
                owner(in.resourceOwner(), principal),
                context(in.contextEntries()));
        Page<EvaluationResult> page =
                results(simulation, in.actionNames(), in.resourceArns(), in.marker(), in.maxItems());
        return SimulateCustomPolicyResponse.builder()
                .evaluationResults(page.items())
                .isTruncated(page.hasNext())
                .marker(page.next())
                .build();
    }

    /** Every action on every resource, a page of them. */
    private static Page<EvaluationResult> results(
            Simulation simulation,
            List<String> actions,
            List<String> resources,
            @Nullable String marker,
            @Nullable Integer most) {
        List<String> pairs = new ArrayList<>();
        for (String action : actions) {
            if (!ACTION.matcher(action).matches()) {
                throw Faults.invalid("Invalid action name: " + action);
            }
            for (String resource : resources.isEmpty() ? List.of("*") : resources) {
                pairs.add(String.format("%06d", pairs.size()) + action + " " + resource);
            }
        }
        Page<String> page = Pages.of(pairs, pair -> pair.substring(0, 6), marker, most);
        return new Page<>(
                page.items().stream()
                        .map(pair -> pair.substring(6).split(" ", 2))
                        .map(pair -> simulation.of(pair[0], pair[1]))
                        .toList(),
                page.next());
    }

    private Identity<?> holder(Call call, String arn) {
        Matcher parts = HOLDER.matcher(arn);
        if (!parts.matches()) {
            throw Faults.invalid("Invalid Entity Arn: " + arn + " does not clearly define entity type and name.");
        }
        if (!parts.group(1).equals(call.account())) {
            throw Faults.noSuch("The entity " + arn + " cannot be found.");
        }
        Identity<?> found =
                switch (parts.group(2)) {
                    case "user" -> directory.users().get(call.account(), parts.group(3));
                    case "role" -> directory.roles().get(call.account(), parts.group(3));
                    default -> directory.groups().get(call.account(), parts.group(3));
                };
        if (!found.arn().equals(arn)) {
            throw Faults.noSuch("The entity " + arn + " cannot be found.");
        }
        return found;
    }

    /** A role acts in a session; a group's policies are tried on a user whom nothing else is known of. */
    private static Principal principal(Identity<?> holder) {
        return switch (holder.kind()) {
            case USER -> Principal.user(holder.account(), holder.arn(), holder.id(), holder.tags());
            case ROLE ->
                Principal.session(
                        holder.account(),
                        "arn:aws:sts::" + holder.account() + ":assumed-role/" + holder.name() + "/simulated",
                        holder.arn(),
                        holder.id() + ":simulated",
                        holder.tags());
            case GROUP ->
                Principal.user(
                        holder.account(),
                        "arn:aws:iam::" + holder.account() + ":user/simulated",
                        "AIDASIMULATED",
                        Map.of());
        };
    }

    private Principal caller(String arn) {
        Matcher parts = USER.matcher(arn);
        if (!parts.matches()) {
            throw Faults.invalid("CallerArn: expected the ARN of a user, got " + arn);
        }
        String id = directory.uniqueIdOf(arn).orElse("AIDASIMULATED");
        Map<String, String> tags =
                directory.users().byId(id).map(UserRecord::tags).orElse(Map.of());
        return Principal.user(parts.group(1), arn, id, tags);
    }

    private static String owner(@Nullable String given, Principal principal) {
        if (given == null) {
            return principal.account();
        }
        Matcher parts = OWNER.matcher(given);
        if (!parts.matches()) {
            throw Faults.invalid("ResourceOwner: expected arn:aws:iam::ACCOUNT:root, got " + given);
        }
        return parts.group(1);
    }

    private static List<Source> input(List<String> texts) {
        List<Source> sources = new ArrayList<>();
        for (String text : texts) {
            String id = "PolicyInputList." + (sources.size() + 1);
            sources.add(new Source(id, id, checked(text, PolicyDocument::requireIdentityPolicy)));
        }
        return sources;
    }

    private static Optional<Source> boundary(List<String> texts) {
        String id = "PermissionsBoundaryPolicyInputList.1";
        return texts.stream()
                .findFirst()
                .map(text -> new Source(id, id, checked(text, PolicyDocument::requireIdentityPolicy)));
    }

    private static @Nullable Source resource(@Nullable String text) {
        return text == null
                ? null
                : new Source("ResourcePolicy", "ResourcePolicy", checked(text, PolicyDocument::requireResourcePolicy));
    }

    private static String checked(String text, Consumer<PolicyDocument> rule) {
        try {
            rule.accept(PolicyDocument.parse(text));
            return text;
        } catch (MalformedPolicy wrong) {
            throw Faults.invalid("The policy is invalid: " + wrong.getMessage());
        }
    }

    private static Map<String, List<String>> context(List<ContextEntry> entries) {
        Map<String, List<String>> context = new HashMap<>();
        for (ContextEntry entry : entries) {
            if (entry.contextKeyName() != null) {
                context.put(entry.contextKeyName(), entry.contextKeyValues());
            }
        }
        return context;
    }
}
