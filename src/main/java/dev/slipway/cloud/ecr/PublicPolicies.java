package dev.slipway.cloud.ecr;

import dev.slipway.cloud.registry.RepositoryId;
import dev.slipway.cloud.wire.Call;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecrpublic.model.DeleteRepositoryPolicyRequest;
import software.amazon.awssdk.services.ecrpublic.model.DeleteRepositoryPolicyResponse;
import software.amazon.awssdk.services.ecrpublic.model.GetRepositoryPolicyRequest;
import software.amazon.awssdk.services.ecrpublic.model.GetRepositoryPolicyResponse;
import software.amazon.awssdk.services.ecrpublic.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ecrpublic.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ecrpublic.model.SetRepositoryPolicyRequest;
import software.amazon.awssdk.services.ecrpublic.model.SetRepositoryPolicyResponse;
import software.amazon.awssdk.services.ecrpublic.model.Tag;
import software.amazon.awssdk.services.ecrpublic.model.TagResourceRequest;
import software.amazon.awssdk.services.ecrpublic.model.TagResourceResponse;
import software.amazon.awssdk.services.ecrpublic.model.UntagResourceRequest;
import software.amazon.awssdk.services.ecrpublic.model.UntagResourceResponse;

/** The policies and tags of public repositories. */
final class PublicPolicies {
    private static final Pattern ARN =
            Pattern.compile("arn:aws:ecr-public::(?<account>[0-9]{12}):repository/(?<name>.+)");

    private final PublicRepositories repositories;
    private final PolicyPrincipals principals;

    PublicPolicies(PublicRepositories repositories, PolicyPrincipals principals) {
        this.repositories = repositories;
        this.principals = principals;
    }

    void addTo(PublicOperations on) {
        on.about(
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
                (row, request) -> GetRepositoryPolicyResponse.builder()
                        .registryId(row.account())
                        .repositoryName(row.name())
                        .policyText(text(row))
                        .build());
        on.about(
                "DeleteRepositoryPolicy",
                DeleteRepositoryPolicyRequest.class,
                DeleteRepositoryPolicyResponse.class,
                DeleteRepositoryPolicyRequest::registryId,
                DeleteRepositoryPolicyRequest::repositoryName,
                (row, request) -> delete(row));
        tagging(on);
    }

    private void tagging(PublicOperations on) {
        on.on(
                "TagResource",
                TagResourceRequest.class,
                TagResourceResponse.class,
                (call, request) -> List.of(
                        on.question(call, "TagResource", account(request.resourceArn()), name(request.resourceArn()))),
                this::tag);
        on.on(
                "UntagResource",
                UntagResourceRequest.class,
                UntagResourceResponse.class,
                (call, request) -> List.of(on.question(
                        call, "UntagResource", account(request.resourceArn()), name(request.resourceArn()))),
                this::untag);
        on.on(
                "ListTagsForResource",
                ListTagsForResourceRequest.class,
                ListTagsForResourceResponse.class,
                (call, request) -> List.of(on.question(
                        call, "ListTagsForResource", account(request.resourceArn()), name(request.resourceArn()))),
                (call, request) -> ListTagsForResourceResponse.builder()
                        .tags(
                                repositories
                                        .require(account(request.resourceArn()), name(request.resourceArn()))
                                        .tags()
                                        .entrySet()
                                        .stream()
                                        .sorted(Map.Entry.comparingByKey())
                                        .map(entry -> Tag.builder()
                                                .key(entry.getKey())
                                                .value(entry.getValue())
                                                .build())
                                        .toList())
                        .build());
    }

    private SetRepositoryPolicyResponse set(PublicRepositories.Row row, SetRepositoryPolicyRequest request) {
        PolicyPrincipals.Policy policy = principals.read(request.policyText(), "repository", "ecr-public:");
        repositories.change(row.account(), row.name(), current -> current.withPolicy(Optional.of(policy)));
        return SetRepositoryPolicyResponse.builder()
                .registryId(row.account())
                .repositoryName(row.name())
                .policyText(request.policyText())
                .build();
    }

    private DeleteRepositoryPolicyResponse delete(PublicRepositories.Row row) {
        String text = text(row);
        repositories.change(row.account(), row.name(), current -> current.withPolicy(Optional.empty()));
        return DeleteRepositoryPolicyResponse.builder()
                .registryId(row.account())
                .repositoryName(row.name())
                .policyText(text)
                .build();
    }

    private String text(PublicRepositories.Row row) {
        return repositories
                .policy(row)
                .orElseThrow(() -> Errors.policyNotFound(RepositoryId.of(row.account(), "", row.name())));
    }

    private TagResourceResponse tag(Call call, TagResourceRequest request) {
        repositories.change(account(request.resourceArn()), name(request.resourceArn()), row -> {
            Map<String, String> changed = new LinkedHashMap<>(row.tags());
            changed.putAll(tags(request.tags()));
            return row.withTags(RepositoryTags.checked(changed));
        });
        return TagResourceResponse.builder().build();
    }

    private UntagResourceResponse untag(Call call, UntagResourceRequest request) {
        repositories.change(account(request.resourceArn()), name(request.resourceArn()), row -> {
            Map<String, String> changed = new LinkedHashMap<>(row.tags());
            request.tagKeys().forEach(changed::remove);
            return row.withTags(changed);
        });
        return UntagResourceResponse.builder().build();
    }

    static Map<String, String> tags(List<Tag> tags) {
        Map<String, String> map = new LinkedHashMap<>();
        tags.forEach(tag -> map.put(String.valueOf(tag.key()), String.valueOf(tag.value())));
        return map;
    }

    private static String account(String arn) {
        return match(arn).group("account");
    }

    private static String name(String arn) {
        return match(arn).group("name");
    }

    private static Matcher match(String arn) {
        Matcher match = ARN.matcher(arn);
        if (!match.matches()) {
            throw Errors.invalidParameter("resourceArn", "must be the ARN of a public repository");
        }
        return match;
    }
}
