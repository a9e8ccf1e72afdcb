package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Page;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apprunner.model.CreateAutoScalingConfigurationRequest;
import software.amazon.awssdk.services.apprunner.model.CreateAutoScalingConfigurationResponse;
import software.amazon.awssdk.services.apprunner.model.DeleteAutoScalingConfigurationRequest;
import software.amazon.awssdk.services.apprunner.model.DeleteAutoScalingConfigurationResponse;
import software.amazon.awssdk.services.apprunner.model.DescribeAutoScalingConfigurationRequest;
import software.amazon.awssdk.services.apprunner.model.DescribeAutoScalingConfigurationResponse;
import software.amazon.awssdk.services.apprunner.model.ListAutoScalingConfigurationsRequest;
import software.amazon.awssdk.services.apprunner.model.ListAutoScalingConfigurationsResponse;
import software.amazon.awssdk.services.apprunner.model.ListServicesForAutoScalingConfigurationRequest;
import software.amazon.awssdk.services.apprunner.model.ListServicesForAutoScalingConfigurationResponse;
import software.amazon.awssdk.services.apprunner.model.UpdateDefaultAutoScalingConfigurationRequest;
import software.amazon.awssdk.services.apprunner.model.UpdateDefaultAutoScalingConfigurationResponse;

/** The operations on auto scaling configurations. */
final class ScalingApi {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9\\-_]{3,31}");
    private static final int MOST_CONCURRENCY = 200;
    private static final int MOST_SIZE = 25;
    private static final int REVISIONS = 5;
    private static final int NAMES = 10;
    private static final int PAGE = 100;

    private final ScalingConfigurations scaling;
    private final Services services;
    private final Ids ids;
    private final Answers answers;

    ScalingApi(ScalingConfigurations scaling, Services services, Ids ids, Answers answers) {
        this.scaling = scaling;
        this.services = services;
        this.ids = ids;
        this.answers = answers;
    }

    synchronized CreateAutoScalingConfigurationResponse create(
            Call call, CreateAutoScalingConfigurationRequest request) {
        String name = request.autoScalingConfigurationName();
        ScalingRecord standard = ScalingRecord.standard(call.account(), call.region());
        int concurrency = or(request.maxConcurrency(), standard.maxConcurrency());
        int min = or(request.minSize(), standard.minSize());
        int max = or(request.maxSize(), Math.max(min, standard.maxSize()));
        check(request, min, max);
        List<ScalingRecord> all = scaling.all(call.account(), call.region());
        checkQuotas(all, name);
        int revision = 1
                + all.stream()
                        .filter(each -> each.name().equals(name))
                        .mapToInt(ScalingRecord::revision)
                        .max()
                        .orElse(0);
        var record = new ScalingRecord(
                call.account(),
                call.region(),
                name,
                revision,
                ids.hex(),
                concurrency,
                min,
                max,
                call.now().toEpochMilli(),
                null,
                Tags.map(request.tags()));
        scaling.put(record);
        return CreateAutoScalingConfigurationResponse.builder()
                .autoScalingConfiguration(answers.scaling(record))
                .build();
    }

    private static void check(CreateAutoScalingConfigurationRequest request, int min, int max) {
        var problems = new Problems();
        problems.matches("autoScalingConfigurationName", request.autoScalingConfigurationName(), NAME);
        problems.within("maxConcurrency", request.maxConcurrency(), 1, MOST_CONCURRENCY);
        problems.within("minSize", request.minSize(), 1, MOST_SIZE);
        problems.within("maxSize", request.maxSize(), 1, Integer.MAX_VALUE);
        if (min > max) {
            problems.add("MinSize " + min + " is larger than MaxSize " + max);
        }
        if (ScalingRecord.DEFAULT_NAME.equals(request.autoScalingConfigurationName())) {
            problems.add("The name " + ScalingRecord.DEFAULT_NAME + " is reserved");
        }
        Tags.check(request.tags(), problems);
        problems.throwIfAny();
    }

    private static void checkQuotas(List<ScalingRecord> all, String name) {
        long revisions = all.stream()
                .filter(each -> each.active() && each.name().equals(name))
                .count();
        if (revisions >= REVISIONS) {
            throw Errors.quota("The auto scaling configuration " + name + " has " + REVISIONS
                    + " revisions, which is the limit; delete one that no service uses");
        }
        long names = all.stream()
                .filter(each -> each.active() && !each.name().equals(ScalingRecord.DEFAULT_NAME))
                .map(ScalingRecord::name)
                .distinct()
                .count();
        if (revisions == 0 && names >= NAMES) {
            throw Errors.quota("You have auto scaling configurations of " + NAMES
                    + " names, which is the limit; delete those that you don't need");
        }
    }

    DescribeAutoScalingConfigurationResponse describe(Call call, DescribeAutoScalingConfigurationRequest request) {
        return DescribeAutoScalingConfigurationResponse.builder()
                .autoScalingConfiguration(answers.scaling(require(call, request.autoScalingConfigurationArn())))
                .build();
    }

    synchronized DeleteAutoScalingConfigurationResponse delete(
            Call call, DeleteAutoScalingConfigurationRequest request) {
        String arn = request.autoScalingConfigurationArn();
        ScalingRecord named = require(call, arn);
        boolean all = Boolean.TRUE.equals(request.deleteAllRevisions());
        if (all && !arn.endsWith(":autoscalingconfiguration/" + named.name())) {
            throw Errors.invalid("With DeleteAllRevisions the ARN must end with the name, …:autoscalingconfiguration/"
                    + named.name());
        }
        if (named.name().equals(ScalingRecord.DEFAULT_NAME)) {
            throw Errors.invalid("The default auto scaling configuration can't be deleted");
        }
        String standard = scaling.defaultOf(call.account(), call.region()).arn();
        List<ScalingRecord> doomed = scaling.all(call.account(), call.region()).stream()
                .filter(each -> each.active() && each.name().equals(named.name()))
                .filter(each -> all || each.revision() == named.revision())
                .toList();
        if (doomed.isEmpty()) {
            throw Errors.notFound("AutoScalingConfiguration with ARN " + arn + " has been deleted");
        }
        if (doomed.stream().anyMatch(each -> each.arn().equals(standard))) {
            throw Errors.invalid("The default auto scaling configuration can't be deleted");
        }
        if (doomed.stream().anyMatch(services::usesScaling)) {
            throw Errors.invalid("You can't delete the auto scaling configuration. It's used by one or more services."
                    + " To delete it, update the services to use other auto scaling configurations.");
        }
        long now = call.now().toEpochMilli();
        doomed.forEach(each -> scaling.update(each, old -> old.deleted(now)));
        return DeleteAutoScalingConfigurationResponse.builder()
                .autoScalingConfiguration(answers.scaling(named.deleted(now)))
                .build();
    }

    ListAutoScalingConfigurationsResponse list(Call call, ListAutoScalingConfigurationsRequest request) {
        boolean latestOnly = !Boolean.FALSE.equals(request.latestOnly());
        @Nullable String name = request.autoScalingConfigurationName();
        List<ScalingRecord> all = scaling.all(call.account(), call.region()).stream()
                .filter(ScalingRecord::active)
                .filter(each -> name == null || each.name().equals(name))
                .filter(each -> !latestOnly || scaling.isLatest(each))
                .toList();
        Page<ScalingRecord> page = Pages.of(all, ScalingRecord::place, request.maxResults(), PAGE, request.nextToken());
        return ListAutoScalingConfigurationsResponse.builder()
                .autoScalingConfigurationSummaryList(
                        page.items().stream().map(answers::summary).toList())
                .nextToken(page.next())
                .build();
    }

    UpdateDefaultAutoScalingConfigurationResponse makeDefault(
            Call call, UpdateDefaultAutoScalingConfigurationRequest request) {
        ScalingRecord record = require(call, request.autoScalingConfigurationArn());
        if (!record.active()) {
            throw Errors.notFound("AutoScalingConfiguration with ARN " + record.arn() + " has been deleted");
        }
        scaling.makeDefault(record);
        return UpdateDefaultAutoScalingConfigurationResponse.builder()
                .autoScalingConfiguration(answers.scaling(record))
                .build();
    }

    ListServicesForAutoScalingConfigurationResponse listServices(
            Call call, ListServicesForAutoScalingConfigurationRequest request) {
        ScalingRecord record = require(call, request.autoScalingConfigurationArn());
        List<ServiceRecord> all = services.list(call.account(), call.region()).stream()
                .filter(service -> service.configuration().autoScalingArn().equals(record.arn()))
                .toList();
        Page<ServiceRecord> page = Pages.of(all, ServiceRecord::place, request.maxResults(), PAGE, request.nextToken());
        return ListServicesForAutoScalingConfigurationResponse.builder()
                .serviceArnList(page.items().stream().map(ServiceRecord::arn).toList())
                .nextToken(page.next())
                .build();
    }

    private ScalingRecord require(Call call, String arn) {
        return scaling.find(call.account(), call.region(), arn)
                .orElseThrow(() -> Errors.notFound("AutoScalingConfiguration with ARN " + arn + " does not exist"));
    }

    private static int or(@Nullable Integer wanted, int standard) {
        return wanted == null ? standard : wanted;
    }
}
