package dev.slipway.cloud.secrets;

import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.DescribeParametersRequest;
import software.amazon.awssdk.services.ssm.model.DescribeParametersResponse;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryResponse;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterHistory;
import software.amazon.awssdk.services.ssm.model.ParameterMetadata;

/** Reading parameters one by one, by path, and their history. */
final class ParameterReads {
    private final ParameterTable parameters;
    private final Vault vault;

    ParameterReads(ParameterTable parameters, Vault vault) {
        this.parameters = parameters;
        this.vault = vault;
    }

    GetParameterResponse get(Call call, GetParameterRequest request) {
        ParameterName name = ParameterName.parse(String.valueOf(request.name()));
        ParameterRecord parameter = parameters.find(call, name).orElseThrow(Errors::parameterNotFound);
        ParameterRecord.Version version = version(parameter, name)
                .orElseThrow(() -> Errors.error(
                        "ParameterVersionNotFound",
                        "Systems Manager could not find version "
                                + String.valueOf(name.selector()).substring(1) + " of " + parameter.name()
                                + ". Verify the version and try again."));
        return GetParameterResponse.builder()
                .parameter(shape(parameter, version, name.selector(), request.withDecryption()))
                .build();
    }

    private static Optional<ParameterRecord.Version> version(ParameterRecord parameter, ParameterName name) {
        if (name.label()) {
            return Optional.empty();
        }
        Optional<Long> number = name.number();
        return number.isPresent() ? parameter.version(number.get()) : Optional.of(parameter.latest());
    }

    GetParametersResponse getAll(Call call, GetParametersRequest request) {
        List<Parameter> found = new ArrayList<>();
        List<String> invalid = new ArrayList<>();
        for (String each : new LinkedHashSet<>(request.names())) {
            ParameterName name = ParameterName.parse(String.valueOf(each));
            Optional<ParameterRecord> parameter = parameters.find(call, name);
            Optional<ParameterRecord.Version> version = parameter.flatMap(known -> version(known, name));
            if (version.isPresent()) {
                found.add(shape(parameter.get(), version.get(), name.selector(), request.withDecryption()));
            } else {
                invalid.add(each);
            }
        }
        return GetParametersResponse.builder()
                .parameters(found)
                .invalidParameters(invalid)
                .build();
    }

    GetParametersByPathResponse byPath(Call call, GetParametersByPathRequest request) {
        String path = String.valueOf(request.path());
        if (!path.startsWith("/")) {
            throw Errors.validation("The parameter doesn't meet the parameter name requirements. The parameter name"
                    + " must begin with a forward slash \"/\". It can't be prefixed with \"aws\" or \"ssm\""
                    + " (case-insensitive). It must use only letters, numbers, or the following symbols: . (period),"
                    + " - (hyphen), _ (underscore). Special characters are not allowed. All sub-paths, if specified,"
                    + " must use the forward slash symbol \"/\". Valid example: /get/parameters2-/by1./path0_.");
        }
        boolean deep = Boolean.TRUE.equals(request.recursive());
        List<ParameterRecord> found = parameters.all(call.account(), call.region()).stream()
                .filter(each -> ParameterFilters.under(path, deep, each.name()))
                .filter(each -> ParameterFilters.accept(request.parameterFilters(), each))
                .toList();
        Page<ParameterRecord> page = Pages.of(
                found, ParameterRecord::name, request.maxResults(), 10, request.nextToken(), "InvalidNextToken");
        return GetParametersByPathResponse.builder()
                .parameters(page.items().stream()
                        .map(each -> shape(each, each.latest(), null, request.withDecryption()))
                        .toList())
                .nextToken(page.next())
                .build();
    }

    DescribeParametersResponse describe(Call call, DescribeParametersRequest request) {
        if (request.hasFilters() && request.hasParameterFilters()) {
            throw Errors.validation("You can use either Filters or ParameterFilters in a single request.");
        }
        List<ParameterRecord> found = parameters.all(call.account(), call.region()).stream()
                .filter(each -> ParameterFilters.acceptOld(request.filters(), each))
                .filter(each -> ParameterFilters.accept(request.parameterFilters(), each))
                .toList();
        Page<ParameterRecord> page = Pages.of(
                found, ParameterRecord::name, request.maxResults(), 50, request.nextToken(), "InvalidNextToken");
        return DescribeParametersResponse.builder()
                .parameters(page.items().stream().map(ParameterReads::metadata).toList())
                .nextToken(page.next())
                .build();
    }

    GetParameterHistoryResponse history(Call call, GetParameterHistoryRequest request) {
        ParameterRecord parameter = parameters
                .find(call, ParameterName.parse(String.valueOf(request.name())))
                .orElseThrow(Errors::parameterNotFound);
        Page<ParameterRecord.Version> page = Pages.of(
                parameter.versions(),
                version -> Page.ascending(version.number()),
                request.maxResults(),
                50,
                request.nextToken(),
                "InvalidNextToken");
        return GetParameterHistoryResponse.builder()
                .parameters(page.items().stream()
                        .map(version -> ParameterHistory.builder()
                                .name(parameter.name())
                                .type(version.type())
                                .keyId(key(version.type()))
                                .lastModifiedDate(Instant.ofEpochMilli(version.modifiedAt()))
                                .lastModifiedUser(version.modifiedBy())
                                .description(version.description())
                                .allowedPattern(version.allowedPattern())
                                .value(value(parameter, version, request.withDecryption()))
                                .version(version.number())
                                .labels(List.of())
                                .tier(version.tier())
                                .policies(List.of())
                                .dataType(version.dataType())
                                .build())
                        .toList())
                .nextToken(page.next())
                .build();
    }

    private Parameter shape(
            ParameterRecord parameter,
            ParameterRecord.Version version,
            @Nullable String selector,
            @Nullable Boolean decrypt) {
        return Parameter.builder()
                .name(parameter.name())
                .type(version.type())
                .value(value(parameter, version, decrypt))
                .version(version.number())
                .selector(selector)
                .lastModifiedDate(Instant.ofEpochMilli(version.modifiedAt()))
                .arn(parameter.arn())
                .dataType(version.dataType())
                .build();
    }

    /** A secure string stays sealed unless it is asked for in clear. */
    private String value(ParameterRecord parameter, ParameterRecord.Version version, @Nullable Boolean decrypt) {
        boolean sealed = version.type().equals(ParameterRecord.SECURE) && !Boolean.TRUE.equals(decrypt);
        return sealed ? version.sealed() : vault.open(parameter.place(version.number()), version.sealed());
    }

    private static ParameterMetadata metadata(ParameterRecord parameter) {
        ParameterRecord.Version latest = parameter.latest();
        return ParameterMetadata.builder()
                .name(parameter.name())
                .arn(parameter.arn())
                .type(parameter.type())
                .keyId(key(parameter.type()))
                .lastModifiedDate(Instant.ofEpochMilli(latest.modifiedAt()))
                .lastModifiedUser(latest.modifiedBy())
                .description(parameter.description())
                .allowedPattern(parameter.allowedPattern())
                .version(latest.number())
                .tier(parameter.tier())
                .policies(List.of())
                .dataType(parameter.dataType())
                .build();
    }

    private static @Nullable String key(String type) {
        return type.equals(ParameterRecord.SECURE) ? "alias/aws/ssm" : null;
    }
}
