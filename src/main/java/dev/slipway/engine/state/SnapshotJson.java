package dev.slipway.engine.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.state.PendingOperation.Kind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A snapshot in Pulumi's two envelopes: the checkpoint of the file backend and the document of {@code stack export}. */
final class SnapshotJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int VERSION = 3;
    private static final int VERSION_WITH_FEATURES = 4;

    private SnapshotJson() {}

    static byte[] checkpoint(StackName stack, Snapshot snapshot, StackSecrets secrets) {
        ObjectNode root = JSON.objectNode().put("version", VERSION);
        ObjectNode checkpoint = root.putObject("checkpoint").put("stack", stack.toString());
        checkpoint.set("latest", deployment(snapshot, encrypted(secrets), secrets));
        return root.toString().getBytes(StandardCharsets.UTF_8);
    }

    static String export(Snapshot snapshot, StackSecrets secrets, boolean showSecrets) {
        ResourceJson resources = showSecrets ? new ResourceJson(urn -> PropertyJson.clear()) : encrypted(secrets);
        ObjectNode root = JSON.objectNode().put("version", VERSION);
        root.set("deployment", deployment(snapshot, resources, secrets));
        return root.toPrettyString();
    }

    /** How resources are written to disk: every secret encrypted. */
    static ResourceJson encrypted(StackSecrets secrets) {
        return new ResourceJson(urn -> PropertyJson.encrypted(new PropertyJson.Cipher() {
            @Override
            public String encrypt(String clear) {
                return secrets.encrypt(urn.text(), clear);
            }

            @Override
            public String decrypt(String hidden) {
                return secrets.decrypt(urn.text(), hidden);
            }
        }));
    }

    private static ObjectNode deployment(Snapshot snapshot, ResourceJson codec, StackSecrets secrets) {
        ObjectNode node = JSON.objectNode();
        node.putObject("manifest")
                .put("time", snapshot.time().toString())
                .put("magic", magic(snapshot.version()))
                .put("version", snapshot.version());
        var resources = JSON.arrayNode();
        snapshot.resources().forEach(state -> resources.add(codec.write(state)));
        var pending = JSON.arrayNode();
        snapshot.pending().forEach(operation -> pending.add(write(operation, codec)));
        // Last, because writing the first secret makes the salt.
        String salt = secrets.state().orElse(snapshot.secretsState());
        if (salt != null) {
            ObjectNode provider = node.putObject("secrets_providers").put("type", "passphrase");
            provider.putObject("state").put("salt", salt);
        }
        if (!resources.isEmpty()) {
            node.set("resources", resources);
        }
        if (!pending.isEmpty()) {
            node.set("pending_operations", pending);
        }
        node.putObject("metadata");
        return node;
    }

    static ObjectNode write(PendingOperation operation, ResourceJson codec) {
        ObjectNode node = JSON.objectNode();
        node.set("resource", codec.write(operation.resource()));
        return node.put("type", operation.kind().name().toLowerCase(Locale.ROOT));
    }

    /**
     * @param where names the source in messages
     * @throws StateException when it is no deployment that this version can use
     */
    static Snapshot read(byte[] bytes, String where, StackSecrets secrets) {
        JsonNode root;
        try {
            root = PropertyJson.MAPPER.readTree(new String(bytes, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new StateException(where + " is not whole JSON (" + place(e) + "); it was cut short or edited.");
        }
        if (root == null || !root.isObject()) {
            throw new StateException(where + " holds no JSON object; it was cut short or edited.");
        }
        checkVersion(root, where);
        JsonNode deployment = root.has("deployment")
                ? root.get("deployment")
                : root.path("checkpoint").get("latest");
        if (deployment == null || deployment.isNull()) {
            if (root.path("checkpoint").has("stack")) {
                return Snapshot.empty(Instant.EPOCH);
            }
            throw new StateException(where + " holds neither a checkpoint nor a deployment.");
        }
        return readDeployment(deployment, where, secrets);
    }

    private static void checkVersion(JsonNode root, String where) {
        int version = root.path("version").asInt();
        List<String> features = new ArrayList<>();
        root.path("features").forEach(feature -> features.add(feature.asText()));
        if (!features.isEmpty()) {
            throw new StateException(
                    where + " uses features that are not supported here: " + String.join(", ", features) + ".");
        }
        if (version != VERSION && version != VERSION_WITH_FEATURES) {
            throw new StateException(
                    where + " has version " + root.path("version") + "; versions 3 and 4 can be used here.");
        }
    }

    private static Snapshot readDeployment(JsonNode node, String where, StackSecrets secrets) {
        JsonNode manifest = node.path("manifest");
        String version = manifest.path("version").asText();
        if (!manifest.path("magic").asText().equals(magic(version))) {
            throw new StateException(
                    where + " has a manifest whose checksum does not match; it was edited or damaged.");
        }
        String salt = salt(node, where, secrets);
        ResourceJson codec = encrypted(secrets);
        List<ResourceState> resources = new ArrayList<>();
        node.path("resources").forEach(item -> resources.add(codec.read(item)));
        List<PendingOperation> pending = new ArrayList<>();
        node.path("pending_operations").forEach(item -> pending.add(readPending(item, codec)));
        return new Snapshot(time(manifest), version, salt, resources, pending);
    }

    private static @Nullable String salt(JsonNode node, String where, StackSecrets secrets) {
        JsonNode provider = node.path("secrets_providers");
        String type = provider.path("type").asText();
        if (type.isEmpty()) {
            return null;
        }
        if (!type.equals("passphrase")) {
            throw new StateException(
                    where + " encrypts its secrets with `" + type
                            + "`; only `passphrase` is supported here. Change it with `pulumi stack change-secrets-provider passphrase`.");
        }
        String salt = provider.path("state").path("salt").asText();
        secrets.adopt(salt);
        return salt;
    }

    static PendingOperation readPending(JsonNode item, ResourceJson codec) {
        String type = item.path("type").asText();
        try {
            return new PendingOperation(codec.read(item.path("resource")), Kind.valueOf(type.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            throw new StateException("The state holds a pending operation of the unknown kind `" + type + "`.", e);
        }
    }

    private static Instant time(JsonNode manifest) {
        String text = manifest.path("time").asText();
        try {
            return text.isEmpty() ? Instant.EPOCH : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    private static String magic(String version) {
        return version.isEmpty() ? "" : sha256(version.getBytes(StandardCharsets.UTF_8));
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }

    private static String place(JsonProcessingException e) {
        return e.getLocation() == null
                ? "no position known"
                : "line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }
}
