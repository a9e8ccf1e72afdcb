package dev.slipway.cloud.ecr;

import dev.slipway.cloud.wire.Authorizer.Question;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ecr.model.BatchGetRepositoryScanningConfigurationRequest;
import software.amazon.awssdk.services.ecr.model.BatchGetRepositoryScanningConfigurationResponse;
import software.amazon.awssdk.services.ecr.model.DeleteRegistryPolicyRequest;
import software.amazon.awssdk.services.ecr.model.DeleteRegistryPolicyResponse;
import software.amazon.awssdk.services.ecr.model.GetAccountSettingRequest;
import software.amazon.awssdk.services.ecr.model.GetAccountSettingResponse;
import software.amazon.awssdk.services.ecr.model.GetRegistryPolicyRequest;
import software.amazon.awssdk.services.ecr.model.GetRegistryPolicyResponse;
import software.amazon.awssdk.services.ecr.model.GetRegistryScanningConfigurationRequest;
import software.amazon.awssdk.services.ecr.model.GetRegistryScanningConfigurationResponse;
import software.amazon.awssdk.services.ecr.model.PutAccountSettingRequest;
import software.amazon.awssdk.services.ecr.model.PutAccountSettingResponse;
import software.amazon.awssdk.services.ecr.model.PutRegistryPolicyRequest;
import software.amazon.awssdk.services.ecr.model.PutRegistryPolicyResponse;
import software.amazon.awssdk.services.ecr.model.PutRegistryScanningConfigurationRequest;
import software.amazon.awssdk.services.ecr.model.PutRegistryScanningConfigurationResponse;
import software.amazon.awssdk.services.ecr.model.RegistryScanningConfiguration;
import software.amazon.awssdk.services.ecr.model.RegistryScanningRule;
import software.amazon.awssdk.services.ecr.model.RepositoryScanningConfiguration;
import software.amazon.awssdk.services.ecr.model.RepositoryScanningConfigurationFailure;
import software.amazon.awssdk.services.ecr.model.ScanFrequency;
import software.amazon.awssdk.services.ecr.model.ScanningRepositoryFilter;

/** What is set for a whole registry: its policy, how it scans, account settings. */
final class RegistryOperations {
    /** The settings there are, and the values each may have; the first is what it is until somebody sets it. */
    private static final Map<String, List<String>> SETTINGS = Map.of(
            "BASIC_SCAN_TYPE_VERSION",
            List.of("AWS_NATIVE"),
            "REGISTRY_POLICY_SCOPE",
            List.of("V2"),
            RegistrySettings.BLOB_MOUNTING,
            List.of("DISABLED", "ENABLED"));

    private static final Set<String> SCAN_TYPES = Set.of("BASIC", "ENHANCED");

    private final RegistrySettings settings;
    private final Repositories repositories;
    private final PolicyPrincipals principals;

    RegistryOperations(RegistrySettings settings, Repositories repositories, PolicyPrincipals principals) {
        this.settings = settings;
        this.repositories = repositories;
        this.principals = principals;
    }

    void addTo(Operations on) {
        policy(on);
        scanning(on);
        on.registry(
                "GetAccountSetting",
                GetAccountSettingRequest.class,
                GetAccountSettingResponse.class,
                (registry, request) -> GetAccountSettingResponse.builder()
                        .name(request.name())
                        .value(settings.of(registry)
                                .account()
                                .getOrDefault(
                                        request.name(), values(request.name()).get(0)))
                        .build());
        on.registry(
                "PutAccountSetting", PutAccountSettingRequest.class, PutAccountSettingResponse.class, this::putSetting);
    }

    private void policy(Operations on) {
        on.registry(
                "PutRegistryPolicy",
                PutRegistryPolicyRequest.class,
                PutRegistryPolicyResponse.class,
                (registry, request) -> {
                    PolicyPrincipals.Policy policy = principals.read(request.policyText(), "registry", "ecr:");
                    settings.change(registry, row -> row.withPolicy(Optional.of(policy)));
                    return PutRegistryPolicyResponse.builder()
                            .registryId(registry.account())
                            .policyText(request.policyText())
                            .build();
                });
        on.registry(
                "GetRegistryPolicy",
                GetRegistryPolicyRequest.class,
                GetRegistryPolicyResponse.class,
                (registry, request) -> GetRegistryPolicyResponse.builder()
                        .registryId(registry.account())
                        .policyText(policy(registry))
                        .build());
        on.registry(
                "DeleteRegistryPolicy",
                DeleteRegistryPolicyRequest.class,
                DeleteRegistryPolicyResponse.class,
                (registry, request) -> {
                    String text = policy(registry);
                    settings.change(registry, row -> row.withPolicy(Optional.empty()));
                    return DeleteRegistryPolicyResponse.builder()
                            .registryId(registry.account())
                            .policyText(text)
                            .build();
                });
    }

    private String policy(RegistryId registry) {
        return settings.policy(registry)
                .orElseThrow(() -> Errors.error(
                        "RegistryPolicyNotFoundException",
                        "Registry policy does not exist in the registry with id '" + registry.account() + "'"));
    }

