package dev.slipway.provider.aws;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleResponse;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.DeleteRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePermissionsBoundaryResponse;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.DeleteRoleRequest;
import software.amazon.awssdk.services.iam.model.DeleteRoleResponse;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.GetPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.GetRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.GetRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListRoleTagsRequest;
import software.amazon.awssdk.services.iam.model.ListRoleTagsResponse;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.awssdk.services.iam.model.PutRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.PutRolePermissionsBoundaryResponse;
import software.amazon.awssdk.services.iam.model.PutRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.PutRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.TagRoleRequest;
import software.amazon.awssdk.services.iam.model.TagRoleResponse;
import software.amazon.awssdk.services.iam.model.UntagRoleRequest;
import software.amazon.awssdk.services.iam.model.UntagRoleResponse;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyResponse;

/** Roles in memory, with IAM's percent-encoded documents. */
final class FakeIam implements IamClient {
    final Map<String, Stored> roles = new HashMap<>();
    final List<String> calls = new ArrayList<>();
    boolean refusesPolicies;
    private int made;

    static final class Stored {
        Role role;
        String trust;
        final Map<String, String> policies = new TreeMap<>();
        final Map<String, String> tags = new TreeMap<>();
        final Set<String> attached = new TreeSet<>();
    }

    /** Documents of managed policies, by ARN. */
    final Map<String, String> managed = new HashMap<>();

    @Override
    public CreateRoleResponse createRole(CreateRoleRequest request) {
        calls.add("CreateRole");
        if (roles.containsKey(request.roleName())) {
            throw EntityAlreadyExistsException.builder().message("exists").build();
        }
        var stored = new Stored();
        String path = request.path() == null ? "/" : request.path();
        stored.trust = request.assumeRolePolicyDocument();
        stored.role = Role.builder()
                .roleName(request.roleName())
                .path(path)
                .arn("arn:aws:iam::" + FakeAws.ACCOUNT + ":role" + path + request.roleName())
                .roleId("AROA" + ++made)
                .permissionsBoundary(boundary(request.permissionsBoundary()))
                .build();
        request.tags().forEach(tag -> stored.tags.put(tag.key(), tag.value()));
        roles.put(request.roleName(), stored);
        return CreateRoleResponse.builder().role(stored.role).build();
    }

    @Override
    public GetRoleResponse getRole(GetRoleRequest request) {
        Stored stored = stored(request.roleName());
        return GetRoleResponse.builder()
                .role(stored.role.toBuilder()
                        .assumeRolePolicyDocument(encoded(stored.trust))
                        .build())
                .build();
    }

    @Override
    public UpdateAssumeRolePolicyResponse updateAssumeRolePolicy(UpdateAssumeRolePolicyRequest request) {
        calls.add("UpdateAssumeRolePolicy");
        stored(request.roleName()).trust = request.policyDocument();
        return UpdateAssumeRolePolicyResponse.builder().build();
    }

