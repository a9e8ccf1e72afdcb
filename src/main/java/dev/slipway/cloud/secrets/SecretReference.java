package dev.slipway.cloud.secrets;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;

/** What the value of a runtime environment secret names: a secret or a part of one, or a parameter. */
final class SecretReference {
    private static final Pattern SECRET = Pattern.compile(
            "(arn:aws:secretsmanager:[a-z0-9-]{1,40}:[0-9]{12}:secret:[A-Za-z0-9/_+=.@!-]{1,520})(?::([^:]*):([^:]*):([^:]*))?");
    private static final Pattern PARAMETER = Pattern.compile(
            "arn:aws:ssm:[a-z0-9-]{1,40}:[0-9]{12}:parameter/[A-Za-z0-9_./-]{1,1011}|[A-Za-z0-9_./-]{1,1011}");

    private final Matcher secret;
    private final String text;

    private SecretReference(String text) {
        this.text = text;
        this.secret = SECRET.matcher(text);
    }

    /** Empty when the text names neither. */
    static Optional<SecretReference> parse(String text) {
        var reference = new SecretReference(text);
        boolean known = reference.secret.matches() || PARAMETER.matcher(text).matches();
        return known ? Optional.of(reference) : Optional.empty();
    }

    /** The region that an ARN names; empty for the name of a parameter, which is in the service's region. */
    Optional<String> region() {
        return text.startsWith("arn:") ? Optional.of(text.split(":", 5)[3]) : Optional.empty();
    }

    boolean isSecret() {
        return secret.matches();
    }

    String parameter() {
        return text;
    }

    GetSecretValueRequest request() {
        return GetSecretValueRequest.builder()
                .secretId(secret.group(1))
                .versionStage(part(3).orElse(null))
                .versionId(part(4).orElse(null))
                .build();
    }

    /** The member of the secret's JSON object that is meant; empty: the whole secret. */
    Optional<String> key() {
        return part(2);
    }

    private Optional<String> part(int group) {
        return Optional.ofNullable(secret.group(group)).filter(found -> !found.isEmpty());
    }
}
