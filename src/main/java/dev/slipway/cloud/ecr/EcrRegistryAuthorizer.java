package dev.slipway.cloud.ecr;

import dev.slipway.cloud.registry.RegistryAuthorizer;
import dev.slipway.cloud.registry.RegistryException;
import dev.slipway.cloud.registry.RepositoryId;
import dev.slipway.cloud.wire.Authorizer;
import dev.slipway.cloud.wire.AwsException;
import dev.slipway.cloud.wire.Caller;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;

/** Judges pulls and pushes as the ECR operations that they stand for. */
final class EcrRegistryAuthorizer implements RegistryAuthorizer {
    private static final String BASIC = "basic ";

    private final TokenStore tokens;
    private final Questions questions;
    private final Authorizer authorizer;
    private final Supplier<URI> endpoint;

    EcrRegistryAuthorizer(TokenStore tokens, Questions questions, Authorizer authorizer, Supplier<URI> endpoint) {
        this.tokens = tokens;
        this.questions = questions;
        this.authorizer = authorizer;
        this.endpoint = endpoint;
    }

    @Override
    public void login(Optional<String> authorization) {
        caller(authorization);
    }

    @Override
    public void authorize(Optional<String> authorization, Verb verb, RepositoryId repository) {
        if (repository.isGallery()) {
            requireReading(verb, repository);
            return;
        }
        Caller caller = caller(authorization);
        try {
            authorizer.authorize(questions.about(caller, action(verb), repository));
        } catch (AwsException e) {
            throw e.code().startsWith("AccessDenied")
                    ? RegistryException.denied(String.valueOf(e.getMessage()))
                    : RegistryException.unauthorized(String.valueOf(e.getMessage()));
        }
    }

    /** The gallery is open to all; a client's stale login is no reason to refuse it. */
    private static void requireReading(Verb verb, RepositoryId repository) {
        boolean reads =
                switch (verb) {
                    case READ_MANIFEST, READ_BLOB, CHECK_BLOB, LIST_TAGS -> true;
                    case START_UPLOAD, UPLOAD_PART, FINISH_UPLOAD, WRITE_MANIFEST -> false;
                };
        if (!reads) {
            throw RegistryException.denied("the public gallery takes no images here (" + repository
                    + "); push to a repository of an account: ACCOUNT/REGION/NAME");
        }
    }

    private static String action(Verb verb) {
        return switch (verb) {
            case READ_MANIFEST -> "BatchGetImage";
            case READ_BLOB -> "GetDownloadUrlForLayer";
            case CHECK_BLOB -> "BatchCheckLayerAvailability";
            case START_UPLOAD -> "InitiateLayerUpload";
            case UPLOAD_PART -> "UploadLayerPart";
            case FINISH_UPLOAD -> "CompleteLayerUpload";
            case WRITE_MANIFEST -> "PutImage";
            case LIST_TAGS -> "ListImages";
        };
    }

    private Caller caller(Optional<String> authorization) {
        String header = authorization.orElseThrow(() -> RegistryException.unauthorized("no login; " + howToLogIn()));
        String[] parts = decode(header).split(":", 2);
        if (parts.length < 2 || !parts[0].equals("AWS")) {
            throw RegistryException.unauthorized("expected the user name AWS with a password; " + howToLogIn());
        }
        return tokens.find(parts[1])
                .orElseThrow(() -> RegistryException.unauthorized(
                        "Your authorization token has expired or is not known here. Reauthenticate and try again: "
                                + howToLogIn()));
    }

    private static String decode(String header) {
        if (!header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return "";
        }
        try {
            byte[] bytes =
                    Base64.getDecoder().decode(header.substring(BASIC.length()).strip());
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private String howToLogIn() {
        URI here = endpoint.get();
        return "log in with: aws ecr get-login-password --endpoint-url " + here
                + " | docker login --username AWS --password-stdin " + here.getAuthority();
    }
}
