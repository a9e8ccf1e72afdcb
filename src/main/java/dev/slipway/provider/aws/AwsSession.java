package dev.slipway.provider.aws;

import dev.slipway.property.Urn;
import dev.slipway.protocol.ProviderHost;
import dev.slipway.protocol.Severity;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;

/** What the handlers of one configured provider share: clients, who they are, and what this run has made. */
final class AwsSession {
    private final AwsSettings settings;
    private final Clients clients;
    private final Waiting waiting;
    private final ProviderHost host;
    private final Set<String> touchedRoles = ConcurrentHashMap.newKeySet();
    private final Map<String, Object> locks = new ConcurrentHashMap<>();
    private final ServiceImages images;
    private @Nullable String account;

    AwsSession(AwsSettings settings, Clients clients, Waiting waiting, ProviderHost host) {
        this.settings = settings;
        this.clients = clients;
        this.waiting = waiting;
        this.host = host;
        this.images = new ServiceImages(clients.images());
    }

    AwsSettings settings() {
        return settings;
    }

    Clients clients() {
        return clients;
    }

    /** What is in the registries that images come from. */
    ServiceImages images() {
        return images;
    }

    Waiting waiting() {
        return waiting;
    }

    /** The account of the credentials, twelve digits; asked once. */
    synchronized String account() {
        if (account == null) {
            account = clients.sts()
                    .getCallerIdentity(GetCallerIdentityRequest.builder().build())
                    .account();
        }
        return account;
    }

    /** Notes that this run made or changed a role, so that IAM may need some time to show it everywhere. */
    void touchedRole(String arn) {
        touchedRoles.add(arn);
    }

    boolean touchedAny(@Nullable String... roleArns) {
        for (String arn : roleArns) {
            if (arn != null && touchedRoles.contains(arn)) {
                return true;
            }
        }
        return false;
    }

    /** One lock per name, for read-change-write of something that has no versions. */
    Object lock(String name) {
        return locks.computeIfAbsent(name, key -> new Object());
    }

    void progress(Urn urn, String message) {
        host.log(Severity.INFO, Optional.of(urn), message, true);
    }

    void tell(Urn urn, String message) {
        host.log(Severity.INFO, Optional.of(urn), message, false);
    }

    void warn(Urn urn, String message) {
        host.log(Severity.WARNING, Optional.of(urn), message, false);
    }
}
