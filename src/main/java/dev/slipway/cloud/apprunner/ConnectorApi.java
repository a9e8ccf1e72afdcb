package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.wire.AwsService;
import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Page;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.apprunner.model.CreateVpcConnectorRequest;
import software.amazon.awssdk.services.apprunner.model.CreateVpcConnectorResponse;
import software.amazon.awssdk.services.apprunner.model.DeleteVpcConnectorRequest;
import software.amazon.awssdk.services.apprunner.model.DeleteVpcConnectorResponse;
import software.amazon.awssdk.services.apprunner.model.DescribeVpcConnectorRequest;
import software.amazon.awssdk.services.apprunner.model.DescribeVpcConnectorResponse;
import software.amazon.awssdk.services.apprunner.model.ListVpcConnectorsRequest;
import software.amazon.awssdk.services.apprunner.model.ListVpcConnectorsResponse;
import software.amazon.awssdk.services.apprunner.model.VpcConnector;

/** The operations on VPC connectors. */
final class ConnectorApi {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9\\-_]{3,39}");
    private static final int QUOTA = 10;
    private static final int PAGE = 100;
    private static final int MOST_IN_A_LIST = 100;

    private final Resources<ConnectorRecord> connectors;
    private final Services services;
    private final Ids ids;
    private final RoleAssumer roles;

    ConnectorApi(Resources<ConnectorRecord> connectors, Services services, Ids ids, RoleAssumer roles) {
        this.connectors = connectors;
        this.services = services;
        this.ids = ids;
        this.roles = roles;
    }

    void register(AwsService.Builder api, Permissions may) {
        api.on(
                "CreateVpcConnector",
                CreateVpcConnectorRequest.class,
                CreateVpcConnectorResponse.class,
                (call, in) -> may.withLinkedRole(
                        call,
                        Permissions.NETWORKING,
                        may.create(call, "CreateVpcConnector", "vpcconnector", in.vpcConnectorName(), in.tags())),
                this::create);
        api.on(
                "DescribeVpcConnector",
                DescribeVpcConnectorRequest.class,
                DescribeVpcConnectorResponse.class,
                (call, in) -> may.on(call, "DescribeVpcConnector", in.vpcConnectorArn()),
                this::describe);
        api.on(
                "DeleteVpcConnector",
                DeleteVpcConnectorRequest.class,
                DeleteVpcConnectorResponse.class,
                (call, in) -> may.on(call, "DeleteVpcConnector", in.vpcConnectorArn()),
                this::delete);
        api.on(
                "ListVpcConnectors",
                ListVpcConnectorsRequest.class,
                ListVpcConnectorsResponse.class,
                (call, in) -> may.on(call, "ListVpcConnectors", null),
                this::list);
    }

    private synchronized CreateVpcConnectorResponse create(Call call, CreateVpcConnectorRequest request) {
        var problems = new Problems();
        problems.matches("vpcConnectorName", request.vpcConnectorName(), NAME);
        if (request.subnets().isEmpty()) {
            problems.add("A VPC connector needs at least one subnet");
        }
        checkIds("subnets", "subnet-", request.subnets(), problems);
        checkIds("securityGroups", "sg-", request.securityGroups(), problems);
        Tags.check(request.tags(), problems);
        problems.throwIfAny();
        List<ConnectorRecord> others = active(call);
        if (others.stream().anyMatch(each -> each.name().equals(request.vpcConnectorName()))) {
            throw Errors.invalid("VPC connector with the provided name already exists: " + request.vpcConnectorName());
        }
        if (others.size() >= QUOTA) {
            throw Errors.quota("You have " + QUOTA + " VPC connectors in " + call.region()
                    + ", which is the limit; delete one that you don't need");
        }
        roles.makeLinkedRole(call.account(), Permissions.NETWORKING);
        var record = new ConnectorRecord(
                call.account(),
                call.region(),
                request.vpcConnectorName(),
                ids.hex(),
                request.subnets(),
                request.securityGroups(),
                call.now().toEpochMilli(),
                null,
                Tags.map(request.tags()));
        connectors.put(record);
        return CreateVpcConnectorResponse.builder().vpcConnector(shape(record)).build();
    }

    private static void checkIds(String at, String prefix, List<String> given, Problems problems) {
        boolean form = given.stream().allMatch(each -> each != null && each.matches(prefix + "[0-9a-z-]{1,60}"));
        if (!form || given.size() > MOST_IN_A_LIST) {
            problems.add("Each of the " + at + " must have the form " + prefix + "… , and there may be at most "
                    + MOST_IN_A_LIST);
        }
    }

    private List<ConnectorRecord> active(Call call) {
        return connectors.all(call.account(), call.region()).stream()
                .filter(ConnectorRecord::active)
                .toList();
    }

    private ConnectorRecord require(Call call, String arn) {
        return connectors
                .find(call, arn)
                .orElseThrow(() -> Errors.notFound("VPC connector with ARN " + arn + " does not exist"));
    }

    private DescribeVpcConnectorResponse describe(Call call, DescribeVpcConnectorRequest request) {
        return DescribeVpcConnectorResponse.builder()
                .vpcConnector(shape(require(call, request.vpcConnectorArn())))
                .build();
    }

    private synchronized DeleteVpcConnectorResponse delete(Call call, DeleteVpcConnectorRequest request) {
        ConnectorRecord record = require(call, request.vpcConnectorArn());
        if (!record.active()) {
            throw Errors.notFound("VPC connector with ARN " + record.arn() + " has been deleted");
        }
        if (services.uses(configuration -> record.arn().equals(configuration.vpcConnectorArn()))) {
            throw Errors.invalid("Provided VPC connector arn is being used by other services. ARN: " + record.arn());
        }
        ConnectorRecord deleted = record.deleted(call.now().toEpochMilli());
        connectors.put(deleted);
        return DeleteVpcConnectorResponse.builder().vpcConnector(shape(deleted)).build();
    }

    private ListVpcConnectorsResponse list(Call call, ListVpcConnectorsRequest request) {
        Page<ConnectorRecord> page =
                Pages.of(active(call), ConnectorRecord::arn, request.maxResults(), PAGE, request.nextToken());
        return ListVpcConnectorsResponse.builder()
                .vpcConnectors(page.items().stream().map(ConnectorApi::shape).toList())
                .nextToken(page.next())
                .build();
    }

    private static VpcConnector shape(ConnectorRecord record) {
        Long deleted = record.deletedAt();
        return VpcConnector.builder()
                .vpcConnectorName(record.name())
                .vpcConnectorArn(record.arn())
                .vpcConnectorRevision(1)
                .subnets(record.subnets())
                .securityGroups(record.securityGroups())
                .status(record.active() ? "ACTIVE" : "INACTIVE")
                .createdAt(Instant.ofEpochMilli(record.createdAt()))
                .deletedAt(deleted == null ? null : Instant.ofEpochMilli(deleted))
                .build();
    }
}
