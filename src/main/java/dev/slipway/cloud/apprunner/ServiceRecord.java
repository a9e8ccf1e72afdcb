package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.wire.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a service. Stored; times in milliseconds since the epoch.
 *
 * @param id 32 hexadecimal digits
 * @param subdomain ten letters and digits, the first label of its name under {@code awsapprunner.com}
 * @param address the loopback address that is this service's alone; null when the machine has no other than 127.0.0.1
 * @param configuration as DescribeService shows it; while an update is under way, the one that is wanted
 * @param deployed what serves, or is to serve again after a pause; null before the first success
 * @param operations newest first
 * @param pushWaits whether the tracked tag was moved, and the automatic deployment of that is yet to begin
 */
record ServiceRecord(
        String account,
        String region,
        String id,
        String name,
        String subdomain,
        @Nullable String address,
        ServiceStatus status,
        long createdAt,
        long updatedAt,
        @Nullable Long deletedAt,
        Configuration configuration,
        @Nullable Deployed deployed,
        Map<String, String> tags,
        List<OperationRecord> operations,
        boolean pushWaits) {
    private static final int MOST_OPERATIONS = 100;

    ServiceRecord {
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
        operations = List.copyOf(operations);
    }

    /**
     * What is deployed.
     *
     * @param digest of the image's manifest
     * @param secrets the values that were read when it was deployed, sealed, by the names of their variables
     */
    record Deployed(String digest, Configuration configuration, Map<String, String> secrets) {
        Deployed {
            secrets = secrets == null ? Map.of() : Map.copyOf(secrets);
        }
    }

    /** By the time of its creation. */
    String place() {
        return Page.ascending(createdAt) + "/" + id;
    }

    /** What the value of a secret variable is sealed for. */
    String place(String variable) {
        return arn() + "#" + variable;
    }

    String arn() {
        return arn(account, region, name, id);
    }

    static String arn(String account, String region, String name, String id) {
        return "arn:aws:apprunner:" + region + ":" + account + ":service/" + name + "/" + id;
    }

    /** The name that the service would have on AWS. */
    String publicHost() {
        return subdomain + "." + region + ".awsapprunner.com";
    }

    /** A name for the service that every resolver sends to this machine. */
    String localHost() {
        return subdomain + "." + region + ".awsapprunner.localhost";
    }

    Optional<OperationRecord> unfinished() {
        return operations.stream().findFirst().filter(newest -> newest.endedAt() == null);
    }

    ServiceRecord with(ServiceStatus newStatus, Configuration wanted, @Nullable Deployed now, Instant time) {
        return new ServiceRecord(
                account,
                region,
                id,
                name,
                subdomain,
                address,
                newStatus,
                createdAt,
                time.toEpochMilli(),
                newStatus == ServiceStatus.DELETED ? Long.valueOf(time.toEpochMilli()) : deletedAt,
                wanted,
                now,
                tags,
                operations,
                pushWaits);
    }

    /** A deployment that begins is what a push waited for. */
    ServiceRecord begun(OperationRecord operation) {
        List<OperationRecord> all = new ArrayList<>();
        all.add(operation);
        all.addAll(operations.subList(0, Math.min(operations.size(), MOST_OPERATIONS - 1)));
        return with(tags, all, pushWaits && operation.type() != OperationType.START_DEPLOYMENT);
    }

    ServiceRecord ended(OperationStatus result, Instant now) {
        List<OperationRecord> all = new ArrayList<>(operations);
        all.set(0, all.get(0).ended(result, now));
        return with(tags, all, pushWaits);
    }

    ServiceRecord withTags(Map<String, String> newTags) {
        return with(newTags, operations, pushWaits);
    }

    ServiceRecord withPushWaiting(boolean waits) {
        return with(tags, operations, waits);
    }

    private ServiceRecord with(Map<String, String> newTags, List<OperationRecord> all, boolean waits) {
        return new ServiceRecord(
                account,
                region,
                id,
                name,
                subdomain,
                address,
                status,
                createdAt,
                updatedAt,
                deletedAt,
                configuration,
                deployed,
                newTags,
                all,
                waits);
    }
}
