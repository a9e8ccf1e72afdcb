package dev.slipway.provider.aws;

import dev.slipway.property.PropertyPath;
import dev.slipway.protocol.CheckFailure;
import dev.slipway.protocol.ProviderException;
import dev.slipway.provider.FunctionHandler;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apprunner.model.ResourceNotFoundException;
import software.amazon.awssdk.services.apprunner.model.Service;
import software.amazon.awssdk.services.apprunner.model.ServiceStatus;

/** {@code slipway:index:getService}: a service that somebody else manages. Its environment is not told: it may hold secrets. */
final class GetService implements FunctionHandler<GetService.Arguments, GetService.Result> {
    private final AwsSession session;
    private final ServiceLookup lookup;
    private final ServiceOperations operations;

    GetService(AwsSession session) {
        this.session = session;
        this.lookup = new ServiceLookup(session.clients());
        this.operations = new ServiceOperations(session, new ServiceLogs(session.clients()));
    }

    /** One of the two names a service. */
    record Arguments(@Nullable String serviceName, @Nullable String arn) {}

    /** As the outputs of a service. */
    record Result(
            @Nullable String serviceName,
            @Nullable String arn,
            @Nullable String serviceId,
            @Nullable String url,
            @Nullable String status,
            @Nullable String image,
            @Nullable String accessRoleArn,
            @Nullable String instanceRoleArn,
            @Nullable Integer port,
            @Nullable String cpu,
            @Nullable String memory,
            @Nullable HealthCheck healthCheck,
            @Nullable Scaling scaling,
            @Nullable Network network,
            @Nullable Boolean autoDeploy,
            @Nullable Boolean paused,
            @Nullable Map<String, String> tags) {}

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Class<Result> result() {
        return Result.class;
    }

    @Override
    public List<CheckFailure> check(Arguments arguments) {
        return (arguments.serviceName() == null) == (arguments.arn() == null)
                ? List.of(new CheckFailure(PropertyPath.of("serviceName"), "give either serviceName or arn"))
                : List.of();
    }

    @Override
    public Result call(Arguments arguments) {
        Service service = find(arguments);
        ServiceArn arn = ServiceArn.parse(service.serviceArn());
        ServiceState state = ServiceReading.state(new ServiceView(
                service,
                null,
                new ScalingConfigurations(session.clients()).of(service),
                Tags.shown(lookup.tags(arn), null),
                Remembered.NOTHING,
                lookup.url(service, session.settings().urlScheme())));
        return new Result(
                state.serviceName(),
                state.arn(),
                state.serviceId(),
                state.url(),
                state.status(),
                state.image(),
                state.accessRoleArn(),
                state.instanceRoleArn(),
                state.port(),
                state.cpu(),
                state.memory(),
                state.healthCheck(),
                state.scaling(),
                state.network(),
                state.autoDeploy(),
                state.paused(),
                state.tags());
    }

    private Service find(Arguments arguments) {
        String named = String.valueOf(arguments.arn() == null ? arguments.serviceName() : arguments.arn());
        var none = new ProviderException("call getService: there is no service " + named + " at "
                + session.settings().where());
        ServiceArn arn =
                arguments.arn() == null ? lookup.byName(named).orElseThrow(() -> none) : ServiceArn.parse(named);
        try {
            Service service = operations.describe(arn);
            if (ServiceReading.is(service, ServiceStatus.DELETED)) {
                throw none;
            }
            return service;
        } catch (ResourceNotFoundException e) {
            throw none;
        }
    }
}
