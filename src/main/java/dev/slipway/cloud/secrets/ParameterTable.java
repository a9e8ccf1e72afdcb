package dev.slipway.cloud.secrets;

import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.store.Table;
import dev.slipway.cloud.wire.Call;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The recorded parameters. Thread-safe. */
final class ParameterTable {
    private final Table<ParameterRecord> table;

    ParameterTable(Store store) {
        this.table = store.table("parameters", ParameterRecord.class);
    }

    /** A parameter of the caller's region; another account's only by its ARN. */
    Optional<ParameterRecord> find(Call call, ParameterName name) {
        String account = name.account() == null ? call.account() : name.account();
        String region = name.region() == null ? call.region() : name.region();
        if (!region.equals(call.region())) {
            return Optional.empty();
        }
        Optional<ParameterRecord> found = get(account, region, name.name());
        return found.isEmpty() && name.slashless() ? get(account, region, "/" + name.name()) : found;
    }

    /** What a policy is asked about. */
    String arn(Call call, ParameterName name) {
        return ParameterRecord.arn(
                name.account() == null ? call.account() : name.account(),
                name.region() == null ? call.region() : name.region(),
                name.name());
    }

    private Optional<ParameterRecord> get(String account, String region, String name) {
        return table.get(key(account, region, name));
    }

    List<ParameterRecord> all(String account, String region) {
        return table.values().stream()
                .filter(each -> each.account().equals(account) && each.region().equals(region))
                .toList();
    }

    void put(ParameterRecord parameter) {
        table.put(key(parameter.account(), parameter.region(), parameter.name()), parameter);
    }

    ParameterRecord update(ParameterRecord parameter, UnaryOperator<ParameterRecord> change) {
        return table.update(key(parameter.account(), parameter.region(), parameter.name()), change)
                .orElseThrow(Errors::parameterNotFound);
    }

    boolean remove(ParameterRecord parameter) {
        return table.remove(key(parameter.account(), parameter.region(), parameter.name()));
    }

    private static String key(String account, String region, String name) {
        return account + "/" + region + "/" + name;
    }
}
