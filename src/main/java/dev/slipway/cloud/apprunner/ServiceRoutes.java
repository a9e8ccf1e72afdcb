package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.balancer.Balancer;
import dev.slipway.cloud.balancer.TargetGroup;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which names and addresses lead to which service: its own when it is public, those of its ingress connections when it is private. */
final class ServiceRoutes {
    private final Balancer balancer;
    private final Resources<IngressRecord> ingress;
    private final Map<TargetGroup, Set<String>> hosts = new HashMap<>();

    ServiceRoutes(Balancer balancer, Resources<IngressRecord> ingress) {
        this.balancer = balancer;
        this.ingress = ingress;
    }

    /** Does nothing when the names are those of before: there must be no moment at which a public service has none. */
    synchronized void set(ServiceRecord service, TargetGroup group) {
        boolean open = !service.configuration().privateIngress();
        Set<String> wanted = open ? Set.of(service.publicHost(), service.localHost()) : names(service);
        if (wanted.equals(hosts.put(group, wanted))) {
            return;
        }
        balancer.unroute(group);
        wanted.forEach(host -> balancer.route(host, group));
        if (open && service.address() != null) {
            balancer.route(LoopbackAddresses.parse(service.address()), group);
        }
    }

    private Set<String> names(ServiceRecord service) {
        return ingress.all(service.account(), service.region()).stream()
                .filter(each -> each.serviceArn().equals(service.arn()))
                .flatMap(each -> Stream.of(each.domain(), each.localDomain()))
                .collect(Collectors.toSet());
    }

    synchronized void clear(TargetGroup group) {
        hosts.remove(group);
        balancer.unroute(group);
    }
}
