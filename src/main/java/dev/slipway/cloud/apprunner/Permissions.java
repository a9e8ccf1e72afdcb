package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.wire.Authorizer.Question;
import dev.slipway.cloud.wire.Call;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apprunner.model.CreateServiceRequest;
import software.amazon.awssdk.services.apprunner.model.CreateVpcIngressConnectionRequest;
import software.amazon.awssdk.services.apprunner.model.InstanceConfiguration;
import software.amazon.awssdk.services.apprunner.model.NetworkConfiguration;
import software.amazon.awssdk.services.apprunner.model.ServiceObservabilityConfiguration;
import software.amazon.awssdk.services.apprunner.model.SourceConfiguration;
import software.amazon.awssdk.services.apprunner.model.Tag;
import software.amazon.awssdk.services.apprunner.model.UpdateServiceRequest;

/** What the caller of an operation must be allowed. */
final class Permissions {
    /** App Runner itself, as roles are passed to it and as the owner of its service-linked role. */
    static final String APP_RUNNER = "apprunner.amazonaws.com";

    /** The owner of the service-linked role for connections into a VPC. */
    static final String NETWORKING = "networking.apprunner.amazonaws.com";

    private static final Map<String, List<String>> PASSED_TO_APP_RUNNER =
            Map.of("iam:PassedToService", List.of(APP_RUNNER));

    private final Collection<Tagged> tagged;
    private final RoleAssumer roles;

    /** @param tagged what may have tags, about which policies may ask */
    Permissions(Collection<Tagged> tagged, RoleAssumer roles) {
        this.tagged = List.copyOf(tagged);
        this.roles = roles;
    }

    /** The operation on what has the ARN; null: on no thing in particular. */
    List<Question> on(Call call, String operation, @Nullable String arn) {
        return on(call, operation, arn, Map.of());
    }

    /** The operation with condition keys that follow from the request. */
    List<Question> on(Call call, String operation, @Nullable String arn, Map<String, List<String>> keys) {
        Map<String, List<String>> context = new HashMap<>(keys);
        if (arn != null) {
            tagged.stream()
                    .flatMap(kind -> kind.tags(call, arn).stream())
                    .forEach(tags ->
                            tags.forEach((key, value) -> context.put("aws:ResourceTag/" + key, List.of(value))));
        }
        return List.of(new Question(
                call.caller(), "apprunner:" + operation, arn == null ? "*" : arn, Optional.empty(), context));
    }

    /** The operation on something that is yet to get its id. */
    List<Question> create(Call call, String operation, String kind, @Nullable String name, List<Tag> tags) {
        return create(call, operation, kind, name, tags(tags));
    }

    private List<Question> create(
            Call call, String operation, String kind, @Nullable String name, Map<String, List<String>> keys) {
        String arn = "arn:aws:apprunner:" + call.region() + ":" + call.account() + ":" + kind + "/" + name + "/*";
        return List.of(new Question(call.caller(), "apprunner:" + operation, arn, Optional.empty(), keys));
    }

    List<Question> createService(Call call, CreateServiceRequest request) {
        Map<String, List<String>> keys = new HashMap<>(tags(request.tags()));
        keys.putAll(named(
                request.sourceConfiguration(),
                request.autoScalingConfigurationArn(),
                request.networkConfiguration(),
                request.observabilityConfiguration()));
        return withLinkedRole(
                call,
                APP_RUNNER,
                withRoles(
                        call,
                        create(call, "CreateService", "service", request.serviceName(), keys),
                        request.sourceConfiguration(),
                        request.instanceConfiguration()));
    }

    /** The operation, and making the service-linked role that the first such operation in an account makes. */
    List<Question> withLinkedRole(Call call, String service, List<Question> operation) {
        List<Question> questions = new ArrayList<>(operation);
        roles.missingLinkedRole(call.account(), service)
                .map(arn -> new Question(
                        call.caller(),
                        "iam:CreateServiceLinkedRole",
                        arn,
                        Optional.empty(),
                        Map.of("iam:AWSServiceName", List.of(service))))
                .ifPresent(questions::add);
        return questions;
    }

