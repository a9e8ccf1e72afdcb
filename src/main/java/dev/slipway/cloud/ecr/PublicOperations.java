package dev.slipway.cloud.ecr;

import dev.slipway.cloud.wire.Authorizer.Question;
import dev.slipway.cloud.wire.AwsService;
import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Protocol;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/** Collects ECR Public's operations; each brings the question that the authorizer is asked before it. */
final class PublicOperations {
    private final AwsService.Builder service = AwsService.json(
            Protocol.JSON_1_1,
            "ecr-public",
            "SpencerFrontendService",
            "software.amazon.awssdk.services.ecrpublic.model");
    private final PublicRepositories repositories;

    PublicOperations(PublicRepositories repositories) {
        this.repositories = repositories;
    }

    AwsService build() {
        return service.build();
    }

    /** An operation with questions of its own. */
    <I extends SdkPojo, O extends SdkPojo> void on(
            String name,
            Class<I> input,
            Class<O> output,
            BiFunction<Call, I, List<Question>> asked,
            BiFunction<Call, I, O> answer) {
        service.on(name, input, output, asked, answer);
    }

    /** An operation without a resource. */
    <I extends SdkPojo, O extends SdkPojo> void on(
            String name, Class<I> input, Class<O> output, BiFunction<Call, I, O> answer) {
        service.on(
                name,
                input,
                output,
                (call, request) -> List.of(Question.of(call.caller(), "ecr-public:" + name, "*")),
                answer);
    }

    /** An operation about one repository. */
    <I extends SdkPojo, O extends SdkPojo> void about(
            String name,
            Class<I> input,
            Class<O> output,
            Function<I, @Nullable String> registryId,
            Function<I, String> repositoryName,
            About<I, O> answer) {
        service.on(
                name,
                input,
                output,
                (call, request) -> List.of(
                        question(call, name, account(call, registryId.apply(request)), repositoryName.apply(request))),
                (call, request) -> answer.answer(
                        repositories.require(account(call, registryId.apply(request)), repositoryName.apply(request)),
                        request));
    }

    /** An operation on a repository that is there. */
    interface About<I, O> {
        O answer(PublicRepositories.Row repository, I request);
    }

    /** About a repository, or about the name when there is none. */
    Question question(Call call, String action, String account, String name) {
        return repositories
                .row(PublicRepositories.id(account, name))
                .map(row -> repositories.question(call.caller(), action, row))
                .orElseGet(() ->
                        Question.of(call.caller(), "ecr-public:" + action, PublicRepositories.arn(account, name)));
    }

    static String account(Call call, @Nullable String registryId) {
        return registryId == null ? call.account() : registryId;
    }
}
