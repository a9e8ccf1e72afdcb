package dev.slipway.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A request with its policies, for both simulators. */
record AgreementRequest(
        AccessRequest request,
        List<ObjectNode> identity,
        @Nullable ObjectNode boundary,
        @Nullable ObjectNode session,
        @Nullable ObjectNode resource) {
    private static final ObjectMapper JSON = new ObjectMapper();

    boolean assumes() {
        return request.action().equals("sts:AssumeRole");
    }

    Decision decide() {
        List<NamedPolicy> own = new ArrayList<>();
        identity.forEach(policy -> own.add(new NamedPolicy(
                "identity-" + own.size(),
                PolicyDocument.parse(policy.toString()).requireIdentityPolicy())));
        Policies policies = Policies.identity(own);
        if (boundary != null) {
            policies = policies.withBoundary(new NamedPolicy("boundary", PolicyDocument.parse(boundary.toString())));
        }
        if (session != null) {
            policies = policies.withSession(new NamedPolicy("session", PolicyDocument.parse(session.toString())));
        }
        if (resource != null) {
            NamedPolicy policy = new NamedPolicy("resource", PolicyDocument.parse(resource.toString()));
            policies = assumes() ? policies.withTrust(policy) : policies.withResource(policy);
        }
        return Evaluator.evaluate(request, policies);
    }

    /** The same for iam-simulate, one line. */
    String forSimulate() {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode asked = root.putObject("request");
        asked.put("principal", request.principal().arn());
        asked.put("action", request.action());
        asked.putObject("resource").put("resource", request.resource()).put("accountId", request.resourceAccount());
        ObjectNode keys = asked.putObject("contextVariables");
        request.context().forEach((key, values) -> put(keys, key, values));
        request.principal().contextKeys().forEach((key, values) -> put(keys, key, values));
        ArrayNode own = root.putArray("identityPolicies");
        identity.forEach(
                policy -> own.addObject().put("name", "identity-" + own.size()).set("policy", policy));
        root.putArray("serviceControlPolicies");
        root.putArray("resourceControlPolicies");
        if (boundary != null) {
            root.putArray("permissionBoundaryPolicies")
                    .addObject()
                    .put("name", "boundary")
                    .set("policy", boundary);
        }
        if (session != null) {
            root.set("sessionPolicy", session);
        }
        if (resource != null) {
            root.set("resourcePolicy", resource);
        }
        try {
            return JSON.writeValueAsString(root);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The same request with every policy changed; this one stays as it is. */
    AgreementRequest rewritten(Consumer<ObjectNode> change) {
        return new AgreementRequest(
                request,
                identity.stream().map(policy -> changed(policy, change)).toList(),
                boundary == null ? null : changed(boundary, change),
                session == null ? null : changed(session, change),
                resource == null ? null : changed(resource, change));
    }

    private static ObjectNode changed(ObjectNode policy, Consumer<ObjectNode> change) {
        ObjectNode copy = policy.deepCopy();
        change.accept(copy);
        return copy;
    }

    private static void put(ObjectNode keys, String key, List<String> values) {
        boolean many = key.equals("aws:TagKeys") || key.equals("aws:CalledVia") || key.equals("aws:PrincipalOrgPaths");
        if (many) {
            ArrayNode list = keys.putArray(key);
            values.forEach(list::add);
        } else {
            keys.put(key, values.get(0));
        }
    }
}
