package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.wire.AwsService;
import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Page;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apprunner.model.CreateVpcIngressConnectionRequest;
import software.amazon.awssdk.services.apprunner.model.CreateVpcIngressConnectionResponse;
import software.amazon.awssdk.services.apprunner.model.DeleteVpcIngressConnectionRequest;
import software.amazon.awssdk.services.apprunner.model.DeleteVpcIngressConnectionResponse;
import software.amazon.awssdk.services.apprunner.model.DescribeVpcIngressConnectionRequest;
import software.amazon.awssdk.services.apprunner.model.DescribeVpcIngressConnectionResponse;
import software.amazon.awssdk.services.apprunner.model.IngressVpcConfiguration;
import software.amazon.awssdk.services.apprunner.model.ListVpcIngressConnectionsRequest;
import software.amazon.awssdk.services.apprunner.model.ListVpcIngressConnectionsResponse;
import software.amazon.awssdk.services.apprunner.model.UpdateVpcIngressConnectionRequest;
import software.amazon.awssdk.services.apprunner.model.UpdateVpcIngressConnectionResponse;
import software.amazon.awssdk.services.apprunner.model.VpcIngressConnection;
import software.amazon.awssdk.services.apprunner.model.VpcIngressConnectionSummary;

/** The operations on VPC ingress connections, by which private services are reached. */
final class IngressApi {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9\\-_]{3,39}");
    private static final int PAGE = 100;

    private final Resources<IngressRecord> connections;
    private final Services services;
    private final Ids ids;

    IngressApi(Resources<IngressRecord> connections, Services services, Ids ids) {
        this.connections = connections;
        this.services = services;
        this.ids = ids;
    }

    void register(AwsService.Builder api, Permissions may) {
        api.on(
                "CreateVpcIngressConnection",
                CreateVpcIngressConnectionRequest.class,
                CreateVpcIngressConnectionResponse.class,
                (call, in) -> may.createIngress(call, in),
                this::create);
        api.on(
                "DescribeVpcIngressConnection",
                DescribeVpcIngressConnectionRequest.class,
                DescribeVpcIngressConnectionResponse.class,
                (call, in) -> may.on(call, "DescribeVpcIngressConnection", in.vpcIngressConnectionArn()),
                this::describe);
        api.on(
                "UpdateVpcIngressConnection",
                UpdateVpcIngressConnectionRequest.class,
                UpdateVpcIngressConnectionResponse.class,
                (call, in) -> may.on(call, "UpdateVpcIngressConnection", in.vpcIngressConnectionArn()),
                this::update);
        api.on(
                "DeleteVpcIngressConnection",
                DeleteVpcIngressConnectionRequest.class,
                DeleteVpcIngressConnectionResponse.class,
                (call, in) -> may.on(call, "DeleteVpcIngressConnection", in.vpcIngressConnectionArn()),
                this::delete);
        api.on(
                "ListVpcIngressConnections",
                ListVpcIngressConnectionsRequest.class,
                ListVpcIngressConnectionsResponse.class,
                (call, in) -> may.on(call, "ListVpcIngressConnections", null),
                this::list);
    }

    private synchronized CreateVpcIngressConnectionResponse create(
            Call call, CreateVpcIngressConnectionRequest request) {
        var problems = new Problems();
        problems.matches("vpcIngressConnectionName", request.vpcIngressConnectionName(), NAME);
        checkIds(request.ingressVpcConfiguration(), problems);
        Tags.check(request.tags(), problems);
        problems.throwIfAny();
        ServiceRecord service = services.find(call, request.serviceArn())
                .filter(found -> found.status() != ServiceStatus.DELETED)
                .orElseThrow(() -> Errors.invalid("Service with ARN " + request.serviceArn() + " does not exist"));
        if (!service.configuration().privateIngress()) {
            throw Errors.invalid("The service " + service.name() + " is publicly accessible; a VPC ingress connection"
                    + " needs one whose IsPubliclyAccessible is false");
        }
        if (services.shown(service) == ServiceStatus.OPERATION_IN_PROGRESS) {
            throw Errors.state("The service " + service.name() + " is in the state OPERATION_IN_PROGRESS; try again"
                    + " when its operation is over");
        }
        List<IngressRecord> others = connections.all(call.account(), call.region());
        if (others.stream().anyMatch(each -> each.name().equals(request.vpcIngressConnectionName()))) {
            throw Errors.invalid("VPC ingress connection with the provided name already exists: "
                    + request.vpcIngressConnectionName());
        }
        if (others.stream().anyMatch(each -> each.serviceArn().equals(service.arn()))) {
            throw Errors.quota(
                    "The service " + service.name() + " has a VPC ingress connection already, which is the limit");
        }
        var record = new IngressRecord(
                call.account(),
                call.region(),
                request.vpcIngressConnectionName(),
                ids.hex(),
                service.arn(),
                request.ingressVpcConfiguration().vpcId(),
                request.ingressVpcConfiguration().vpcEndpointId(),
                ids.subdomain(),
                call.now().toEpochMilli(),
                Tags.map(request.tags()));
        connections.put(record);
        services.reroute(service.arn());
        return CreateVpcIngressConnectionResponse.builder()
                .vpcIngressConnection(shape(record, "AVAILABLE"))
                .build();
    }

    private static void checkIds(IngressVpcConfiguration vpc, Problems problems) {
        boolean form = vpc != null
                && String.valueOf(vpc.vpcId()).matches("vpc-[0-9a-z-]{1,60}")
                && String.valueOf(vpc.vpcEndpointId()).matches("vpce-[0-9a-z-]{1,60}");
        if (!form) {
            problems.add("IngressVpcConfiguration needs a VpcId of the form vpc-… and a VpcEndpointId of the form"
                    + " vpce-…");
        }
    }

    private IngressRecord require(Call call, String arn) {
        return connections
                .find(call, arn)
                .orElseThrow(() -> Errors.notFound("VpcIngressConnection with ARN " + arn + " does not exist"));
    }

    private DescribeVpcIngressConnectionResponse describe(Call call, DescribeVpcIngressConnectionRequest request) {
        return DescribeVpcIngressConnectionResponse.builder()
                .vpcIngressConnection(shape(require(call, request.vpcIngressConnectionArn()), "AVAILABLE"))
                .build();
    }

    private synchronized UpdateVpcIngressConnectionResponse update(
            Call call, UpdateVpcIngressConnectionRequest request) {
        IngressRecord record = require(call, request.vpcIngressConnectionArn());
        var problems = new Problems();
        IngressVpcConfiguration wanted = IngressVpcConfiguration.builder()
                .vpcId(or(request.ingressVpcConfiguration().vpcId(), record.vpcId()))
                .vpcEndpointId(or(request.ingressVpcConfiguration().vpcEndpointId(), record.endpointId()))
                .build();
        checkIds(wanted, problems);
        problems.throwIfAny();
        IngressRecord changed = record.with(wanted.vpcId(), wanted.vpcEndpointId());
        connections.put(changed);
        return UpdateVpcIngressConnectionResponse.builder()
                .vpcIngressConnection(shape(changed, "AVAILABLE"))
                .build();
    }

    private static String or(@Nullable String wanted, String current) {
        return wanted == null ? current : wanted;
    }

    private synchronized DeleteVpcIngressConnectionResponse delete(
            Call call, DeleteVpcIngressConnectionRequest request) {
        IngressRecord record = require(call, request.vpcIngressConnectionArn());
        connections.remove(record);
        services.reroute(record.serviceArn());
        return DeleteVpcIngressConnectionResponse.builder()
                .vpcIngressConnection(shape(record, "DELETED"))
                .build();
    }

    private ListVpcIngressConnectionsResponse list(Call call, ListVpcIngressConnectionsRequest request) {
        @Nullable
        String service = request.filter() == null ? null : request.filter().serviceArn();
        @Nullable
        String endpoint = request.filter() == null ? null : request.filter().vpcEndpointId();
        List<IngressRecord> all = connections.all(call.account(), call.region()).stream()
                .filter(each -> service == null || each.serviceArn().equals(service))
                .filter(each -> endpoint == null || each.endpointId().equals(endpoint))
                .toList();
        Page<IngressRecord> page = Pages.of(all, IngressRecord::arn, request.maxResults(), PAGE, request.nextToken());
        return ListVpcIngressConnectionsResponse.builder()
                .vpcIngressConnectionSummaryList(page.items().stream()
                        .map(each -> VpcIngressConnectionSummary.builder()
                                .vpcIngressConnectionArn(each.arn())
                                .serviceArn(each.serviceArn())
                                .build())
                        .toList())
                .nextToken(page.next())
                .build();
    }

    private static VpcIngressConnection shape(IngressRecord record, String status) {
        return VpcIngressConnection.builder()
                .vpcIngressConnectionArn(record.arn())
                .vpcIngressConnectionName(record.name())
                .serviceArn(record.serviceArn())
                .status(status)
                .accountId(record.account())
                .domainName(record.domain())
                .ingressVpcConfiguration(IngressVpcConfiguration.builder()
                        .vpcId(record.vpcId())
                        .vpcEndpointId(record.endpointId())
                        .build())
                .createdAt(Instant.ofEpochMilli(record.createdAt()))
                .build();
    }
}
