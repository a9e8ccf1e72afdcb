package dev.slipway.cloud.ecr;

import dev.slipway.cloud.registry.RepositoryId;
import dev.slipway.cloud.wire.Authorizer.Question;
import dev.slipway.cloud.wire.AwsService;
import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Protocol;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/** Collects Amazon ECR's operations; each brings the question that the authorizer is asked before it. */
final class Operations {
    private final AwsService.Builder service = AwsService.json(
            Protocol.JSON_1_1,
            "ecr",
            "AmazonEC2ContainerRegistry_V20150921",
            "software.amazon.awssdk.services.ecr.model");
    private final Questions questions;

    Operations(Questions questions) {
        this.questions = questions;
    }

    AwsService build() {
        return service.build();
    }

    Questions questions() {
        return questions;
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

    /** An operation about one repository, named by the request; its one question is about that repository. */
    <I extends SdkPojo, O extends SdkPojo> void about(
            String name,
            Class<I> input,
            Class<O> output,
            Function<I, String> registryId,
            Function<I, String> repositoryName,
            BiFunction<RepositoryId, I, O> answer) {
        aboutByCaller(
                name, input, output, registryId, repositoryName, (call, id, request) -> answer.apply(id, request));
    }

    /** As {@link #about}, for an operation that also needs to know who calls. */
    <I extends SdkPojo, O extends SdkPojo> void aboutByCaller(
            String name,
            Class<I> input,
            Class<O> output,
            Function<I, String> registryId,
            Function<I, String> repositoryName,
            ByCaller<I, O> answer) {
        service.on(
                name,
                input,
                output,
                (call, request) -> List.of(questions.about(
                        call.caller(), name, id(call, registryId.apply(request), repositoryName.apply(request)))),
                (call, request) -> answer.answer(
                        call, id(call, registryId.apply(request), repositoryName.apply(request)), request));
    }

    /** An operation about the caller's whole registry. */
    <I extends SdkPojo, O extends SdkPojo> void registry(
            String name, Class<I> input, Class<O> output, BiFunction<RegistryId, I, O> answer) {
        registry(name, input, output, request -> null, answer);
    }

    /** An operation about a whole registry. */
    <I extends SdkPojo, O extends SdkPojo> void registry(
            String name,
            Class<I> input,
            Class<O> output,
            Function<I, @Nullable String> registryId,
            BiFunction<RegistryId, I, O> answer) {
        service.on(
                name,
                input,
                output,
                (call, request) -> List.of(
                        questions.aboutRegistry(call.caller(), name, registry(call, registryId.apply(request)))),
                (call, request) -> answer.apply(registry(call, registryId.apply(request)), request));
    }

    /** An operation on a repository that also looks at the call. */
    interface ByCaller<I, O> {
        O answer(Call call, RepositoryId id, I request);
    }

    static RepositoryId id(Call call, @Nullable String registryId, String name) {
        return registry(call, registryId).repository(name);
    }

    static RegistryId registry(Call call, @Nullable String registryId) {
        return new RegistryId(registryId == null ? call.account() : registryId, call.region());
    }
}
