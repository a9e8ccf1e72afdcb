package dev.slipway.cloud.apprunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cloud.trouble.Kind;
import dev.slipway.cloud.trouble.Scope;
import dev.slipway.cloud.trouble.Trouble;
import dev.slipway.cloud.wire.AwsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.apprunner.model.AssociateCustomDomainRequest;
import software.amazon.awssdk.services.apprunner.model.AssociateCustomDomainResponse;
import software.amazon.awssdk.services.apprunner.model.AuthenticationConfiguration;
import software.amazon.awssdk.services.apprunner.model.CodeRepository;
import software.amazon.awssdk.services.apprunner.model.Connection;
import software.amazon.awssdk.services.apprunner.model.CreateAutoScalingConfigurationRequest;
import software.amazon.awssdk.services.apprunner.model.CreateAutoScalingConfigurationResponse;
import software.amazon.awssdk.services.apprunner.model.CreateConnectionRequest;
import software.amazon.awssdk.services.apprunner.model.CreateConnectionResponse;
import software.amazon.awssdk.services.apprunner.model.CreateObservabilityConfigurationRequest;
import software.amazon.awssdk.services.apprunner.model.CreateObservabilityConfigurationResponse;
import software.amazon.awssdk.services.apprunner.model.CreateServiceRequest;
import software.amazon.awssdk.services.apprunner.model.CreateServiceResponse;
import software.amazon.awssdk.services.apprunner.model.CreateVpcConnectorRequest;
import software.amazon.awssdk.services.apprunner.model.CreateVpcConnectorResponse;
import software.amazon.awssdk.services.apprunner.model.CreateVpcIngressConnectionRequest;
import software.amazon.awssdk.services.apprunner.model.CreateVpcIngressConnectionResponse;
import software.amazon.awssdk.services.apprunner.model.CustomDomain;
import software.amazon.awssdk.services.apprunner.model.DeleteAutoScalingConfigurationRequest;
import software.amazon.awssdk.services.apprunner.model.DeleteAutoScalingConfigurationResponse;
import software.amazon.awssdk.services.apprunner.model.DeleteConnectionRequest;
import software.amazon.awssdk.services.apprunner.model.DeleteConnectionResponse;
import software.amazon.awssdk.services.apprunner.model.DeleteObservabilityConfigurationRequest;
import software.amazon.awssdk.services.apprunner.model.DeleteObservabilityConfigurationResponse;
import software.amazon.awssdk.services.apprunner.model.DeleteServiceRequest;
import software.amazon.awssdk.services.apprunner.model.DeleteServiceResponse;
import software.amazon.awssdk.services.apprunner.model.DeleteVpcConnectorRequest;
import software.amazon.awssdk.services.apprunner.model.DeleteVpcConnectorResponse;
import software.amazon.awssdk.services.apprunner.model.DeleteVpcIngressConnectionRequest;
import software.amazon.awssdk.services.apprunner.model.DeleteVpcIngressConnectionResponse;
import software.amazon.awssdk.services.apprunner.model.DescribeCustomDomainsRequest;
import software.amazon.awssdk.services.apprunner.model.DescribeCustomDomainsResponse;
import software.amazon.awssdk.services.apprunner.model.DisassociateCustomDomainRequest;
import software.amazon.awssdk.services.apprunner.model.DisassociateCustomDomainResponse;
import software.amazon.awssdk.services.apprunner.model.EgressConfiguration;
import software.amazon.awssdk.services.apprunner.model.IngressConfiguration;
import software.amazon.awssdk.services.apprunner.model.IngressVpcConfiguration;
import software.amazon.awssdk.services.apprunner.model.ListConnectionsRequest;
import software.amazon.awssdk.services.apprunner.model.ListConnectionsResponse;
import software.amazon.awssdk.services.apprunner.model.ListObservabilityConfigurationsRequest;
import software.amazon.awssdk.services.apprunner.model.ListObservabilityConfigurationsResponse;
import software.amazon.awssdk.services.apprunner.model.ListServicesForAutoScalingConfigurationRequest;
import software.amazon.awssdk.services.apprunner.model.ListServicesForAutoScalingConfigurationResponse;
import software.amazon.awssdk.services.apprunner.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.apprunner.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.apprunner.model.ListVpcConnectorsRequest;
import software.amazon.awssdk.services.apprunner.model.ListVpcConnectorsResponse;
import software.amazon.awssdk.services.apprunner.model.NetworkConfiguration;
import software.amazon.awssdk.services.apprunner.model.ObservabilityConfiguration;
import software.amazon.awssdk.services.apprunner.model.ObservabilityConfigurationSummary;
import software.amazon.awssdk.services.apprunner.model.PauseServiceRequest;
import software.amazon.awssdk.services.apprunner.model.PauseServiceResponse;
import software.amazon.awssdk.services.apprunner.model.Service;
import software.amazon.awssdk.services.apprunner.model.ServiceObservabilityConfiguration;
import software.amazon.awssdk.services.apprunner.model.SourceConfiguration;
import software.amazon.awssdk.services.apprunner.model.Tag;
import software.amazon.awssdk.services.apprunner.model.TagResourceRequest;
import software.amazon.awssdk.services.apprunner.model.TagResourceResponse;
import software.amazon.awssdk.services.apprunner.model.TraceConfiguration;
import software.amazon.awssdk.services.apprunner.model.UpdateDefaultAutoScalingConfigurationRequest;
import software.amazon.awssdk.services.apprunner.model.UpdateDefaultAutoScalingConfigurationResponse;
import software.amazon.awssdk.services.apprunner.model.UpdateServiceRequest;
import software.amazon.awssdk.services.apprunner.model.UpdateServiceResponse;
import software.amazon.awssdk.services.apprunner.model.VpcConnector;
import software.amazon.awssdk.services.apprunner.model.VpcIngressConnection;