    @Override
    public PutRolePolicyResponse putRolePolicy(PutRolePolicyRequest request) {
        calls.add("PutRolePolicy");
        if (refusesPolicies) {
            throw (IamException) IamException.builder()
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .errorCode("AccessDenied")
                            .errorMessage("not authorized to perform: iam:PutRolePolicy")
                            .build())
                    .build();
        }
        stored(request.roleName()).policies.put(request.policyName(), request.policyDocument());
        return PutRolePolicyResponse.builder().build();
    }

    @Override
    public GetRolePolicyResponse getRolePolicy(GetRolePolicyRequest request) {
        String policy = stored(request.roleName()).policies.get(request.policyName());
        if (policy == null) {
            throw NoSuchEntityException.builder().message("no policy").build();
        }
        return GetRolePolicyResponse.builder().policyDocument(encoded(policy)).build();
    }

    @Override
    public DeleteRolePolicyResponse deleteRolePolicy(DeleteRolePolicyRequest request) {
        calls.add("DeleteRolePolicy");
        if (stored(request.roleName()).policies.remove(request.policyName()) == null) {
            throw NoSuchEntityException.builder().message("no policy").build();
        }
        return DeleteRolePolicyResponse.builder().build();
    }

    @Override
    public DeleteRoleResponse deleteRole(DeleteRoleRequest request) {
        calls.add("DeleteRole");
        Stored going = stored(request.roleName());
        if (!going.policies.isEmpty() || !going.attached.isEmpty()) {
            throw DeleteConflictException.builder()
                    .message("Cannot delete entity, must delete policies first.")
                    .build();
        }
        roles.remove(request.roleName());
        return DeleteRoleResponse.builder().build();
    }

    @Override
    public ListRolePoliciesResponse listRolePolicies(ListRolePoliciesRequest request) {
        return ListRolePoliciesResponse.builder()
                .isTruncated(false)
                .policyNames(stored(request.roleName()).policies.keySet())
                .build();
    }

    @Override
    public ListAttachedRolePoliciesResponse listAttachedRolePolicies(ListAttachedRolePoliciesRequest request) {
        return ListAttachedRolePoliciesResponse.builder()
                .isTruncated(false)
                .attachedPolicies(stored(request.roleName()).attached.stream()
                        .map(arn -> AttachedPolicy.builder().policyArn(arn).build())
                        .toList())
                .build();
    }

    @Override
    public AttachRolePolicyResponse attachRolePolicy(AttachRolePolicyRequest request) {
        calls.add("AttachRolePolicy");
        stored(request.roleName()).attached.add(request.policyArn());
        return AttachRolePolicyResponse.builder().build();
    }

    @Override
    public DetachRolePolicyResponse detachRolePolicy(DetachRolePolicyRequest request) {
        calls.add("DetachRolePolicy");
        stored(request.roleName()).attached.remove(request.policyArn());
        return DetachRolePolicyResponse.builder().build();
    }

    @Override
    public GetPolicyResponse getPolicy(GetPolicyRequest request) {
        return GetPolicyResponse.builder()
                .policy(Policy.builder().defaultVersionId("v1").build())
                .build();
    }

    @Override
    public GetPolicyVersionResponse getPolicyVersion(GetPolicyVersionRequest request) {
        return GetPolicyVersionResponse.builder()
                .policyVersion(PolicyVersion.builder()
                        .document(encoded(managed.get(request.policyArn())))
                        .build())
                .build();
    }

    @Override
    public PutRolePermissionsBoundaryResponse putRolePermissionsBoundary(PutRolePermissionsBoundaryRequest request) {
        calls.add("PutRolePermissionsBoundary");
        Stored stored = stored(request.roleName());
        stored.role = stored.role.toBuilder()
                .permissionsBoundary(boundary(request.permissionsBoundary()))
                .build();
        return PutRolePermissionsBoundaryResponse.builder().build();
    }

    @Override
    public DeleteRolePermissionsBoundaryResponse deleteRolePermissionsBoundary(
            DeleteRolePermissionsBoundaryRequest request) {
        calls.add("DeleteRolePermissionsBoundary");
        Stored stored = stored(request.roleName());
        stored.role = stored.role.toBuilder()
                .permissionsBoundary((AttachedPermissionsBoundary) null)
                .build();
        return DeleteRolePermissionsBoundaryResponse.builder().build();
    }

    private static AttachedPermissionsBoundary boundary(String arn) {
        return arn == null
                ? null
                : AttachedPermissionsBoundary.builder()
                        .permissionsBoundaryArn(arn)
                        .build();
    }

    @Override
    public ListRoleTagsResponse listRoleTags(ListRoleTagsRequest request) {
        return ListRoleTagsResponse.builder()
                .isTruncated(false)
                .tags(stored(request.roleName()).tags.entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList())
                .build();
    }

    @Override
    public TagRoleResponse tagRole(TagRoleRequest request) {
        calls.add("TagRole");
        request.tags().forEach(tag -> stored(request.roleName()).tags.put(tag.key(), tag.value()));
        return TagRoleResponse.builder().build();
    }

    @Override
    public UntagRoleResponse untagRole(UntagRoleRequest request) {
        calls.add("UntagRole");
        stored(request.roleName()).tags.keySet().removeAll(request.tagKeys());
        return UntagRoleResponse.builder().build();
    }

    private Stored stored(String name) {
        Stored stored = roles.get(name);
        if (stored == null) {
            throw NoSuchEntityException.builder().message("no role " + name).build();
        }
        return stored;
    }

    private static String encoded(String document) {
        return URLEncoder.encode(document, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String serviceName() {
        return "iam";
    }

    @Override
    public void close() {}
}
