package dev.slipway.provider.aws;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.apprunner.model.DescribeCustomDomainsRequest;
import software.amazon.awssdk.services.apprunner.model.ListServicesRequest;
import software.amazon.awssdk.services.apprunner.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.apprunner.model.Service;
import software.amazon.awssdk.services.apprunner.model.ServiceStatus;
import software.amazon.awssdk.services.apprunner.model.ServiceSummary;
import software.amazon.awssdk.services.apprunner.model.TagResourceRequest;
import software.amazon.awssdk.services.apprunner.model.UntagResourceRequest;

/** Finds services by name, where they answer, and reads and writes their tags. */
final class ServiceLookup {
    private final Clients clients;

    ServiceLookup(Clients clients) {
        this.clients = clients;
    }

    /** App Runner can't filter by name: all services are listed, twenty a page. */
    Optional<ServiceArn> byName(String name) {
        return clients
                .appRunner()
                .listServicesPaginator(ListServicesRequest.builder().build())
                .stream()
                .flatMap(page -> page.serviceSummaryList().stream())
                .filter(service -> name.equals(service.serviceName()))
                .filter(service -> !ServiceStatus.DELETED.toString().equalsIgnoreCase(service.statusAsString()))
                .map(ServiceSummary::serviceArn)
                .map(ServiceArn::parse)
                .findFirst();
    }

    /** App Runner tells a private service's domain name only among its custom domains; null when there is none. */
    @Nullable
    String url(Service service, String scheme) {
        String host = service.serviceUrl();
        if (host == null || host.isEmpty()) {
            host = privateHost(service.serviceArn());
        }
        return host == null || host.isEmpty() ? null : scheme + "://" + host;
    }

    private @Nullable String privateHost(String serviceArn) {
        try {
            return clients.appRunner()
                    .describeCustomDomains(DescribeCustomDomainsRequest.builder()
                            .serviceArn(serviceArn)
                            .build())
                    .dnsTarget();
        } catch (SdkException e) {
            // Not allowed, or not now: a service without a URL in the outputs is still a service.
            return null;
        }
    }

    Map<String, String> tags(ServiceArn arn) {
        var tags = new LinkedHashMap<String, String>();
        clients.appRunner()
                .listTagsForResource(ListTagsForResourceRequest.builder()
                        .resourceArn(arn.text())
                        .build())
                .tags()
                .forEach(tag -> tags.put(tag.key(), tag.value()));
        return tags;
    }

    /** Sets and removes tags; that starts no deployment. */
    void putTags(ServiceArn arn, Map<String, String> olds, Map<String, String> wanted) {
        Map<String, String> actual = tags(arn);
        Map<String, String> set = Tags.toSet(actual, wanted);
        var remove = Tags.toRemove(actual, olds, wanted);
        if (!set.isEmpty()) {
            clients.appRunner()
                    .tagResource(TagResourceRequest.builder()
                            .resourceArn(arn.text())
                            .tags(ServiceRequests.tags(set))
                            .build());
        }
        if (!remove.isEmpty()) {
            clients.appRunner()
                    .untagResource(UntagResourceRequest.builder()
                            .resourceArn(arn.text())
                            .tagKeys(remove)
                            .build());
        }
    }
}
