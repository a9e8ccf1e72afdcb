package dev.slipway.provider.aws;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.policy.AccessRequest;
import dev.slipway.policy.Decision;
import dev.slipway.policy.Evaluator;
import dev.slipway.policy.NamedPolicy;
import dev.slipway.policy.Policies;
import dev.slipway.policy.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges by IAM's rules what App Runner may do with a role, before App Runner tries it. */
final class RoleJudge {
    static final String PULLER = "build.apprunner.amazonaws.com";
    static final String RUNNER = "tasks.apprunner.amazonaws.com";

    /** Without these no image is pulled. */
    private static final List<String> PULL = List.of("ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RoleDocuments documents;
    private final String account;
    private final String region;

    /** @param region where App Runner works */
    RoleJudge(RoleDocuments documents, String account, String region) {
        this.documents = documents;
        this.account = account;
        this.region = region;
    }

    /** Why a service of AWS can't assume the role; empty when it can. */
    Optional<Finding> trust(String service) {
        Decision decision = Evaluator.evaluate(
                new AccessRequest(
                        Principal.service(service),
                        "sts:AssumeRole",
                        documents.role().arn(),
                        account,
                        Map.of("aws:RequestedRegion", List.of(region))),
                Policies.identity(List.of()).withTrust(documents.trust()));
        if (decision.allowed()) {
            return Optional.empty();
        }
        String told = "App Runner can't assume the role " + documents.role().arn() + ": its trust policy "
                + (decision.reason() == Decision.Reason.EXPLICIT_DENY
                        ? "denies it to " + service + "; remove the statement that denies"
                        : "does not allow it to " + service + trusted() + ". Add to its trust policy: "
                                + statement(service));
        return Optional.of(new Finding(!conditional(decision), told));
    }

    private String trusted() {
        List<String> services = documents.trust().document().servicePrincipals();
        return services.isEmpty() ? "" : ", but to " + String.join(", ", services);
    }

    private static String statement(String service) {
        ObjectNode statement = JSON.createObjectNode().put("Effect", "Allow");
        statement.putObject("Principal").put("Service", service);
        return statement.put("Action", "sts:AssumeRole").toString();
    }

    /** What keeps the role from pulling from a repository, whose policy has a say in it. */
    List<Finding> pull(RepositoryName repository, RepositoryPolicies.Known policy) {
        var findings = new ArrayList<Finding>();
        missing(List.of("ecr:GetAuthorizationToken"), "*", account, null)
                .ifPresent(lack -> findings.add(lack.finding(this, "*")));
        boolean foreign = !repository.account().equals(account);
        if (policy.read()) {
            missing(PULL, repository.arn(), repository.account(), policy.policy())
                    .ifPresent(lack -> findings.add(lack.finding(this, repository.arn())));
        } else {
            // What a policy that can't be read says counts for yes in the own account only.
            missing(PULL, repository.arn(), account, null).ifPresent(lack -> {
                Finding finding = lack.finding(this, repository.arn());
                findings.add(foreign ? finding : new Finding(false, finding.message()));
            });
        }
        return findings;
    }

    /** What of some actions on a resource the role may not do; empty when it may do all. */
    Optional<Finding> may(List<String> actions, String resource) {
        return missing(actions, resource, account, null).map(lack -> lack.finding(this, resource));
    }

    private Optional<Lack> missing(
            List<String> actions, String resource, String owner, @Nullable NamedPolicy resourcePolicy) {
        var refused = new ArrayList<String>();
        Decision last = null;
        boolean sure = true;
        for (String action : actions) {
            Policies own = documents.policies();
            Decision decision = Evaluator.evaluate(
                    new AccessRequest(
                            principal(), action, resource, owner, Map.of("aws:RequestedRegion", List.of(region))),
                    resourcePolicy == null ? own : own.withResource(resourcePolicy));
            if (!decision.allowed()) {
                refused.add(action);
                sure &= !conditional(decision);
                last = decision;
            }
        }
        return last == null ? Optional.empty() : Optional.of(new Lack(refused, last.reason(), sure));
    }

    private Principal principal() {
        String name = documents.role().roleName();
        return Principal.session(
                account,
                "arn:aws:sts::" + account + ":assumed-role/" + name + "/AppRunner",
                documents.role().arn(),
                documents.role().roleId() + ":AppRunner",
                documents.tags());
    }

    /** Whether a condition decided that may hold for App Runner's own request, which has more keys than ours. */
    private static boolean conditional(Decision decision) {
        return decision.considered().stream().anyMatch(judged -> judged.match() == Decision.Match.CONDITION);
    }

    private record Lack(List<String> actions, Decision.Reason reason, boolean sure) {
        Finding finding(RoleJudge judge, String resource) {
            String role = judge.documents.role().arn();
            String what = "the role " + role + " may not " + String.join(", ", actions)
                    + (resource.equals("*") ? "" : " on " + resource) + ": ";
            return new Finding(
                    sure,
                    what
                            + switch (reason) {
                                case EXPLICIT_DENY -> "a statement denies it; narrow or remove it";
                                case NO_BOUNDARY ->
                                    "its permissions boundary does not allow it. Add to the boundary: "
                                            + identityStatement(resource);
                                case NO_RESOURCE ->
                                    "the repository's policy does not allow it. Add to the policy of " + resource + ": "
                                            + resourceStatement(role);
                                case ALLOWED, NO_IDENTITY, NO_SESSION, NO_TRUST ->
                                    "none of its policies allows it. Add to a policy of the role: "
                                            + identityStatement(resource);
                            });
        }

        private String identityStatement(String resource) {
            ObjectNode statement = JSON.createObjectNode().put("Effect", "Allow");
            statement.set("Action", JSON.valueToTree(actions));
            return statement.put("Resource", resource).toString();
        }

        /** Without a Resource, which ECR has refused. */
        private String resourceStatement(String role) {
            ObjectNode statement =
                    JSON.createObjectNode().put("Sid", "AppRunnerPull").put("Effect", "Allow");
            statement.putObject("Principal").put("AWS", role);
            statement.set("Action", JSON.valueToTree(actions));
            return statement.toString();
        }
    }
}
