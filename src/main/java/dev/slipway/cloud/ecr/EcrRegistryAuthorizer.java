package dev.slipway.cloud.ecr;

import dev.slipway.cloud.registry.Client;
import dev.slipway.cloud.registry.RegistryAuthorizer;
import dev.slipway.cloud.registry.RegistryException;
import dev.slipway.cloud.registry.RepositoryId;
import dev.slipway.cloud.wire.Authorizer;
import dev.slipway.cloud.wire.Authorizer.Question;
import dev.slipway.cloud.wire.AwsException;
import dev.slipway.cloud.wire.Caller;
import java.util.Optional;

/** Judges pulls and pushes as the operations of ECR and ECR Public that they stand for. */
final class EcrRegistryAuthorizer implements RegistryAuthorizer {
    private final Logins logins;
    private final Questions questions;
    private final PublicRepositories gallery;
    private final Authorizer authorizer;

    EcrRegistryAuthorizer(Logins logins, Questions questions, PublicRepositories gallery, Authorizer authorizer) {
        this.logins = logins;
        this.questions = questions;
        this.gallery = gallery;
        this.authorizer = authorizer;
    }

    @Override
    public void login(Client client) {
        logins.require(client);
    }

    @Override
    public BearerToken token(Client client) {
        return logins.token(client);
    }

    @Override
    public Access access(Client client, Verb verb, RepositoryId repository) {
        String action = action(verb);
        if (!repository.isGallery()) {
            Caller caller = logins.caller(client);
            return new Access(
                    caller.account(),
                    action,
                    RepositoryRow.arn(repository),
                    () -> ask(client, repository, questions.about(caller, action, repository)));
        }
        Optional<PublicRepositories.Row> row = gallery.row(repository);
        if (isReading(verb)) {
            // The gallery is open to all who read, but on AWS too a login that is shown must be good.
            if (client.authorization().isPresent()) {
                logins.require(client);
            }
            String owner = EcrPublicService.OWNER;
            String arn = row.map(PublicRepositories.Row::arn).orElse(PublicRepositories.arn(owner, repository.name()));
            return new Access("", action, arn, () -> {});
        }
        PublicRepositories.Row own = row.orElseThrow(
                () -> RegistryException.denied("nobody's repository takes images in the public gallery ("
                        + repository
                        + "); make one with ecr-public:CreateRepository, or push to a private one:"
                        + " ACCOUNT/REGION/NAME"));
        Caller caller = logins.caller(client);
        return new Access(
                caller.account(),
                action,
                own.arn(),
                () -> ask(client, repository, gallery.question(caller, action, own)));
    }

    private void ask(Client client, RepositoryId repository, Question question) {
        try {
            authorizer.authorize(Logins.within(question, client, repository.region()));
        } catch (AwsException e) {
            throw denied(e);
        }
    }

    static RegistryException denied(AwsException refusal) {
        return refusal.code().startsWith("AccessDenied")
                ? RegistryException.denied(String.valueOf(refusal.getMessage()))
                : RegistryException.unauthorized(String.valueOf(refusal.getMessage()));
    }

    private static boolean isReading(Verb verb) {
        return switch (verb) {
            case READ_MANIFEST, READ_BLOB, CHECK_BLOB, LIST_TAGS, LIST_REFERRERS -> true;
            case START_UPLOAD, UPLOAD_PART, FINISH_UPLOAD, WRITE_MANIFEST, DELETE_MANIFEST -> false;
        };
    }

    private static String action(Verb verb) {
        return switch (verb) {
            case READ_MANIFEST, LIST_REFERRERS -> "BatchGetImage";
            case READ_BLOB -> "GetDownloadUrlForLayer";
            case CHECK_BLOB -> "BatchCheckLayerAvailability";
            case START_UPLOAD -> "InitiateLayerUpload";
            case UPLOAD_PART -> "UploadLayerPart";
            case FINISH_UPLOAD -> "CompleteLayerUpload";
            case WRITE_MANIFEST -> "PutImage";
            case DELETE_MANIFEST -> "BatchDeleteImage";
            case LIST_TAGS -> "ListImages";
        };
    }
}
