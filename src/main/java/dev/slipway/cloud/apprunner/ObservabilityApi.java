package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.wire.AwsService;
import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Page;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apprunner.model.CreateObservabilityConfigurationRequest;
import software.amazon.awssdk.services.apprunner.model.CreateObservabilityConfigurationResponse;
import software.amazon.awssdk.services.apprunner.model.DeleteObservabilityConfigurationRequest;
import software.amazon.awssdk.services.apprunner.model.DeleteObservabilityConfigurationResponse;
import software.amazon.awssdk.services.apprunner.model.DescribeObservabilityConfigurationRequest;
import software.amazon.awssdk.services.apprunner.model.DescribeObservabilityConfigurationResponse;
import software.amazon.awssdk.services.apprunner.model.ListObservabilityConfigurationsRequest;
import software.amazon.awssdk.services.apprunner.model.ListObservabilityConfigurationsResponse;
import software.amazon.awssdk.services.apprunner.model.ObservabilityConfiguration;
import software.amazon.awssdk.services.apprunner.model.ObservabilityConfigurationSummary;
import software.amazon.awssdk.services.apprunner.model.TraceConfiguration;

/** The operations on observability configurations. */
final class ObservabilityApi {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9\\-_]{3,31}");
    private static final int NAMES = 10;
    private static final int REVISIONS = 10;
    private static final int PAGE = 100;

    private final Resources<ObservabilityRecord> configurations;
    private final Services services;
    private final Ids ids;

    ObservabilityApi(Resources<ObservabilityRecord> configurations, Services services, Ids ids) {
        this.configurations = configurations;
        this.services = services;
        this.ids = ids;
    }

    void register(AwsService.Builder api, Permissions may) {
        api.on(
                "CreateObservabilityConfiguration",
                CreateObservabilityConfigurationRequest.class,
                CreateObservabilityConfigurationResponse.class,
                (call, in) -> may.create(
                        call,
                        "CreateObservabilityConfiguration",
                        ObservabilityRecord.KIND,
                        in.observabilityConfigurationName(),
                        in.tags()),
                this::create);
        api.on(
                "DescribeObservabilityConfiguration",
                DescribeObservabilityConfigurationRequest.class,
                DescribeObservabilityConfigurationResponse.class,
                (call, in) -> may.on(call, "DescribeObservabilityConfiguration", in.observabilityConfigurationArn()),
                this::describe);
        api.on(
                "DeleteObservabilityConfiguration",
                DeleteObservabilityConfigurationRequest.class,
                DeleteObservabilityConfigurationResponse.class,
                (call, in) -> may.on(call, "DeleteObservabilityConfiguration", in.observabilityConfigurationArn()),
                this::delete);
        api.on(
                "ListObservabilityConfigurations",
                ListObservabilityConfigurationsRequest.class,
                ListObservabilityConfigurationsResponse.class,
                (call, in) -> may.on(call, "ListObservabilityConfigurations", null),
                this::list);
    }

    /** Finds by {@code …/NAME}, {@code …/NAME/REVISION} or the whole ARN; deleted ones too, unless by the name alone. */
    static Optional<ObservabilityRecord> find(
            Resources<ObservabilityRecord> configurations, String account, String region, String arn) {
        Optional<ConfigurationArn> wanted = ConfigurationArn.parse(arn, ObservabilityRecord.KIND, account, region);
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        Stream<ObservabilityRecord> named = configurations.all(account, region).stream()
                .filter(each -> each.name().equals(wanted.get().name()));
        return wanted.get().isLatest()
                ? named.filter(ObservabilityRecord::active).max(Comparator.comparingInt(ObservabilityRecord::revision))
                : named.filter(each -> wanted.get().takes(each.revision(), each.id()))
                        .findFirst();
    }

    private ObservabilityRecord require(Call call, String arn) {
        return find(configurations, call.account(), call.region(), arn)
                .orElseThrow(() -> Errors.notFound("ObservabilityConfiguration with ARN " + arn + " does not exist"));
    }

    private boolean isLatest(ObservabilityRecord record) {
        return record.active()
                && configurations.all(record.account(), record.region()).stream()
                        .filter(each -> each.active() && each.name().equals(record.name()))
                        .allMatch(each -> each.revision() <= record.revision());
    }

    private synchronized CreateObservabilityConfigurationResponse create(
            Call call, CreateObservabilityConfigurationRequest request) {
        String name = request.observabilityConfigurationName();
        var problems = new Problems();
        problems.matches("observabilityConfigurationName", name, NAME);
        Tags.check(request.tags(), problems);
        String vendor = request.traceConfiguration() == null
                ? null
                : request.traceConfiguration().vendorAsString();
        if (vendor != null && !vendor.equals("AWSXRAY")) {
            problems.add("Value '" + vendor + "' at 'traceConfiguration.vendor' failed to satisfy constraint: Member"
                    + " must satisfy enum value set: [AWSXRAY]");
        }
        problems.throwIfAny();
        List<ObservabilityRecord> all = configurations.all(call.account(), call.region());
        checkQuotas(all, name);
        int revision = 1
                + all.stream()
                        .filter(each -> each.name().equals(name))
                        .mapToInt(ObservabilityRecord::revision)
                        .max()
                        .orElse(0);
        var record = new ObservabilityRecord(
                call.account(),
                call.region(),
                name,
                revision,
                ids.hex(),
                vendor,
                call.now().toEpochMilli(),
                null,
                Tags.map(request.tags()));
        configurations.put(record);
        return CreateObservabilityConfigurationResponse.builder()
                .observabilityConfiguration(shape(record))
                .build();
    }

    private static void checkQuotas(List<ObservabilityRecord> all, String name) {
        long revisions = all.stream()
                .filter(each -> each.active() && each.name().equals(name))
                .count();
        if (revisions >= REVISIONS) {
            throw Errors.quota("The observability configuration " + name + " has " + REVISIONS
                    + " revisions, which is the limit; delete one that no service uses");
        }
        long names = all.stream()
                .filter(ObservabilityRecord::active)
                .map(ObservabilityRecord::name)
                .distinct()
                .count();
        if (revisions == 0 && names >= NAMES) {
            throw Errors.quota("You have observability configurations of " + NAMES
                    + " names, which is the limit; delete those that you don't need");
        }
    }

    private DescribeObservabilityConfigurationResponse describe(
            Call call, DescribeObservabilityConfigurationRequest request) {
        return DescribeObservabilityConfigurationResponse.builder()
                .observabilityConfiguration(shape(require(call, request.observabilityConfigurationArn())))
                .build();
    }

    private synchronized DeleteObservabilityConfigurationResponse delete(
            Call call, DeleteObservabilityConfigurationRequest request) {
        ObservabilityRecord record = require(call, request.observabilityConfigurationArn());
        if (!record.active()) {
            throw Errors.notFound("ObservabilityConfiguration with ARN " + record.arn() + " has been deleted");
        }
        if (services.uses(configuration -> record.arn().equals(configuration.observabilityArn()))) {
            throw Errors.invalid("You can't delete the observability configuration. It's used by one or more services."
                    + " To delete it, update the services to use other observability configurations.");
        }
        ObservabilityRecord deleted = record.deleted(call.now().toEpochMilli());
        configurations.put(deleted);
        return DeleteObservabilityConfigurationResponse.builder()
                .observabilityConfiguration(shape(deleted))
                .build();
    }

    private ListObservabilityConfigurationsResponse list(Call call, ListObservabilityConfigurationsRequest request) {
        boolean latestOnly = !Boolean.FALSE.equals(request.latestOnly());
        @Nullable String name = request.observabilityConfigurationName();
        List<ObservabilityRecord> all = configurations.all(call.account(), call.region()).stream()
                .filter(ObservabilityRecord::active)
                .filter(each -> name == null || each.name().equals(name))
                .filter(each -> !latestOnly || isLatest(each))
                .sorted(Comparator.comparing(ObservabilityRecord::place))
                .toList();
        Page<ObservabilityRecord> page =
                Pages.of(all, ObservabilityRecord::place, request.maxResults(), PAGE, request.nextToken());
        return ListObservabilityConfigurationsResponse.builder()
                .observabilityConfigurationSummaryList(page.items().stream()
                        .map(each -> ObservabilityConfigurationSummary.builder()
                                .observabilityConfigurationArn(each.arn())
                                .observabilityConfigurationName(each.name())
                                .observabilityConfigurationRevision(each.revision())
                                .build())
                        .toList())
                .nextToken(page.next())
                .build();
    }

    private ObservabilityConfiguration shape(ObservabilityRecord record) {
        var shape = ObservabilityConfiguration.builder()
                .observabilityConfigurationArn(record.arn())
                .observabilityConfigurationName(record.name())
                .observabilityConfigurationRevision(record.revision())
                .latest(isLatest(record))
                .status(record.active() ? "ACTIVE" : "INACTIVE")
                .createdAt(Instant.ofEpochMilli(record.createdAt()));
        if (record.vendor() != null) {
            shape.traceConfiguration(
                    TraceConfiguration.builder().vendor(record.vendor()).build());
        }
        Long deleted = record.deletedAt();
        return deleted == null
                ? shape.build()
                : shape.deletedAt(Instant.ofEpochMilli(deleted)).build();
    }
}
