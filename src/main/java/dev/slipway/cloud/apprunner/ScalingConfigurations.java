package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.store.Table;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The recorded auto scaling configurations, with the default one that is there from the start. Thread-safe. */
final class ScalingConfigurations {
    private final Table<ScalingRecord> table;

    ScalingConfigurations(Store store) {
        this.table = store.table("apprunner-scaling", ScalingRecord.class);
    }

    ScalingRecord standard(String account, String region) {
        ScalingRecord standard = ScalingRecord.standard(account, region);
        return table.get(standard.arn()).orElse(standard);
    }

    /** Finds by {@code …/NAME}, {@code …/NAME/REVISION} or the whole ARN; deleted ones too, by their whole ARN. */
    Optional<ScalingRecord> find(String account, String region, String arn) {
        String prefix = "arn:aws:apprunner:" + region + ":" + account + ":autoscalingconfiguration/";
        if (!arn.startsWith(prefix)) {
            return Optional.empty();
        }
        String[] parts = arn.substring(prefix.length()).split("/", -1);
        Stream<ScalingRecord> named =
                all(account, region).stream().filter(each -> each.name().equals(parts[0]));
        if (parts.length == 1) {
            return named.filter(ScalingRecord::active).max(Comparator.comparingInt(ScalingRecord::revision));
        }
        return named.filter(each -> parts[1].equals(Integer.toString(each.revision())))
                .filter(each -> parts.length == 2 || (parts.length == 3 && parts[2].equals(each.id())))
                .findFirst();
    }

    /** By name, then newest first; the deleted ones among them. */
    List<ScalingRecord> all(String account, String region) {
        ScalingRecord standard = standard(account, region);
        return Stream.concat(Stream.of(standard), table.values().stream().filter(each -> !each.arn()
                        .equals(standard.arn())))
                .filter(each -> each.account().equals(account) && each.region().equals(region))
                .sorted(Comparator.comparing(ScalingRecord::name)
                        .thenComparing(ScalingRecord::revision, Comparator.reverseOrder()))
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
