package dev.slipway.cloud.ecr;

import dev.slipway.cloud.wire.Authorizer.Question;
import dev.slipway.cloud.wire.Call;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ecr.model.AuthorizationData;
import software.amazon.awssdk.services.ecr.model.GetAuthorizationTokenRequest;
import software.amazon.awssdk.services.ecr.model.GetAuthorizationTokenResponse;

/** Hands out login passwords. One serves every registry here: what its owner may do there is decided by policies. */
final class LoginOperations {
    private final TokenStore tokens;
    private final Supplier<URI> endpoint;

    LoginOperations(TokenStore tokens, Supplier<URI> endpoint) {
        this.tokens = tokens;
        this.endpoint = endpoint;
    }

    void addTo(Operations on) {
        on.on(
                "GetAuthorizationToken",
                GetAuthorizationTokenRequest.class,
                GetAuthorizationTokenResponse.class,
                (call, request) -> List.of(Question.of(call.caller(), "ecr:GetAuthorizationToken", "*")),
                this::ecr);
    }

    // Clients still send the deprecated registry ids and count on as many answers.
    @SuppressWarnings("deprecation")
    private GetAuthorizationTokenResponse ecr(Call call, GetAuthorizationTokenRequest request) {
        int registries =
                request.hasRegistryIds() ? Math.max(1, request.registryIds().size()) : 1;
        AuthorizationData data = AuthorizationData.builder()
                .authorizationToken(token(call))
                .expiresAt(expiry(call))
                .proxyEndpoint(endpoint.get().toString())
                .build();
        return GetAuthorizationTokenResponse.builder()
                .authorizationData(java.util.Collections.nCopies(registries, data))
                .build();
    }

    software.amazon.awssdk.services.ecrpublic.model.GetAuthorizationTokenResponse ecrPublic(Call call) {
        return software.amazon.awssdk.services.ecrpublic.model.GetAuthorizationTokenResponse.builder()
                .authorizationData(data -> data.authorizationToken(token(call)).expiresAt(expiry(call)))
                .build();
    }

    private String token(Call call) {
        byte[] pair = ("AWS:" + tokens.issue(call.caller())).getBytes(StandardCharsets.UTF_8);
        return Base64.getEncoder().encodeToString(pair);
    }

    private static Instant expiry(Call call) {
        return call.now().plus(TokenStore.LIFE);
    }
}
