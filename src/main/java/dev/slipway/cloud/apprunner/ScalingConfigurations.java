package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.store.Table;
import dev.slipway.cloud.wire.Call;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The recorded auto scaling configurations, with the default one that is there from the start. Thread-safe. */
final class ScalingConfigurations implements Tagged {
    private static final String KIND = "autoscalingconfiguration";

    private final Table<ScalingRecord> table;
    private final Table<Default> defaults;

    /** What an account chose as its default in a region. Stored. */
    record Default(String arn) {}

    ScalingConfigurations(Store store) {
        this.table = store.table("apprunner-scaling", ScalingRecord.class);
        this.defaults = store.table("apprunner-scaling-defaults", Default.class);
    }

    ScalingRecord standard(String account, String region) {
        ScalingRecord standard = ScalingRecord.standard(account, region);
        return table.get(standard.arn()).orElse(standard);
    }

    /** What services get that name none: one that the account chose, or the one that is there from the start. */
    ScalingRecord defaultOf(String account, String region) {
        return defaults.get(account + "/" + region)
                .flatMap(chosen -> find(account, region, chosen.arn()))
                .filter(ScalingRecord::active)
                .orElseGet(() -> standard(account, region));
    }

    void makeDefault(ScalingRecord record) {
        defaults.put(record.account() + "/" + record.region(), new Default(record.arn()));
    }

    /** Finds by {@code …/NAME}, {@code …/NAME/REVISION} or the whole ARN; deleted ones too, unless by the name alone. */
    Optional<ScalingRecord> find(String account, String region, String arn) {
        Optional<ConfigurationArn> wanted = ConfigurationArn.parse(arn, KIND, account, region);
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        Stream<ScalingRecord> named = all(account, region).stream()
                .filter(each -> each.name().equals(wanted.get().name()));
        return wanted.get().isLatest()
                ? named.filter(ScalingRecord::active).max(Comparator.comparingInt(ScalingRecord::revision))
                : named.filter(each -> wanted.get().takes(each.revision(), each.id()))
                        .findFirst();
    }

    @Override
    public Optional<Map<String, String>> tags(Call call, String arn) {
        return find(call.account(), call.region(), arn).map(ScalingRecord::tags);
    }

    @Override
    public void changeTags(Call call, String arn, UnaryOperator<Map<String, String>> change) {
        find(call.account(), call.region(), arn)
                .ifPresent(found -> update(found, record -> record.withTags(change.apply(record.tags()))));
    }

    /** By name, then newest first; the deleted ones among them. */
    List<ScalingRecord> all(String account, String region) {
        ScalingRecord standard = standard(account, region);
        return Stream.concat(Stream.of(standard), table.values().stream().filter(each -> !each.arn()
                        .equals(standard.arn())))
                .filter(each -> each.account().equals(account) && each.region().equals(region))
                .sorted(Comparator.comparing(ScalingRecord::place))
                .toList();
    }

    boolean isLatest(ScalingRecord record) {
        return all(record.account(), record.region()).stream()
                .filter(each -> each.active() && each.name().equals(record.name()))
                .findFirst()
                .filter(each -> each.revision() == record.revision())
                .isPresent();
    }

    void put(ScalingRecord record) {
        table.put(record.arn(), record);
    }

    void update(ScalingRecord record, UnaryOperator<ScalingRecord> change) {
        if (table.update(record.arn(), change).isEmpty()) {
            table.put(record.arn(), change.apply(record));
        }
    }
}
