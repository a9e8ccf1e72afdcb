package dev.slipway.cloud.secrets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.wire.Authorizer;
import dev.slipway.cloud.wire.Authorizer.Question;
import dev.slipway.cloud.wire.AwsService;
import dev.slipway.cloud.wire.Call;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersResponse;

/** Secrets Manager and Parameter Store. Thread-safe. */
public final class Secrets {
    private static final String SUFFIX = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RandomGenerator random;
    private final SecretApi secretApi;
    private final SecretValues values;
    private final SecretOperations operations;
    private final SecretPolicies policies;
    private final ParameterApi parameterApi;
    private final ParameterReads reads;
    private final ParameterWrites writes;

    /** @param random makes ids; used by one thread at a time */
    public Secrets(Store store, Vault vault, InstantSource clock, RandomGenerator random) {
        this.random = random;
        var secrets = new SecretTable(store, clock);
        this.secretApi = new SecretApi(secrets);
        this.values = new SecretValues(secrets, vault, this::uuid);
        this.operations = new SecretOperations(secrets, values, this::suffix);
        this.policies = new SecretPolicies(secrets);
        var parameters = new ParameterTable(store);
        this.parameterApi = new ParameterApi(parameters);
        this.reads = new ParameterReads(parameters, vault);
        this.writes = new ParameterWrites(parameters, vault);
    }

    /** Secrets Manager: JSON 1.1, target {@code secretsmanager}. */
    public AwsService secretsManager() {
        return secretApi.service(operations, values, policies);
    }

    /** Systems Manager's Parameter Store: JSON 1.1, target {@code AmazonSSM}. */
    public AwsService parameterStore() {
        return parameterApi.service(reads, writes);
    }

    /** Whether this names a secret, a part of one, or a parameter; there may be no such thing. */
    public static boolean isReference(String text) {
        return SecretReference.parse(text).isPresent();
    }

    /**
     * The value that a reference names, read with the caller's rights in the region that the reference names.
     *
     * @param reference the ARN of a secret, which may go on with {@code :json-key:version-stage:version-id}; the ARN of a parameter; or the
     *     name of one in the call's region
     * @throws dev.slipway.cloud.wire.AwsException when it isn't there or the caller may not read it; the message never has a value
     */
    public String read(Call call, Authorizer authorizer, String reference) {
        SecretReference named = SecretReference.parse(reference)
                .orElseThrow(() -> Errors.validation(
                        "`" + reference + "` is neither the ARN of a secret nor the name" + " or ARN of a parameter"));
        Call there = call.in(named.region().orElse(call.region()));
        return named.isSecret() ? secret(there, authorizer, named) : parameter(there, authorizer, named.parameter());
    }

    private String secret(Call call, Authorizer authorizer, SecretReference reference) {
        ask(call, authorizer, secretApi.readQuestions(call, reference.request()));
        GetSecretValueResponse value = values.get(call, reference.request());
        String text = value.secretString();
        if (text == null) {
            throw Errors.invalidRequest(
                    "the secret " + value.name() + " is binary; an environment variable needs text");
        }
        Optional<String> key = reference.key();
        return key.isEmpty() ? text : member(text, key.get());
    }

    private static String member(String text, String key) {
        try {
            JsonNode member = JSON.readTree(text).path(key);
            if (member.isMissingNode()) {
                throw Errors.error(
                        "ResourceNotFoundException",
                        "retrieved secret from Secrets Manager did not contain json key " + key);
            }
            return member.isValueNode() ? member.asText() : member.toString();
        } catch (JsonProcessingException malformed) {
            // Without its message: that repeats the secret.
            throw Errors.invalidRequest(
                    "retrieved secret from Secrets Manager is not valid JSON, so it has no json key " + key);
        }
    }

    private String parameter(Call call, Authorizer authorizer, String name) {
        GetParametersRequest request =
                GetParametersRequest.builder().names(name).withDecryption(true).build();
        ask(call, authorizer, parameterApi.readQuestions(call, request));
        GetParametersResponse found = reads.getAll(call, request);
        if (found.parameters().isEmpty()) {
            throw Errors.error("ParameterNotFound", "invalid ssm parameters: " + name);
        }
        return found.parameters().get(0).value();
    }

    private static void ask(Call call, Authorizer authorizer, List<Question> questions) {
        questions.forEach(question -> authorizer.authorize(question.within(call)));
    }

    private String suffix() {
        var text = new StringBuilder();
        synchronized (random) {
            for (int i = 0; i < 6; i++) {
                text.append(SUFFIX.charAt(random.nextInt(SUFFIX.length())));
            }
        }
        return text.toString();
    }

    private String uuid() {
        synchronized (random) {
            long high = (random.nextLong() & 0xffffffffffff0fffL) | 0x4000L;
            long low = (random.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
            return new UUID(high, low).toString();
        }
    }
}
