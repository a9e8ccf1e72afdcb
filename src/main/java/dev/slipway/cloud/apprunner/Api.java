package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.wire.AwsService;
import dev.slipway.cloud.wire.Protocol;
import java.util.List;
import java.util.function.BiConsumer;
import software.amazon.awssdk.services.apprunner.model.CreateAutoScalingConfigurationRequest;
import software.amazon.awssdk.services.apprunner.model.CreateAutoScalingConfigurationResponse;
import software.amazon.awssdk.services.apprunner.model.CreateServiceRequest;
import software.amazon.awssdk.services.apprunner.model.CreateServiceResponse;
import software.amazon.awssdk.services.apprunner.model.DeleteAutoScalingConfigurationRequest;
import software.amazon.awssdk.services.apprunner.model.DeleteAutoScalingConfigurationResponse;
import software.amazon.awssdk.services.apprunner.model.DeleteServiceRequest;
import software.amazon.awssdk.services.apprunner.model.DeleteServiceResponse;
import software.amazon.awssdk.services.apprunner.model.DescribeAutoScalingConfigurationRequest;
import software.amazon.awssdk.services.apprunner.model.DescribeAutoScalingConfigurationResponse;
import software.amazon.awssdk.services.apprunner.model.DescribeServiceRequest;
import software.amazon.awssdk.services.apprunner.model.DescribeServiceResponse;
import software.amazon.awssdk.services.apprunner.model.ListAutoScalingConfigurationsRequest;
import software.amazon.awssdk.services.apprunner.model.ListAutoScalingConfigurationsResponse;
import software.amazon.awssdk.services.apprunner.model.ListOperationsRequest;
import software.amazon.awssdk.services.apprunner.model.ListOperationsResponse;
import software.amazon.awssdk.services.apprunner.model.ListServicesForAutoScalingConfigurationRequest;
import software.amazon.awssdk.services.apprunner.model.ListServicesForAutoScalingConfigurationResponse;
import software.amazon.awssdk.services.apprunner.model.ListServicesRequest;
import software.amazon.awssdk.services.apprunner.model.ListServicesResponse;
import software.amazon.awssdk.services.apprunner.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.apprunner.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.apprunner.model.PauseServiceRequest;
import software.amazon.awssdk.services.apprunner.model.PauseServiceResponse;
import software.amazon.awssdk.services.apprunner.model.ResumeServiceRequest;
import software.amazon.awssdk.services.apprunner.model.ResumeServiceResponse;
import software.amazon.awssdk.services.apprunner.model.StartDeploymentRequest;
import software.amazon.awssdk.services.apprunner.model.StartDeploymentResponse;
import software.amazon.awssdk.services.apprunner.model.TagResourceRequest;
import software.amazon.awssdk.services.apprunner.model.TagResourceResponse;
import software.amazon.awssdk.services.apprunner.model.UntagResourceRequest;
import software.amazon.awssdk.services.apprunner.model.UntagResourceResponse;
import software.amazon.awssdk.services.apprunner.model.UpdateDefaultAutoScalingConfigurationRequest;
import software.amazon.awssdk.services.apprunner.model.UpdateDefaultAutoScalingConfigurationResponse;
import software.amazon.awssdk.services.apprunner.model.UpdateServiceRequest;
import software.amazon.awssdk.services.apprunner.model.UpdateServiceResponse;

/** App Runner on the wire: each operation with what it asks the authorizer and who answers it. */
final class Api {
    private final Permissions may;

    Api(Permissions may) {
        this.may = may;
    }

    AwsService service(
            ServiceApi services,
            ScalingApi scaling,
            TagApi tags,
            List<BiConsumer<AwsService.Builder, Permissions>> others) {
        AwsService.Builder api = AwsService.json(
                        Protocol.JSON_1_0, "apprunner", "AppRunner", "software.amazon.awssdk.services.apprunner.model")
                .onlyIn(Offered::regions);
        addServices(api, services);
        addScaling(api, scaling);
        addTags(api, tags);
        others.forEach(other -> other.accept(api, may));
        return api.build();
    }

