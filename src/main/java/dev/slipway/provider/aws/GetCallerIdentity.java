package dev.slipway.provider.aws;

import dev.slipway.provider.FunctionHandler;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;

/** {@code slipway:index:getCallerIdentity}: whose credentials the provider has, and where it works. */
final class GetCallerIdentity implements FunctionHandler<GetCallerIdentity.Arguments, GetCallerIdentity.Result> {
    private final AwsSession session;

    GetCallerIdentity(AwsSession session) {
        this.session = session;
    }

    /** Nothing to say. */
    record Arguments() {}

    /**
     * @param accountId twelve digits
     * @param arn of the user, role session or root
     * @param userId its unique id
     */
    record Result(String accountId, String arn, String userId, String region) {}

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Class<Result> result() {
        return Result.class;
    }

    @Override
    public Result call(Arguments arguments) {
        var identity = session.clients()
                .sts()
                .getCallerIdentity(GetCallerIdentityRequest.builder().build());
        return new Result(
                identity.account(),
                identity.arn(),
                identity.userId(),
                session.settings().region());
    }
}
