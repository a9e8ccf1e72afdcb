package dev.slipway.cloud.iam;

import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.wire.Authorizer;
import dev.slipway.cloud.wire.AwsService;
import dev.slipway.cloud.wire.Credentials;
import dev.slipway.cloud.wire.CredentialsLookup;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Users, keys, roles and policies of every account, and the judgement of calls by them. Any twelve digits are an account. */
public final class Iam implements CredentialsLookup, Authorizer {
    public Iam(Store store, InstantSource clock, RandomGenerator random) {}

    /** The IAM API. */
    public AwsService service() {
        throw new UnsupportedOperationException("iam service");
    }

    /** Long-lived keys: a created user's, or twelve digits for the root of that account. Temporary ones are STS's. */
    @Override
    public Optional<Credentials> find(String accessKeyId) {
        throw new UnsupportedOperationException("iam keys");
    }

    @Override
    public void authorize(Question question) {
        throw new UnsupportedOperationException("iam authorizer");
    }

    /** True for an account ({@code arn:aws:iam::ACCOUNT:root} or twelve digits), and for a user, role or role session that is there. */
    public boolean principalExists(String principal) {
        throw new UnsupportedOperationException("iam principals");
    }

    /** The unique id of the user ({@code AIDA…}) or role ({@code AROA…}) that has this ARN now; policies may name it in place of the ARN. */
    public Optional<String> uniqueIdOf(String arn) {
        throw new UnsupportedOperationException("iam principals");
    }
}
