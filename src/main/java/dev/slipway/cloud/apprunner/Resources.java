package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.store.Table;
import dev.slipway.cloud.wire.Call;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The recorded things of one kind, by ARN. Thread-safe. */
final class Resources<T extends Resource<T>> implements Tagged {
    private final Table<T> table;

    Resources(Store store, String name, Class<T> type) {
        this.table = store.table(name, type);
    }

    /** What has the ARN in the call's region; whose it may be is for the authorizer. */
    Optional<T> find(Call call, String arn) {
        return table.get(arn).filter(found -> found.region().equals(call.region()));
    }

    List<T> all(String account, String region) {
        return all(account).stream()
                .filter(each -> each.region().equals(region))
                .toList();
    }

    /** In every region. */
    List<T> all(String account) {
        return table.values().stream()
                .filter(each -> each.account().equals(account))
                .toList();
    }

    void put(T resource) {
        table.put(resource.arn(), resource);
    }

    void remove(T resource) {
        table.remove(resource.arn());
    }

    @Override
    public Optional<Map<String, String>> tags(Call call, String arn) {
        return find(call, arn).map(Resource::tags);
    }

    @Override
    public void changeTags(Call call, String arn, UnaryOperator<Map<String, String>> change) {
        table.update(arn, old -> old.withTags(change.apply(old.tags())));
    }
}
