package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.store.Table;
import dev.slipway.cloud.wire.AwsService;
import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.apprunner.model.AssociateCustomDomainRequest;
import software.amazon.awssdk.services.apprunner.model.AssociateCustomDomainResponse;
import software.amazon.awssdk.services.apprunner.model.CertificateValidationRecord;
import software.amazon.awssdk.services.apprunner.model.CustomDomain;
import software.amazon.awssdk.services.apprunner.model.DescribeCustomDomainsRequest;
import software.amazon.awssdk.services.apprunner.model.DescribeCustomDomainsResponse;
import software.amazon.awssdk.services.apprunner.model.DisassociateCustomDomainRequest;
import software.amazon.awssdk.services.apprunner.model.DisassociateCustomDomainResponse;
import software.amazon.awssdk.services.apprunner.model.VpcDNSTarget;

/** The operations on custom domains. Nobody proves a domain to this cloud, so each waits for its certificate for ever. */
final class DomainApi {
    private static final Pattern DOMAIN =
            Pattern.compile("(?:\\*\\.)?(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z]{2,63}");
    /** In lower case, as it comes from AWS although the model says otherwise. */
    private static final String STATUS = "pending_certificate_dns_validation";

    private static final int LONGEST = 255;
    private static final int QUOTA = 5;
    private static final int PAGE = 5;

    private final Table<DomainRecord> domains;
    private final Services services;
    private final Resources<IngressRecord> ingress;
    private final Ids ids;

    DomainApi(Store store, Services services, Resources<IngressRecord> ingress, Ids ids) {
        this.domains = store.table("apprunner-domains", DomainRecord.class);
        this.services = services;
        this.ingress = ingress;
        this.ids = ids;
    }

    void register(AwsService.Builder api, Permissions may) {
        api.on(
                "AssociateCustomDomain",
                AssociateCustomDomainRequest.class,
                AssociateCustomDomainResponse.class,
                (call, in) -> may.on(call, "AssociateCustomDomain", in.serviceArn()),
                this::associate);
        api.on(
                "DescribeCustomDomains",
                DescribeCustomDomainsRequest.class,
                DescribeCustomDomainsResponse.class,
                (call, in) -> may.on(call, "DescribeCustomDomains", in.serviceArn()),
                this::describe);
        api.on(
                "DisassociateCustomDomain",
                DisassociateCustomDomainRequest.class,
                DisassociateCustomDomainResponse.class,
                (call, in) -> may.on(call, "DisassociateCustomDomain", in.serviceArn()),
                this::disassociate);
    }

    private synchronized AssociateCustomDomainResponse associate(Call call, AssociateCustomDomainRequest request) {
        ServiceRecord service = services.require(call, request.serviceArn());
        requireRunning(service);
        String domain = String.valueOf(request.domainName()).toLowerCase(Locale.ROOT);
        if (domain.length() > LONGEST || !DOMAIN.matcher(domain).matches()) {
            throw Errors.invalid("The domain name '" + request.domainName() + "' isn't valid");
        }
        List<DomainRecord> others = of(service);
        if (domains.values().stream().anyMatch(each -> each.domain().equals(domain))) {
            throw Errors.invalid("The domain name " + domain + " is associated with a service already");
        }
        if (others.size() >= QUOTA) {
            throw Errors.invalid(
                    "The service " + service.name() + " has " + QUOTA + " custom domains, which is the limit");
        }
        // A wildcard covers the name with www. too.
        boolean www = !Boolean.FALSE.equals(request.enableWWWSubdomain()) && !domain.startsWith("*.");
        var record = new DomainRecord(
                service.arn(), domain, www, proofs(domain, www), call.now().toEpochMilli());
        domains.put(record.key(), record);
        return AssociateCustomDomainResponse.builder()
                .dnsTarget(target(service))
                .serviceArn(service.arn())
                .customDomain(shape(record, "creating"))
                .vpcDNSTargets(vpcTargets(service))
                .build();
    }

    private List<DomainRecord.Proof> proofs(String domain, boolean www) {
        String bare = domain.startsWith("*.") ? domain.substring(2) : domain;
        List<DomainRecord.Proof> proofs = new ArrayList<>();
        proofs.add(proof(bare));
        if (www) {
            proofs.add(proof("www." + bare));
        }
        return proofs;
    }

    private DomainRecord.Proof proof(String domain) {
        return new DomainRecord.Proof(
                "_" + ids.hex() + "." + domain + ".",
                "_" + ids.hex() + "." + ids.subdomain() + ".acm-validations.aws.");
    }

    private DescribeCustomDomainsResponse describe(Call call, DescribeCustomDomainsRequest request) {
        ServiceRecord service = services.require(call, request.serviceArn());
        Page<DomainRecord> page =
                Pages.of(of(service), DomainRecord::domain, request.maxResults(), PAGE, request.nextToken());
        return DescribeCustomDomainsResponse.builder()
                .dnsTarget(target(service))
                .serviceArn(service.arn())
                .customDomains(
                        page.items().stream().map(each -> shape(each, STATUS)).toList())
                .vpcDNSTargets(vpcTargets(service))
                .nextToken(page.next())
                .build();
    }

    private synchronized DisassociateCustomDomainResponse disassociate(
            Call call, DisassociateCustomDomainRequest request) {
        ServiceRecord service = services.require(call, request.serviceArn());
        requireRunning(service);
        String domain = String.valueOf(request.domainName()).toLowerCase(Locale.ROOT);
        DomainRecord record = domains.get(service.arn() + " " + domain)
                .orElseThrow(() -> Errors.notFound(
                        "The domain name " + domain + " is not associated with the service " + service.arn()));
        domains.remove(record.key());
        return DisassociateCustomDomainResponse.builder()
                .dnsTarget(target(service))
                .serviceArn(service.arn())
                .customDomain(shape(record, "deleting"))
                .vpcDNSTargets(vpcTargets(service))
                .build();
    }

    /** Forgets what a deleted service had. */
    void forget(ServiceRecord service) {
        of(service).forEach(each -> domains.remove(each.key()));
    }

    private List<DomainRecord> of(ServiceRecord service) {
        return domains.values().stream()
                .filter(each -> each.serviceArn().equals(service.arn()))
                .toList();
    }

    private void requireRunning(ServiceRecord service) {
        ServiceStatus status = services.shown(service);
        if (status != ServiceStatus.RUNNING) {
            throw Errors.state("The service " + service.name() + " is in the state " + status
                    + ", but its custom domains can be changed only while it is in RUNNING");
        }
    }

    private static String target(ServiceRecord service) {
        return service.publicHost();
    }

    private List<VpcDNSTarget> vpcTargets(ServiceRecord service) {
        return ingress.all(service.account(), service.region()).stream()
                .filter(each -> each.serviceArn().equals(service.arn()))
                .map(each -> VpcDNSTarget.builder()
                        .vpcIngressConnectionArn(each.arn())
                        .vpcId(each.vpcId())
                        .domainName(each.domain())
                        .build())
                .toList();
    }

    private static CustomDomain shape(DomainRecord record, String status) {
        return CustomDomain.builder()
                .domainName(record.domain())
                .enableWWWSubdomain(record.www())
                .status(status)
                .certificateValidationRecords(record.proofs().stream()
                        .map(proof -> CertificateValidationRecord.builder()
                                .name(proof.name())
                                .type("CNAME")
                                .value(proof.value())
                                .status("PENDING_VALIDATION")
                                .build())
                        .toList())
                .build();
    }
}
