package dev.slipway.cloud.secrets;

import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.wire.Authorizer.Question;
import dev.slipway.cloud.wire.AwsService;
import dev.slipway.cloud.wire.AwsService.Operation;
import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Caller;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import software.amazon.awssdk.core.SdkPojo;

/** Secrets and parameters in memory, called as the root of an account; asks of the authorizer are recorded. */
final class SecretsFixture {
    static final String ACCOUNT = "111122223333";
    static final String REGION = "eu-west-1";

    final Store store = Store.inMemory();
    final List<Question> asked = new ArrayList<>();
    final Secrets secrets;
    private final Map<String, Operation<?, ?>> operations = new HashMap<>();
    Instant now = Instant.parse("2026-11-23T10:00:00Z");

    SecretsFixture(Path key) throws IOException {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        this.secrets = new Secrets(store, Vault.open(key, store, random), () -> now, random);
        for (AwsService service : List.of(secrets.secretsManager(), secrets.parameterStore())) {
            service.operations()
                    .forEach((name, operation) -> operations.put(service.signingName() + ":" + name, operation));
        }
    }

    Call call() {
        return call(ACCOUNT, REGION);
    }

    Call call(String account, String region) {
        String arn = "arn:aws:iam::" + account + ":root";
        var root = new Caller(account, arn, account, account, Optional.empty(), Optional.empty(), Map.of());
        return new Call(root, region, now, "request");
    }

    /** Calls {@code secretsmanager:…} or {@code ssm:…}, in the order of the front: questions first, then the handler. */
    <O> O run(String operation, SdkPojo request, Class<O> type) {
        return type.cast(handle(operations.get(operation), request));
    }

    private <I extends SdkPojo, O extends SdkPojo> O handle(Operation<I, O> operation, SdkPojo request) {
        I input = operation.input().cast(request);
        asked.clear();
        asked.addAll(operation.questions().apply(call(), input));
        return operation.handler().apply(call(), input);
    }
}
