package dev.slipway.cloud.apprunner;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apprunner.model.EgressConfiguration;
import software.amazon.awssdk.services.apprunner.model.NetworkConfiguration;
import software.amazon.awssdk.services.apprunner.model.ServiceObservabilityConfiguration;

/** What a service is linked to: networks and tracing. What an update leaves out stays as it is. */
final class LinkRules {
    private final Known known;
    private final String account;
    private final String region;
    private final Problems problems;

    LinkRules(Known known, String account, String region, Problems problems) {
        this.known = known;
        this.account = account;
        this.region = region;
        this.problems = problems;
    }

    record Network(String ipAddressType, @Nullable String vpcConnectorArn, boolean privateIngress) {}

    Network network(@Nullable NetworkConfiguration wanted, @Nullable Configuration current) {
        String type = current == null ? "IPV4" : current.ipAddressType();
        @Nullable String connector = current == null ? null : current.vpcConnectorArn();
        boolean secluded = current != null && current.privateIngress();
        if (wanted == null) {
            return new Network(type, connector, secluded);
        }
        if (wanted.egressConfiguration() != null) {
            connector = connector(wanted.egressConfiguration(), connector);
        }
        if (wanted.ingressConfiguration() != null
                && wanted.ingressConfiguration().isPubliclyAccessible() != null) {
            secluded = !wanted.ingressConfiguration().isPubliclyAccessible();
        }
        if (wanted.ipAddressTypeAsString() != null) {
            type = wanted.ipAddressTypeAsString();
            problems.oneOf("networkConfiguration.ipAddressType", type, "IPV4", "DUAL_STACK");
        }
        return new Network(type, connector, secluded);
    }

    private @Nullable String connector(EgressConfiguration wanted, @Nullable String current) {
        @Nullable String given = wanted.vpcConnectorArn();
        String type = wanted.egressTypeAsString() == null
                ? (given != null || current != null ? "VPC" : "DEFAULT")
                : wanted.egressTypeAsString();
        problems.oneOf("networkConfiguration.egressConfiguration.egressType", type, "DEFAULT", "VPC");
        if (!type.equals("VPC")) {
            if (given != null) {
                problems.add("EgressConfiguration has a VpcConnectorArn, but its EgressType is " + type);
            }
            return null;
        }
        @Nullable String arn = given == null ? current : given;
        boolean there = arn != null
                && known.connectors().all(account, region).stream()
                        .anyMatch(each -> each.active() && each.arn().equals(arn));
        if (!there) {
            problems.add("The VPC connector ARN you specified isn't valid. ARN: '" + (arn == null ? "" : arn) + "'");
        }
        return arn;
    }

    @Nullable
    String observability(@Nullable ServiceObservabilityConfiguration wanted, @Nullable Configuration current) {
        if (wanted == null) {
            return current == null ? null : current.observabilityArn();
        }
        @Nullable String arn = wanted.observabilityConfigurationArn();
        if (!Boolean.TRUE.equals(wanted.observabilityEnabled())) {
            return null;
        }
        Optional<ObservabilityRecord> found = arn == null
                ? Optional.empty()
                : ObservabilityApi.find(known.observability(), account, region, arn)
                        .filter(ObservabilityRecord::active);
        if (found.isEmpty()) {
            problems.add("The observability configuration ARN you specified isn't valid. ARN: '"
                    + (arn == null ? "" : arn) + "'");
        }
        return found.map(ObservabilityRecord::arn).orElse(arn);
    }

    /** What the local cloud can't do of what a service asks for, a sentence each. */
    static List<String> notices(Configuration configuration) {
        List<String> notices = new ArrayList<>();
        if (configuration.vpcConnectorArn() != null) {
            notices.add("The local cloud has no VPC: outgoing traffic does not go through the VPC connector "
                    + configuration.vpcConnectorArn() + ", but out of this machine as any other.");
        }
        if (configuration.privateIngress()) {
            notices.add("The local cloud has no VPC: whatever runs on this machine reaches the private service by the"
                    + " domain name of its VPC ingress connection.");
        }
        if (configuration.observabilityArn() != null) {
            notices.add("The local cloud has no AWS X-Ray: nothing receives the traces of this service.");
        }
        return notices;
    }
}
