package dev.slipway.cloud.sts;

import dev.slipway.cloud.iam.AssumableRole;
import dev.slipway.cloud.iam.Iam;
import dev.slipway.cloud.iam.UniqueIds;
import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.wire.Authorizer.Question;
import dev.slipway.cloud.wire.AwsService;
import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Caller;
import dev.slipway.cloud.wire.Credentials;
import dev.slipway.cloud.wire.CredentialsLookup;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.GetAccessKeyInfoRequest;
import software.amazon.awssdk.services.sts.model.GetAccessKeyInfoResponse;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;
import software.amazon.awssdk.services.sts.model.GetSessionTokenRequest;
import software.amazon.awssdk.services.sts.model.GetSessionTokenResponse;

/** Temporary credentials. They are durable: a session goes on after a restart until its end. */
public final class Sts {
    private static final String VERSION = "2011-06-15";
    private static final String MODEL = "software.amazon.awssdk.services.sts.model";
    private static final Duration SERVICE_SESSION = Duration.ofHours(1);
    private static final int DEFAULT_TOKEN_SECONDS = 43_200;
    private static final int LONGEST_ROOT_TOKEN_SECONDS = 3600;

    private final Iam iam;
    private final InstantSource clock;
    private final UniqueIds ids;
    private final Sessions sessions;
    private final AwsService service;

    /** {@code random} makes secrets: give a secure one outside tests. */
    public Sts(Iam iam, Store store, InstantSource clock, RandomGenerator random) {
        this.iam = iam;
        this.clock = clock;
        this.ids = new UniqueIds(random);
        this.sessions = new Sessions(store, clock, ids);
        this.service = AwsService.query("sts", VERSION, MODEL)
                .on(
                        "GetCallerIdentity",
                        GetCallerIdentityRequest.class,
                        GetCallerIdentityResponse.class,
                        (call, in) -> List.of(),
                        (call, in) -> whoIs(call.caller()))
                // The leave to assume depends on the trust policy, so the handler asks.
                .on(
                        "AssumeRole",
                        AssumeRoleRequest.class,
                        AssumeRoleResponse.class,
                        (call, in) -> List.of(),
                        new AssumeRole(iam, sessions)::handle)
                .on(
                        "GetSessionToken",
                        GetSessionTokenRequest.class,
                        GetSessionTokenResponse.class,
                        (call, in) -> List.of(),
                        this::getSessionToken)
                .on(
                        "GetAccessKeyInfo",
                        GetAccessKeyInfoRequest.class,
                        GetAccessKeyInfoResponse.class,
                        (call, in) -> List.of(Question.of(call.caller(), "sts:GetAccessKeyInfo", "*")),
                        this::getAccessKeyInfo)
                .build();
    }

    /** The STS API. */
    public AwsService service() {
        return service;
    }

    /** Finds every key: temporary ones here, long-lived ones in IAM. A session of a user or role that is gone is not found. */
    public CredentialsLookup lookup() {
        return this::find;
    }

    /**
     * What a service does before it acts for a customer, for example {@code build.apprunner.amazonaws.com} before a pull. The session lasts
     * an hour and has no keys that could sign.
     *
     * @param context condition keys such as {@code aws:SourceArn} and {@code aws:SourceAccount}
     * @throws dev.slipway.cloud.wire.AwsException {@code AccessDenied} that says whether the role is missing or does not trust the service
     */
    public Caller assumeAsService(String servicePrincipal, String roleArn, Map<String, List<String>> context) {
        String session = servicePrincipal.replace(".amazonaws.com", "");
        return session(trusting(servicePrincipal, roleArn, context), session, ids.key("ASIA"), SERVICE_SESSION);
    }

    /**
     * What a service does before a customer's own code may act as a role, for example {@code tasks.apprunner.amazonaws.com} for an instance: a session
     * with keys that sign.
     *
     * @param session 2 to 64 characters of {@code [\w+=,.@-]}, the last part of the session's ARN
     * @param length from now until the keys are refused as expired
     * @throws dev.slipway.cloud.wire.AwsException as {@link #assumeAsService}
     */
    public Credentials keysAsService(
            String servicePrincipal,
            String roleArn,
            Map<String, List<String>> context,
            String session,
            Duration length) {
        Caller who = session(trusting(servicePrincipal, roleArn, context), session, "", length);
        return sessions.begin(who, length, Sessions.Heritage.NONE).credentials();
    }

    private AssumableRole trusting(String servicePrincipal, String roleArn, Map<String, List<String>> context) {
        AssumableRole role = iam.assumableRole(roleArn)
                .orElseThrow(() -> StsFaults.denied("Role " + roleArn + " cannot be assumed by " + servicePrincipal
                        + " because it does not exist. Create the role, or correct its ARN."));
        iam.distrust(role, servicePrincipal, context).ifPresent(reason -> {
            throw StsFaults.denied("Role " + roleArn + " cannot be assumed by " + servicePrincipal + " because "
                    + reason + ". Its trust policy needs a statement that allows sts:AssumeRole for"
                    + " \"Principal\": {\"Service\": \"" + servicePrincipal + "\"}, with no condition or one that"
                    + " holds.");
        });
        return role;
    }

    private Caller session(AssumableRole role, String session, String key, Duration length) {
        return new Caller(
                role.account(),
                role.sessionArn(session),
                role.sessionId(session),
                key,
                Optional.empty(),
                Optional.of(clock.instant().plus(length)),
                Map.of());
    }

    private Optional<Credentials> find(String accessKeyId) {
        return sessions.find(accessKeyId)
                .map(SessionRecord::credentials)
                .filter(credentials -> iam.isCurrent(credentials.caller()))
                .or(() -> iam.find(accessKeyId));
    }

    private static GetCallerIdentityResponse whoIs(Caller caller) {
        return GetCallerIdentityResponse.builder()
                .account(caller.account())
                .arn(caller.arn())
                .userId(caller.userId())
                .build();
    }

    private GetSessionTokenResponse getSessionToken(Call call, GetSessionTokenRequest in) {
        Caller caller = call.caller();
        if (caller.expires().isPresent()) {
            throw StsFaults.denied("Cannot call GetSessionToken with session credentials");
        }
        if (in.serialNumber() != null || in.tokenCode() != null) {
            throw StsFaults.denied("MultiFactorAuthentication failed: the local cloud has no MFA devices.");
        }
        int seconds = in.durationSeconds() == null ? DEFAULT_TOKEN_SECONDS : in.durationSeconds();
        if (caller.isRoot()) {
            seconds = Math.min(seconds, LONGEST_ROOT_TOKEN_SECONDS);
        }
        SessionRecord session = sessions.begin(caller, Duration.ofSeconds(seconds), Sessions.Heritage.NONE);
        return GetSessionTokenResponse.builder()
                .credentials(AssumeRole.keys(session))
                .build();
    }

    private GetAccessKeyInfoResponse getAccessKeyInfo(Call call, GetAccessKeyInfoRequest in) {
        return find(in.accessKeyId())
                .map(credentials -> GetAccessKeyInfoResponse.builder()
                        .account(credentials.caller().account())
                        .build())
                .orElseThrow(() -> StsFaults.validation("The access key id " + in.accessKeyId() + " is not known."));
    }
}
