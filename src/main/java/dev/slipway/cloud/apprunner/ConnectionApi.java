package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.wire.AwsService;
import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Page;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apprunner.model.Connection;
import software.amazon.awssdk.services.apprunner.model.ConnectionSummary;
import software.amazon.awssdk.services.apprunner.model.CreateConnectionRequest;
import software.amazon.awssdk.services.apprunner.model.CreateConnectionResponse;
import software.amazon.awssdk.services.apprunner.model.DeleteConnectionRequest;
import software.amazon.awssdk.services.apprunner.model.DeleteConnectionResponse;
import software.amazon.awssdk.services.apprunner.model.ListConnectionsRequest;
import software.amazon.awssdk.services.apprunner.model.ListConnectionsResponse;

/** The operations on connections to providers of source code. */
final class ConnectionApi {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9\\-_]{3,31}");
    private static final int QUOTA = 10;
    private static final int PAGE = 100;
    /** Until somebody completes the handshake in AWS's console, of which there is none here. */
    private static final String STATUS = "PENDING_HANDSHAKE";

    private final Resources<ConnectionRecord> connections;
    private final Ids ids;

    ConnectionApi(Resources<ConnectionRecord> connections, Ids ids) {
        this.connections = connections;
        this.ids = ids;
    }

    void register(AwsService.Builder api, Permissions may) {
        api.on(
                "CreateConnection",
                CreateConnectionRequest.class,
                CreateConnectionResponse.class,
                (call, in) -> may.create(call, "CreateConnection", "connection", in.connectionName(), in.tags()),
                this::create);
        api.on(
                "DeleteConnection",
                DeleteConnectionRequest.class,
                DeleteConnectionResponse.class,
                (call, in) -> may.on(call, "DeleteConnection", in.connectionArn()),
                this::delete);
        api.on(
                "ListConnections",
                ListConnectionsRequest.class,
                ListConnectionsResponse.class,
                (call, in) -> may.on(call, "ListConnections", null),
                this::list);
    }

    private synchronized CreateConnectionResponse create(Call call, CreateConnectionRequest request) {
        var problems = new Problems();
        problems.matches("connectionName", request.connectionName(), NAME);
        problems.oneOf("providerType", request.providerTypeAsString(), "GITHUB", "BITBUCKET");
        Tags.check(request.tags(), problems);
        problems.throwIfAny();
        List<ConnectionRecord> others = connections.all(call.account(), call.region());
        if (others.stream().anyMatch(each -> each.name().equals(request.connectionName()))) {
            throw Errors.invalid("Connection with the provided name already exists: " + request.connectionName());
        }
        if (others.size() >= QUOTA) {
            throw Errors.quota("You have " + QUOTA + " connections in " + call.region()
                    + ", which is the limit; delete one that you don't need");
        }
        var record = new ConnectionRecord(
                call.account(),
                call.region(),
                request.connectionName(),
                ids.hex(),
                request.providerTypeAsString(),
                call.now().toEpochMilli(),
                Tags.map(request.tags()));
        connections.put(record);
        return CreateConnectionResponse.builder()
                .connection(shape(record, STATUS))
                .build();
    }

    private DeleteConnectionResponse delete(Call call, DeleteConnectionRequest request) {
        ConnectionRecord record = connections
                .find(call, request.connectionArn())
                .orElseThrow(
                        () -> Errors.notFound("Connection with ARN " + request.connectionArn() + " does not exist"));
        connections.remove(record);
        return DeleteConnectionResponse.builder()
                .connection(shape(record, "DELETED"))
                .build();
    }

    private ListConnectionsResponse list(Call call, ListConnectionsRequest request) {
        @Nullable String name = request.connectionName();
        List<ConnectionRecord> all = connections.all(call.account(), call.region()).stream()
                .filter(each -> name == null || each.name().equals(name))
                .toList();
        Page<ConnectionRecord> page =
                Pages.of(all, ConnectionRecord::arn, request.maxResults(), PAGE, request.nextToken());
        return ListConnectionsResponse.builder()
                .connectionSummaryList(page.items().stream()
                        .map(each -> ConnectionSummary.builder()
                                .connectionName(each.name())
                                .connectionArn(each.arn())
                                .providerType(each.provider())
                                .status(STATUS)
                                .createdAt(Instant.ofEpochMilli(each.createdAt()))
                                .build())
                        .toList())
                .nextToken(page.next())
                .build();
    }

    private static Connection shape(ConnectionRecord record, String status) {
        return Connection.builder()
                .connectionName(record.name())
                .connectionArn(record.arn())
                .providerType(record.provider())
                .status(status)
                .createdAt(Instant.ofEpochMilli(record.createdAt()))
                .build();
    }
}
