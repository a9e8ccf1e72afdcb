package dev.slipway.cloud.ecr;

import dev.slipway.cloud.ecr.RepositoryRow.PolicyRow;
import dev.slipway.cloud.registry.RepositoryId;
import dev.slipway.policy.MalformedPolicy;
import dev.slipway.policy.PolicyDocument;
import dev.slipway.policy.Statement;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryPolicyResponse;
import software.amazon.awssdk.services.ecr.model.GetRepositoryPolicyResponse;
import software.amazon.awssdk.services.ecr.model.SetRepositoryPolicyResponse;

/** The policy that a repository carries. */
final class RepositoryPolicies {
    private static final int MOST_BYTES = 10_240;
    private static final String MEMBER = "PolicyText";
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}|arn:aws:iam::[0-9]{12}:root");
    private static final Pattern ENTITY = Pattern.compile("arn:aws:iam::[0-9]{12}:(?:role|user)/.+");
    /** Sessions come and go, and a unique id is what a deleted principal leaves behind: neither is looked up. */
    private static final Pattern OTHER =
            Pattern.compile("arn:aws:sts::[0-9]{12}:(?:assumed-role|federated-user)/.+|A(?:ID|RO)A[A-Z0-9]+");

    private final Repositories repositories;
    private final PrincipalDirectory principals;

    RepositoryPolicies(Repositories repositories, PrincipalDirectory principals) {
        this.repositories = repositories;
        this.principals = principals;
    }

    SetRepositoryPolicyResponse set(RepositoryId id, String text) {
        PolicyRow policy = new PolicyRow(text, uniqueIds(read(text)));
        repositories.change(id, row -> row.withPolicy(Optional.of(policy)));
        return SetRepositoryPolicyResponse.builder()
                .registryId(id.account())
                .repositoryName(id.name())
                .policyText(text)
                .build();
    }

    GetRepositoryPolicyResponse get(RepositoryId id) {
        repositories.require(id);
        return GetRepositoryPolicyResponse.builder()
                .registryId(id.account())
                .repositoryName(id.name())
                .policyText(repositories.policy(id).orElseThrow(() -> Errors.policyNotFound(id)))
                .build();
    }

    DeleteRepositoryPolicyResponse delete(RepositoryId id) {
        String text = get(id).policyText();
        repositories.change(id, row -> row.withPolicy(Optional.empty()));
        return DeleteRepositoryPolicyResponse.builder()
                .registryId(id.account())
                .repositoryName(id.name())
                .policyText(text)
                .build();
    }

    private static PolicyDocument read(String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw Errors.invalidParameter(MEMBER, "must not be longer than " + MOST_BYTES + " characters");
        }
        try {
            PolicyDocument document = PolicyDocument.parse(text).requireResourcePolicy();
            document.statements().forEach(RepositoryPolicies::requireEcrActions);
            return document;
        } catch (MalformedPolicy e) {
            throw Errors.error(
                    "InvalidParameterException",
                    "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid repository policy provided' ("
                            + e.getMessage() + ")");
        }
    }

    private static void requireEcrActions(Statement statement) {
        List<String> actions = statement.actions() == null ? List.of() : statement.actions();
        for (String action : actions) {
            if (!action.equals("*") && !action.toLowerCase(Locale.ROOT).startsWith("ecr:")) {
                throw new MalformedPolicy("the action " + action + " is none of ECR");
            }
        }
    }

    private Map<String, String> uniqueIds(PolicyDocument document) {
        Map<String, String> ids = new LinkedHashMap<>();
        for (String principal : document.awsPrincipals()) {
            if (ACCOUNT.matcher(principal).matches() || OTHER.matcher(principal).matches()) {
                continue;
            }
            if (!ENTITY.matcher(principal).matches() || !principals.exists(principal)) {
                throw Errors.invalidParameter(MEMBER, "Principal not found");
            }
            principals.uniqueId(principal).ifPresent(id -> ids.put(principal, id));
        }
        return ids;
    }
}