/** What services are linked to: VPC connectors and ingress connections, observability, connections, domains, defaults of scaling. */
@Timeout(60)
final class LinkedResourcesTest {
    private static final String IMAGE = "public.ecr.aws/slipway/hello:latest";

    @AutoClose
    private final Fixture cloud = new Fixture(IMAGE);

    private Service running(Consumer<CreateServiceRequest.Builder> more) {
        var request = CreateServiceRequest.builder()
                .serviceName("hello")
                .sourceConfiguration(ServiceLifecycleTest.source(IMAGE, Fixture.greeting("hi")));
        more.accept(request);
        Service service = cloud.call("CreateService", request.build(), CreateServiceResponse.class)
                .service();
        assertThat(cloud.settle(service.serviceArn())).isEqualTo("RUNNING");
        return service;
    }

    private static void refuses(ThrowingCallable call, String code, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        AwsException.class, error -> assertThat(error.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }

    private VpcConnector connector(String name) {
        return cloud.call(
                        "CreateVpcConnector",
                        CreateVpcConnectorRequest.builder()
                                .vpcConnectorName(name)
                                .subnets("subnet-1", "subnet-2")
                                .securityGroups("sg-1")
                                .build(),
                        CreateVpcConnectorResponse.class)
                .vpcConnector();
    }

    private static NetworkConfiguration through(String connector) {
        return NetworkConfiguration.builder()
                .egressConfiguration(EgressConfiguration.builder()
                        .egressType("VPC")
                        .vpcConnectorArn(connector)
                        .build())
                .build();
    }

    @Test
    void everyOperationOfAppRunnerIsThere() {
        assertThat(cloud.appRunner.service().operations()).hasSize(37);
    }

    @Test
    void aServiceThroughAVpcConnectorRunsAndSaysWhatIsNotSo() {
        VpcConnector connector = connector("to-vpc");
        assertThat(connector.statusAsString()).isEqualTo("ACTIVE");
        assertThat(connector.vpcConnectorArn())
                .matches("arn:aws:apprunner:us-east-1:111122223333:vpcconnector/to-vpc/1/[0-9a-f]{32}");
        Service service = running(in -> in.networkConfiguration(through(connector.vpcConnectorArn())));
        EgressConfiguration egress =
                cloud.describe(service.serviceArn()).networkConfiguration().egressConfiguration();
        assertThat(egress.egressTypeAsString()).isEqualTo("VPC");
        assertThat(egress.vpcConnectorArn()).isEqualTo(connector.vpcConnectorArn());
        assertThat(cloud.events())
                .anySatisfy(event -> assertThat(event).contains("has no VPC", connector.vpcConnectorArn()));
        refuses(
                () -> deleteConnector(connector),
                "InvalidRequestException",
                "Provided VPC connector arn is being used by other services. ARN: " + connector.vpcConnectorArn());
    }

    private VpcConnector deleteConnector(VpcConnector connector) {
        return cloud.call(
                        "DeleteVpcConnector",
                        DeleteVpcConnectorRequest.builder()
                                .vpcConnectorArn(connector.vpcConnectorArn())
                                .build(),
                        DeleteVpcConnectorResponse.class)
                .vpcConnector();
    }

    @Test
    void connectorsAreLimitedListedAndDeleted() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            made.add(connector("vpc-" + i).vpcConnectorArn());
        }
        refuses(() -> connector("vpc-11"), "ServiceQuotaExceededException", "the limit");
        refuses(() -> connector("vpc-3"), "InvalidRequestException", "already exists");
        VpcConnector gone = deleteConnector(
                VpcConnector.builder().vpcConnectorArn(made.get(0)).build());
        assertThat(gone.statusAsString()).isEqualTo("INACTIVE");
        assertThat(gone.deletedAt()).isNotNull();
        List<String> listed = new ArrayList<>();
        String token = null;
        do {
            ListVpcConnectorsResponse page = cloud.call(
                    "ListVpcConnectors",
                    ListVpcConnectorsRequest.builder()
                            .maxResults(4)
                            .nextToken(token)
                            .build(),
                    ListVpcConnectorsResponse.class);
            page.vpcConnectors().forEach(each -> listed.add(each.vpcConnectorArn()));
            token = page.nextToken();
        } while (token != null);
        assertThat(listed).containsExactlyElementsOf(made.subList(1, 10));
        refuses(
                () -> running(in -> in.networkConfiguration(through(made.get(0)))),
                "InvalidRequestException",
                "The VPC connector ARN you specified isn't valid.");
    }

    @Test
    void aPrivateServiceIsReachedThroughItsIngressConnectionOnly() throws Exception {
        Service service = running(in -> in.networkConfiguration(
                network -> network.ingressConfiguration(ingress -> ingress.isPubliclyAccessible(false))));
        assertThat(service.serviceUrl()).isEmpty();
        assertThat(cloud.events())
                .contains("[AppRunner] Provisioning instances and deploying image for privately accessible service.");
        VpcIngressConnection connection = ingress(service);
        assertThat(connection.statusAsString()).isEqualTo("AVAILABLE");
        assertThat(cloud.rawGet(connection.domainName())).contains("one hi");
        refuses(() -> ingress(service), "InvalidRequestException", "already exists");
        refuses(
                () -> cloud.call(
                        "DeleteService",
                        DeleteServiceRequest.builder()
                                .serviceArn(service.serviceArn())
                                .build(),
                        DeleteServiceResponse.class),
                "InvalidRequestException",
                connection.vpcIngressConnectionArn());
        VpcIngressConnection gone = cloud.call(
                        "DeleteVpcIngressConnection",
                        DeleteVpcIngressConnectionRequest.builder()
                                .vpcIngressConnectionArn(connection.vpcIngressConnectionArn())
                                .build(),
                        DeleteVpcIngressConnectionResponse.class)
                .vpcIngressConnection();
        assertThat(gone.statusAsString()).isEqualTo("DELETED");
        assertThat(cloud.rawGet(connection.domainName())).doesNotContain("one hi");
    }

    @Test
    void aServiceBecomesPublicByAnUpdate() throws Exception {
        Service service = running(in -> in.networkConfiguration(
                network -> network.ingressConfiguration(ingress -> ingress.isPubliclyAccessible(false))));
        cloud.call(
                "UpdateService",
                UpdateServiceRequest.builder()
                        .serviceArn(service.serviceArn())
                        .networkConfiguration(NetworkConfiguration.builder()
                                .ingressConfiguration(IngressConfiguration.builder()
                                        .isPubliclyAccessible(true)
                                        .build())
                                .build())
                        .build(),
                UpdateServiceResponse.class);
        assertThat(cloud.settle(service.serviceArn())).isEqualTo("RUNNING");
        assertThat(cloud.get(cloud.describe(service.serviceArn()), "/").body()).isEqualTo("one hi");
        refuses(() -> ingress(service), "InvalidRequestException", "is publicly accessible");
    }

    private VpcIngressConnection ingress(Service service) {
        return cloud.call(
                        "CreateVpcIngressConnection",
                        CreateVpcIngressConnectionRequest.builder()
                                .vpcIngressConnectionName("inside")
                                .serviceArn(service.serviceArn())
                                .ingressVpcConfiguration(IngressVpcConfiguration.builder()
                                        .vpcId("vpc-1")
                                        .vpcEndpointId("vpce-1")
                                        .build())
                                .build(),
                        CreateVpcIngressConnectionResponse.class)
                .vpcIngressConnection();
    }

    @Test
    void customDomainsWaitForTheirProof() {
        Service service = running(in -> {});
        AssociateCustomDomainResponse associated = cloud.call(
                "AssociateCustomDomain",
                AssociateCustomDomainRequest.builder()
                        .serviceArn(service.serviceArn())
                        .domainName("Example.com")
                        .build(),
                AssociateCustomDomainResponse.class);
        assertThat(associated.dnsTarget()).endsWith(".us-east-1.awsapprunner.com");
        CustomDomain domain = domains(service).get(0);
        assertThat(domain.domainName()).isEqualTo("example.com");
        assertThat(domain.statusAsString()).isEqualTo("pending_certificate_dns_validation");
        assertThat(domain.enableWWWSubdomain()).isTrue();
        assertThat(domain.certificateValidationRecords()).hasSize(2).allSatisfy(record -> {
            assertThat(record.type()).isEqualTo("CNAME");
            assertThat(record.name()).matches("_[0-9a-f]{32}\\.(www\\.)?example\\.com\\.");
            assertThat(record.value()).matches("_[0-9a-f]{32}\\.[a-z0-9]+\\.acm-validations\\.aws\\.");
            assertThat(record.statusAsString()).isEqualTo("PENDING_VALIDATION");
        });
        refuses(() -> associate(service, "example.com"), "InvalidRequestException", "already");
        refuses(() -> associate(service, "not a domain"), "InvalidRequestException", "isn't valid");
        List.of("a.org", "b.org", "c.org", "*.d.org").forEach(name -> associate(service, name));
        refuses(() -> associate(service, "f.org"), "InvalidRequestException", "the limit");
        DisassociateCustomDomainResponse gone = cloud.call(
                "DisassociateCustomDomain",
                DisassociateCustomDomainRequest.builder()
                        .serviceArn(service.serviceArn())
                        .domainName("example.com")
                        .build(),
                DisassociateCustomDomainResponse.class);
        assertThat(gone.customDomain().statusAsString()).isEqualTo("deleting");
        assertThat(domains(service)).hasSize(4);
        cloud.call(
                "PauseService",
                PauseServiceRequest.builder().serviceArn(service.serviceArn()).build(),
                PauseServiceResponse.class);
        cloud.settle(service.serviceArn());
        refuses(() -> associate(service, "g.org"), "InvalidStateException", "PAUSED");
        cloud.call(
                "DeleteService",
                DeleteServiceRequest.builder().serviceArn(service.serviceArn()).build(),
                DeleteServiceResponse.class);
        cloud.settle(service.serviceArn());
        Service next = running(in -> {});
        associate(next, "a.org");
    }

    private void associate(Service service, String domain) {
        cloud.call(
                "AssociateCustomDomain",
                AssociateCustomDomainRequest.builder()
                        .serviceArn(service.serviceArn())
                        .domainName(domain)
                        .build(),
                AssociateCustomDomainResponse.class);
    }

    private List<CustomDomain> domains(Service service) {
        return cloud.call(
                        "DescribeCustomDomains",
                        DescribeCustomDomainsRequest.builder()
                                .serviceArn(service.serviceArn())
                                .build(),
                        DescribeCustomDomainsResponse.class)
                .customDomains();
    }

    @Test
    void observabilityHasRevisionsAndStaysWhileItIsUsed() {
        ObservabilityConfiguration first = observability("traces");
        ObservabilityConfiguration second = observability("traces");
        assertThat(second.observabilityConfigurationRevision()).isEqualTo(2);
        assertThat(second.latest()).isTrue();
        assertThat(second.traceConfiguration().vendorAsString()).isEqualTo("AWSXRAY");
        String byName = "arn:aws:apprunner:us-east-1:111122223333:observabilityconfiguration/traces";
        Service service = running(in -> in.observabilityConfiguration(ServiceObservabilityConfiguration.builder()
                .observabilityEnabled(true)
                .observabilityConfigurationArn(byName)
                .build()));
        assertThat(cloud.describe(service.serviceArn())
                        .observabilityConfiguration()
                        .observabilityConfigurationArn())
                .isEqualTo(second.observabilityConfigurationArn());
        assertThat(cloud.events()).anySatisfy(event -> assertThat(event).contains("no AWS X-Ray"));
        refuses(() -> deleteObservability(byName), "InvalidRequestException", "used by one or more services");
        assertThat(deleteObservability(byName + "/1").statusAsString()).isEqualTo("INACTIVE");
        ListObservabilityConfigurationsResponse listed = cloud.call(
                "ListObservabilityConfigurations",
                ListObservabilityConfigurationsRequest.builder()
                        .latestOnly(false)
                        .build(),
                ListObservabilityConfigurationsResponse.class);
        assertThat(listed.observabilityConfigurationSummaryList())
                .extracting(ObservabilityConfigurationSummary::observabilityConfigurationRevision)
                .containsExactly(2);
        refuses(
                () -> deleteObservability(first.observabilityConfigurationArn()),
                "ResourceNotFoundException",
                "deleted");
    }

    private ObservabilityConfiguration observability(String name) {
        return cloud.call(
                        "CreateObservabilityConfiguration",
                        CreateObservabilityConfigurationRequest.builder()
                                .observabilityConfigurationName(name)
                                .traceConfiguration(TraceConfiguration.builder()
                                        .vendor("AWSXRAY")
                                        .build())
                                .build(),
                        CreateObservabilityConfigurationResponse.class)
                .observabilityConfiguration();
    }

    private ObservabilityConfiguration deleteObservability(String arn) {
        return cloud.call(
                        "DeleteObservabilityConfiguration",
                        DeleteObservabilityConfigurationRequest.builder()
                                .observabilityConfigurationArn(arn)
                                .build(),
                        DeleteObservabilityConfigurationResponse.class)
                .observabilityConfiguration();
    }

    @Test
    void aConnectionWaitsForItsHandshakeAndSoCodeIsRefused() {
        Connection connection = cloud.call(
                        "CreateConnection",
                        CreateConnectionRequest.builder()
                                .connectionName("github")
                                .providerType("GITHUB")
                                .build(),
                        CreateConnectionResponse.class)
                .connection();
        assertThat(connection.statusAsString()).isEqualTo("PENDING_HANDSHAKE");
        var code = SourceConfiguration.builder()
                .codeRepository(CodeRepository.builder()
                        .repositoryUrl("https://github.com/x/y")
                        .build());
        refuses(() -> running(in -> in.sourceConfiguration(code.build())), "InvalidRequestException", "ConnectionArn");
        code.authenticationConfiguration(AuthenticationConfiguration.builder()
                .connectionArn(connection.connectionArn())
                .build());
        refuses(
                () -> running(in -> in.sourceConfiguration(code.build())),
                "InvalidRequestException",
                "Failed to retrieve the latest commit from your source repository.");
        ListConnectionsResponse listed =
                cloud.call("ListConnections", ListConnectionsRequest.builder().build(), ListConnectionsResponse.class);
        assertThat(listed.connectionSummaryList()).hasSize(1);
        DeleteConnectionResponse gone = cloud.call(
                "DeleteConnection",
                DeleteConnectionRequest.builder()
                        .connectionArn(connection.connectionArn())
                        .build(),
                DeleteConnectionResponse.class);
        assertThat(gone.connection().statusAsString()).isEqualTo("DELETED");
    }

    @Test
    void theDefaultOfScalingCanBeAnother() {
        String mine = cloud.call(
                        "CreateAutoScalingConfiguration",
                        CreateAutoScalingConfigurationRequest.builder()
                                .autoScalingConfigurationName("mine")
                                .minSize(2)
                                .build(),
                        CreateAutoScalingConfigurationResponse.class)
                .autoScalingConfiguration()
                .autoScalingConfigurationArn();
        var chosen = cloud.call(
                        "UpdateDefaultAutoScalingConfiguration",
                        UpdateDefaultAutoScalingConfigurationRequest.builder()
                                .autoScalingConfigurationArn(mine)
                                .build(),
                        UpdateDefaultAutoScalingConfigurationResponse.class)
                .autoScalingConfiguration();
        assertThat(chosen.isDefault()).isTrue();
        Service service = running(in -> {});
        assertThat(service.autoScalingConfigurationSummary().autoScalingConfigurationArn())
                .isEqualTo(mine);
        assertThat(cloud.runtime.running()).hasSize(2);
        var users = cloud.call(
                "ListServicesForAutoScalingConfiguration",
                ListServicesForAutoScalingConfigurationRequest.builder()
                        .autoScalingConfigurationArn(mine)
                        .build(),
                ListServicesForAutoScalingConfigurationResponse.class);
        assertThat(users.serviceArnList()).containsExactly(service.serviceArn());
        refuses(
                () -> cloud.call(
                        "DeleteAutoScalingConfiguration",
                        DeleteAutoScalingConfigurationRequest.builder()
                                .autoScalingConfigurationArn(mine)
                                .build(),
                        DeleteAutoScalingConfigurationResponse.class),
                "InvalidRequestException",
                "default");
    }

    @Test
    void everythingWithAnArnHasTagsAndPoliciesMayAskForThem() {
        VpcConnector connector = connector("to-vpc");
        Service service =
                running(in -> in.tags(Tag.builder().key("team").value("red").build()));
        for (String arn : List.of(connector.vpcConnectorArn(), service.serviceArn())) {
            cloud.call(
                    "TagResource",
                    TagResourceRequest.builder()
                            .resourceArn(arn)
                            .tags(Tag.builder().key("stage").value("prod").build())
                            .build(),
                    TagResourceResponse.class);
            ListTagsForResourceResponse tags = cloud.call(
                    "ListTagsForResource",
                    ListTagsForResourceRequest.builder().resourceArn(arn).build(),
                    ListTagsForResourceResponse.class);
            assertThat(tags.tags()).extracting(Tag::key).contains("stage");
        }
        assertThat(cloud.questions(
                                "DeleteService",
                                DeleteServiceRequest.builder()
                                        .serviceArn(service.serviceArn())
                                        .build())
                        .get(0)
                        .context())
                .containsEntry("aws:ResourceTag/team", List.of("red"))
                .containsEntry("aws:ResourceTag/stage", List.of("prod"));
        assertThat(cloud.questions(
                                "CreateService",
                                CreateServiceRequest.builder()
                                        .serviceName("other")
                                        .networkConfiguration(through("the-arn"))
                                        .tags(Tag.builder()
                                                .key("team")
                                                .value("red")
                                                .build())
                                        .build())
                        .get(0)
                        .context())
                .containsEntry("aws:RequestTag/team", List.of("red"))
                .containsEntry("aws:TagKeys", List.of("team"))
                .containsEntry("apprunner:VpcConnectorArn", List.of("the-arn"));
    }

    @Test
    void maintenanceLooksLikeAnOperationThatIsNobodys() {
        Service service = running(in -> {});
        cloud.troubles.add(Trouble.of(Kind.MAINTENANCE, Duration.ofMinutes(3))
                .in(new Scope(null, null, null, service.serviceArn())));
        assertThat(cloud.describe(service.serviceArn()).statusAsString()).isEqualTo("OPERATION_IN_PROGRESS");
        assertThat(cloud.newestOperation(service.serviceArn()).typeAsString()).isEqualTo("CREATE_SERVICE");
        PauseServiceRequest pause =
                PauseServiceRequest.builder().serviceArn(service.serviceArn()).build();
        refuses(
                () -> cloud.call("PauseService", pause, PauseServiceResponse.class),
                "InvalidStateException",
                "OPERATION_IN_PROGRESS");
        cloud.driveFor(Duration.ofMinutes(3));
        assertThat(cloud.describe(service.serviceArn()).statusAsString()).isEqualTo("RUNNING");
        cloud.call("PauseService", pause, PauseServiceResponse.class);
        assertThat(cloud.settle(service.serviceArn())).isEqualTo("PAUSED");
    }

    @Test
    void anArnOfAnotherRegionIsNotHere() {
        Service service = running(in -> {});
        refuses(
                () -> cloud.describe(service.serviceArn().replace("us-east-1", "eu-west-1")),
                "ResourceNotFoundException",
                "does not exist");
    }
}