    private void scanning(Operations on) {
        on.registry(
                "GetRegistryScanningConfiguration",
                GetRegistryScanningConfigurationRequest.class,
                GetRegistryScanningConfigurationResponse.class,
                (registry, request) -> GetRegistryScanningConfigurationResponse.builder()
                        .registryId(registry.account())
                        .scanningConfiguration(shown(settings.of(registry)))
                        .build());
        on.registry(
                "PutRegistryScanningConfiguration",
                PutRegistryScanningConfigurationRequest.class,
                PutRegistryScanningConfigurationResponse.class,
                this::putScanning);
        Questions questions = on.questions();
        on.on(
                "BatchGetRepositoryScanningConfiguration",
                BatchGetRepositoryScanningConfigurationRequest.class,
                BatchGetRepositoryScanningConfigurationResponse.class,
                (call, request) -> request.repositoryNames().stream()
                        .<Question>map(name -> questions.about(
                                call.caller(),
                                "BatchGetRepositoryScanningConfiguration",
                                Operations.id(call, null, name)))
                        .toList(),
                (call, request) -> scanningOf(Operations.registry(call, null), request.repositoryNames()));
    }

    private PutRegistryScanningConfigurationResponse putScanning(
            RegistryId registry, PutRegistryScanningConfigurationRequest request) {
        String type = request.scanType() == null ? "BASIC" : request.scanTypeAsString();
        if (!SCAN_TYPES.contains(type)) {
            throw Errors.invalidParameter("scanType", "must be one of " + SCAN_TYPES);
        }
        List<RegistrySettings.ScanRule> rules = request.rules().stream()
                .map(rule -> new RegistrySettings.ScanRule(
                        frequency(rule),
                        rule.repositoryFilters().stream()
                                .map(ScanningRepositoryFilter::filter)
                                .toList()))
                .toList();
        if (type.equals("BASIC")
                && rules.stream().anyMatch(rule -> rule.frequency().equals("CONTINUOUS_SCAN"))) {
            throw Errors.invalidParameter("rules", "CONTINUOUS_SCAN is for the scan type ENHANCED");
        }
        return PutRegistryScanningConfigurationResponse.builder()
                .registryScanningConfiguration(shown(settings.change(registry, row -> row.withScanning(type, rules))))
                .build();
    }

    private static String frequency(RegistryScanningRule rule) {
        if (rule.scanFrequency() == ScanFrequency.UNKNOWN_TO_SDK_VERSION) {
            throw Errors.invalidParameter("scanFrequency", "must be one of " + ScanFrequency.knownValues());
        }
        return rule.scanFrequencyAsString();
    }

    private static RegistryScanningConfiguration shown(RegistrySettings.Row row) {
        return RegistryScanningConfiguration.builder()
                .scanType(row.scanType())
                .rules(row.scanRules().stream()
                        .map(rule -> RegistryScanningRule.builder()
                                .scanFrequency(rule.frequency())
                                .repositoryFilters(rule.filters().stream()
                                        .map(RegistryOperations::filter)
                                        .toList())
                                .build())
                        .toList())
                .build();
    }

    private static ScanningRepositoryFilter filter(String pattern) {
        return ScanningRepositoryFilter.builder()
                .filter(pattern)
                .filterType("WILDCARD")
                .build();
    }

    private BatchGetRepositoryScanningConfigurationResponse scanningOf(RegistryId registry, List<String> names) {
        List<RegistrySettings.ScanRule> rules = settings.of(registry).scanRules();
        var answer = BatchGetRepositoryScanningConfigurationResponse.builder();
        answer.scanningConfigurations(names.stream()
                .flatMap(name -> repositories.row(registry.repository(name)).stream())
                .map(row -> scanningOf(row, rules))
                .toList());
        answer.failures(names.stream()
                .filter(name -> repositories.row(registry.repository(name)).isEmpty())
                .map(name -> RepositoryScanningConfigurationFailure.builder()
                        .repositoryName(name)
                        .failureCode("REPOSITORY_NOT_FOUND")
                        .failureReason("REPOSITORY_NOT_FOUND")
                        .build())
                .toList());
        return answer.build();
    }

    private static RepositoryScanningConfiguration scanningOf(
            RepositoryRow row, List<RegistrySettings.ScanRule> rules) {
        Optional<RegistrySettings.ScanRule> rule = rules.stream()
                .filter(one -> one.filters().stream()
                        .anyMatch(pattern -> Wildcard.matches(pattern, row.id().name())))
                .findFirst();
        String usual = row.scanOnPush() ? "SCAN_ON_PUSH" : "MANUAL";
        return RepositoryScanningConfiguration.builder()
                .repositoryArn(RepositoryRow.arn(row.id()))
                .repositoryName(row.id().name())
                .scanOnPush(row.scanOnPush())
                .scanFrequency(rule.map(RegistrySettings.ScanRule::frequency).orElse(usual))
                .appliedScanFilters(rule.map(RegistrySettings.ScanRule::filters).orElse(List.of()).stream()
                        .map(RegistryOperations::filter)
                        .toList())
                .build();
    }

    private PutAccountSettingResponse putSetting(RegistryId registry, PutAccountSettingRequest request) {
        if (!values(request.name()).contains(request.value())) {
            throw Errors.validation("The value of the account setting " + request.name() + " must be one of "
                    + values(request.name()) + ", not " + request.value());
        }
        settings.change(registry, row -> row.withSetting(request.name(), request.value()));
        return PutAccountSettingResponse.builder()
                .name(request.name())
                .value(request.value())
                .build();
    }

    private static List<String> values(String name) {
        List<String> values = SETTINGS.get(name);
        if (values == null) {
            throw Errors.validation("There is no account setting " + name + "; there are "
                    + SETTINGS.keySet().stream().sorted().toList());
        }
        return values;
    }
}