    private void addServices(AwsService.Builder api, ServiceApi services) {
        api.on(
                "CreateService",
                CreateServiceRequest.class,
                CreateServiceResponse.class,
                may::createService,
                services::create);
        api.on(
                "DescribeService",
                DescribeServiceRequest.class,
                DescribeServiceResponse.class,
                (call, in) -> may.on(call, "DescribeService", in.serviceArn()),
                services::describe);
        api.on(
                "UpdateService",
                UpdateServiceRequest.class,
                UpdateServiceResponse.class,
                may::updateService,
                services::update);
        api.on(
                "DeleteService",
                DeleteServiceRequest.class,
                DeleteServiceResponse.class,
                (call, in) -> may.on(call, "DeleteService", in.serviceArn()),
                services::delete);
        api.on(
                "PauseService",
                PauseServiceRequest.class,
                PauseServiceResponse.class,
                (call, in) -> may.on(call, "PauseService", in.serviceArn()),
                services::pause);
        api.on(
                "ResumeService",
                ResumeServiceRequest.class,
                ResumeServiceResponse.class,
                (call, in) -> may.on(call, "ResumeService", in.serviceArn()),
                services::resume);
        api.on(
                "StartDeployment",
                StartDeploymentRequest.class,
                StartDeploymentResponse.class,
                (call, in) -> may.on(call, "StartDeployment", in.serviceArn()),
                services::startDeployment);
        api.on(
                "ListServices",
                ListServicesRequest.class,
                ListServicesResponse.class,
                (call, in) -> may.on(call, "ListServices", null),
                services::list);
        api.on(
                "ListOperations",
                ListOperationsRequest.class,
                ListOperationsResponse.class,
                (call, in) -> may.on(call, "ListOperations", in.serviceArn()),
                services::listOperations);
    }

    private void addScaling(AwsService.Builder api, ScalingApi scaling) {
        api.on(
                "CreateAutoScalingConfiguration",
                CreateAutoScalingConfigurationRequest.class,
                CreateAutoScalingConfigurationResponse.class,
                (call, in) -> may.create(
                        call,
                        "CreateAutoScalingConfiguration",
                        "autoscalingconfiguration",
                        in.autoScalingConfigurationName(),
                        in.tags()),
                scaling::create);
        api.on(
                "DescribeAutoScalingConfiguration",
                DescribeAutoScalingConfigurationRequest.class,
                DescribeAutoScalingConfigurationResponse.class,
                (call, in) -> may.on(call, "DescribeAutoScalingConfiguration", in.autoScalingConfigurationArn()),
                scaling::describe);
        api.on(
                "DeleteAutoScalingConfiguration",
                DeleteAutoScalingConfigurationRequest.class,
                DeleteAutoScalingConfigurationResponse.class,
                (call, in) -> may.on(call, "DeleteAutoScalingConfiguration", in.autoScalingConfigurationArn()),
                scaling::delete);
        api.on(
                "ListAutoScalingConfigurations",
                ListAutoScalingConfigurationsRequest.class,
                ListAutoScalingConfigurationsResponse.class,
                (call, in) -> may.on(call, "ListAutoScalingConfigurations", null),
                scaling::list);
        api.on(
                "ListServicesForAutoScalingConfiguration",
                ListServicesForAutoScalingConfigurationRequest.class,
                ListServicesForAutoScalingConfigurationResponse.class,
                (call, in) -> may.on(call, "ListServicesForAutoScalingConfiguration", in.autoScalingConfigurationArn()),
                scaling::listServices);
        api.on(
                "UpdateDefaultAutoScalingConfiguration",
                UpdateDefaultAutoScalingConfigurationRequest.class,
                UpdateDefaultAutoScalingConfigurationResponse.class,
                (call, in) -> may.on(call, "UpdateDefaultAutoScalingConfiguration", in.autoScalingConfigurationArn()),
                scaling::makeDefault);
    }

    private void addTags(AwsService.Builder api, TagApi tags) {
        api.on(
                "TagResource",
                TagResourceRequest.class,
                TagResourceResponse.class,
                (call, in) -> may.tag(call, in.resourceArn(), in.tags()),
                tags::tag);
        api.on(
                "UntagResource",
                UntagResourceRequest.class,
                UntagResourceResponse.class,
                (call, in) -> may.untag(call, in.resourceArn(), in.tagKeys()),
                tags::untag);
        api.on(
                "ListTagsForResource",
                ListTagsForResourceRequest.class,
                ListTagsForResourceResponse.class,
                (call, in) -> may.on(call, "ListTagsForResource", in.resourceArn()),
                tags::list);
    }
}
