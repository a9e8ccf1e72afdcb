package dev.slipway.cloud.iam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The AWS-made policies of this field, each in the version that AWS's reference of managed policies showed in 2026. Others, and older
 * versions, do not exist here.
 */
final class AwsManaged {
    private static final Map<String, ManagedPolicy> ALL = read();

    private AwsManaged() {}

    static Optional<ManagedPolicy> find(String arn) {
        return Optional.ofNullable(ALL.get(arn));
    }

    static List<ManagedPolicy> all() {
        return List.copyOf(ALL.values());
    }

    private static Map<String, ManagedPolicy> read() {
        JsonMapper json = new JsonMapper();
        Map<String, ManagedPolicy> all = new LinkedHashMap<>();
        try (InputStream table = AwsManaged.class.getResourceAsStream("aws-managed.json")) {
            for (JsonNode row : json.readTree(table)) {
                ManagedPolicy policy =
                        policy(row, json.writerWithDefaultPrettyPrinter().writeValueAsString(row.get("document")));
                all.put(policy.arn(), policy);
            }
        } catch (IOException damaged) {
            throw new UncheckedIOException("aws-managed.json cannot be read", damaged);
        }
        return all;
    }

    private static ManagedPolicy policy(JsonNode row, String document) {
        int version = row.get("version").asInt();
        long updated = row.get("updated").asLong();
        return new ManagedPolicy(
                "aws",
                row.get("name").asText(),
                row.get("path").asText(),
                row.get("id").asText(),
                row.get("created").asLong(),
                updated,
                null,
                List.of(new ManagedPolicy.Version("v" + version, updated, document)),
                "v" + version,
                version,
                Map.of());
    }
}