    List<Question> updateService(Call call, UpdateServiceRequest request) {
        Map<String, List<String>> keys = named(
                request.sourceConfiguration(),
                request.autoScalingConfigurationArn(),
                request.networkConfiguration(),
                request.observabilityConfiguration());
        return withRoles(
                call,
                on(call, "UpdateService", request.serviceArn(), keys),
                request.sourceConfiguration(),
                request.instanceConfiguration());
    }

    List<Question> createIngress(Call call, CreateVpcIngressConnectionRequest request) {
        Map<String, List<String>> keys = new HashMap<>(tags(request.tags()));
        put(keys, "apprunner:ServiceArn", request.serviceArn());
        if (request.ingressVpcConfiguration() != null) {
            put(keys, "apprunner:VpcId", request.ingressVpcConfiguration().vpcId());
            put(
                    keys,
                    "apprunner:VpcEndpointId",
                    request.ingressVpcConfiguration().vpcEndpointId());
        }
        return create(
                call, "CreateVpcIngressConnection", "vpcingressconnection", request.vpcIngressConnectionName(), keys);
    }

    List<Question> tag(Call call, String arn, List<Tag> tags) {
        return on(call, "TagResource", arn, tags(tags));
    }

    List<Question> untag(Call call, String arn, List<String> keys) {
        return on(call, "UntagResource", arn, keys.isEmpty() ? Map.of() : Map.of("aws:TagKeys", keys));
    }

    /** What else the request names, each under its own condition key. */
    private static Map<String, List<String>> named(
            @Nullable SourceConfiguration source,
            @Nullable String scaling,
            @Nullable NetworkConfiguration network,
            @Nullable ServiceObservabilityConfiguration observability) {
        Map<String, List<String>> keys = new HashMap<>();
        put(keys, "apprunner:AutoScalingConfigurationArn", scaling);
        if (source != null && source.authenticationConfiguration() != null) {
            put(
                    keys,
                    "apprunner:ConnectionArn",
                    source.authenticationConfiguration().connectionArn());
        }
        if (network != null && network.egressConfiguration() != null) {
            put(keys, "apprunner:VpcConnectorArn", network.egressConfiguration().vpcConnectorArn());
        }
        if (observability != null) {
            put(keys, "apprunner:ObservabilityConfigurationArn", observability.observabilityConfigurationArn());
        }
        return keys;
    }

    private static void put(Map<String, List<String>> keys, String key, @Nullable String value) {
        if (value != null) {
            keys.put(key, List.of(value));
        }
    }

    private static Map<String, List<String>> tags(List<Tag> tags) {
        Map<String, List<String>> keys = new HashMap<>();
        Tags.map(tags).forEach((key, value) -> keys.put("aws:RequestTag/" + key, List.of(value)));
        if (!keys.isEmpty()) {
            keys.put("aws:TagKeys", List.copyOf(Tags.map(tags).keySet()));
        }
        return keys;
    }

    /** The operation, and handing over the roles that the request names. */
    private static List<Question> withRoles(
            Call call,
            List<Question> operation,
            @Nullable SourceConfiguration source,
            @Nullable InstanceConfiguration instance) {
        List<Question> questions = new ArrayList<>(operation);
        if (source != null && source.authenticationConfiguration() != null) {
            passRole(call, source.authenticationConfiguration().accessRoleArn()).ifPresent(questions::add);
        }
        if (instance != null) {
            passRole(call, instance.instanceRoleArn()).ifPresent(questions::add);
        }
        return questions;
    }

    private static Optional<Question> passRole(Call call, @Nullable String role) {
        return Optional.ofNullable(role)
                .map(arn -> new Question(call.caller(), "iam:PassRole", arn, Optional.empty(), PASSED_TO_APP_RUNNER));
    }
}
