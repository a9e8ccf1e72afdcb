package dev.slipway.cloud.ecr;

import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.store.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What is set for a whole registry. */
final class RegistrySettings {
    static final String BLOB_MOUNTING = "BLOB_MOUNTING";

    private final Table<Row> table;
    private final PolicyPrincipals principals;

    RegistrySettings(Store store, PolicyPrincipals principals) {
        this.table = store.table("ecr-registries", Row.class);
        this.principals = principals;
    }

    /**
     * @param policy of the registry
     * @param scanRules how repositories are to be scanned; told, not done
     * @param replication rules as they were set; told, not done
     * @param account settings by name
     */
    record Row(
            String key,
            Optional<PolicyPrincipals.Policy> policy,
            String scanType,
            List<ScanRule> scanRules,
            List<ReplicationRule> replication,
            Map<String, String> account) {
        Row {
            scanRules = List.copyOf(scanRules);
            replication = List.copyOf(replication);
            account = Map.copyOf(account);
        }

        static Row empty(RegistryId registry) {
            return new Row(registry.key(), Optional.empty(), "BASIC", List.of(), List.of(), Map.of());
        }

        Row withPolicy(Optional<PolicyPrincipals.Policy> changed) {
            return new Row(key, changed, scanType, scanRules, replication, account);
        }

        Row withScanning(String type, List<ScanRule> rules) {
            return new Row(key, policy, type, rules, replication, account);
        }

        Row withReplication(List<ReplicationRule> rules) {
            return new Row(key, policy, scanType, scanRules, rules, account);
        }

        Row withSetting(String name, String value) {
            Map<String, String> changed = new LinkedHashMap<>(account);
            changed.put(name, value);
            return new Row(key, policy, scanType, scanRules, replication, changed);
        }
    }

    /** @param filters wildcard patterns of repository names */
    record ScanRule(String frequency, List<String> filters) {
        ScanRule {
            filters = List.copyOf(filters);
        }
    }

    /** @param prefixes of repository names; empty for all */
    record ReplicationRule(List<Destination> destinations, List<String> prefixes) {
        ReplicationRule {
            destinations = List.copyOf(destinations);
            prefixes = List.copyOf(prefixes);
        }
    }

    record Destination(String region, String account) {}

    Row of(RegistryId registry) {
        return table.get(registry.key()).orElseGet(() -> Row.empty(registry));
    }

    Row change(RegistryId registry, UnaryOperator<Row> change) {
        table.putIfAbsent(registry.key(), Row.empty(registry));
        return table.update(registry.key(), change).orElseThrow();
    }

    /** The registry's policy as it counts now. */
    Optional<String> policy(RegistryId registry) {
        return of(registry).policy().map(principals::current);
    }

    boolean mayMount(RegistryId registry) {
        return of(registry).account().getOrDefault(BLOB_MOUNTING, "DISABLED").equals("ENABLED");
    }
}
