package dev.slipway.cloud.ecr;

import dev.slipway.cloud.registry.RepositoryId;
import dev.slipway.cloud.wire.Authorizer;
import dev.slipway.cloud.wire.Authorizer.Question;
import dev.slipway.cloud.wire.AwsException;
import dev.slipway.cloud.wire.Call;
import java.util.Optional;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryPolicyRequest;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryPolicyResponse;
import software.amazon.awssdk.services.ecr.model.GetRepositoryPolicyRequest;
import software.amazon.awssdk.services.ecr.model.GetRepositoryPolicyResponse;
import software.amazon.awssdk.services.ecr.model.SetRepositoryPolicyRequest;
import software.amazon.awssdk.services.ecr.model.SetRepositoryPolicyResponse;

/** The policy that a repository carries. */
final class RepositoryPolicies {
    private final Repositories repositories;
    private final PolicyPrincipals principals;
    private final Questions questions;
    private final Authorizer authorizer;

    RepositoryPolicies(
            Repositories repositories, PolicyPrincipals principals, Questions questions, Authorizer authorizer) {
        this.repositories = repositories;
        this.principals = principals;
        this.questions = questions;
        this.authorizer = authorizer;
    }

    void addTo(Operations on) {
        on.aboutByCaller(
                "SetRepositoryPolicy",
                SetRepositoryPolicyRequest.class,
                SetRepositoryPolicyResponse.class,
                SetRepositoryPolicyRequest::registryId,
                SetRepositoryPolicyRequest::repositoryName,
                this::set);
        on.about(
                "GetRepositoryPolicy",
                GetRepositoryPolicyRequest.class,
                GetRepositoryPolicyResponse.class,
                GetRepositoryPolicyRequest::registryId,
                GetRepositoryPolicyRequest::repositoryName,
                (id, request) -> get(id));
        on.about(
                "DeleteRepositoryPolicy",
                DeleteRepositoryPolicyRequest.class,
                DeleteRepositoryPolicyResponse.class,
                DeleteRepositoryPolicyRequest::registryId,
                DeleteRepositoryPolicyRequest::repositoryName,
                (id, request) -> delete(id));
    }

    private SetRepositoryPolicyResponse set(Call call, RepositoryId id, SetRepositoryPolicyRequest request) {
        repositories.require(id);
        PolicyPrincipals.Policy policy = principals.read(request.policyText(), "repository", "ecr:");
        if (!Boolean.TRUE.equals(request.force()) && locksOut(call, id, policy)) {
            throw Errors.invalidParameter(
                    "PolicyText",
                    "The policy would prevent you from setting another one; set it with the force parameter if that is"
                            + " what you want");
        }
        repositories.change(id, row -> row.withPolicy(Optional.of(policy)));
        return SetRepositoryPolicyResponse.builder()
                .registryId(id.account())
                .repositoryName(id.name())
                .policyText(request.policyText())
                .build();
    }

    /** Whether the caller, who may set a policy now, could set none after this one. */
    private boolean locksOut(Call call, RepositoryId id, PolicyPrincipals.Policy policy) {
        Question now = questions.about(call.caller(), "SetRepositoryPolicy", id).within(call);
        try {
            authorizer.authorize(now.withResourcePolicy(Optional.of(policy.text())));
            return false;
        } catch (AwsException denied) {
            return true;
        }
    }

    private GetRepositoryPolicyResponse get(RepositoryId id) {
        repositories.require(id);
        return GetRepositoryPolicyResponse.builder()
                .registryId(id.account())
                .repositoryName(id.name())
                .policyText(repositories.policy(id).orElseThrow(() -> Errors.policyNotFound(id)))
                .build();
    }

    private DeleteRepositoryPolicyResponse delete(RepositoryId id) {
        String text = get(id).policyText();
        repositories.change(id, row -> row.withPolicy(Optional.empty()));
        return DeleteRepositoryPolicyResponse.builder()
                .registryId(id.account())
                .repositoryName(id.name())
                .policyText(text)
                .build();
    }
}
