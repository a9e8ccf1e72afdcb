package dev.slipway.cloud.secrets;

import dev.slipway.cloud.wire.Authorizer.Question;
import dev.slipway.cloud.wire.AwsService;
import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Protocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ssm.model.AddTagsToResourceRequest;
import software.amazon.awssdk.services.ssm.model.AddTagsToResourceResponse;
import software.amazon.awssdk.services.ssm.model.DeleteParameterRequest;
import software.amazon.awssdk.services.ssm.model.DeleteParameterResponse;
import software.amazon.awssdk.services.ssm.model.DeleteParametersRequest;
import software.amazon.awssdk.services.ssm.model.DeleteParametersResponse;
import software.amazon.awssdk.services.ssm.model.DescribeParametersRequest;
import software.amazon.awssdk.services.ssm.model.DescribeParametersResponse;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryResponse;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersResponse;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.PutParameterResponse;
import software.amazon.awssdk.services.ssm.model.RemoveTagsFromResourceRequest;
import software.amazon.awssdk.services.ssm.model.RemoveTagsFromResourceResponse;
import software.amazon.awssdk.services.ssm.model.Tag;

/** Parameter Store, a part of Systems Manager, on the wire: each operation with what it asks the authorizer and who answers it. */
final class ParameterApi {
    private final ParameterTable parameters;

    ParameterApi(ParameterTable parameters) {
        this.parameters = parameters;
    }

    AwsService service(ParameterReads reads, ParameterWrites writes) {
        AwsService.Builder api =
                AwsService.json(Protocol.JSON_1_1, "ssm", "AmazonSSM", "software.amazon.awssdk.services.ssm.model");
        addReads(api, reads);
        addWrites(api, writes);
        return api.build();
    }

    private void addReads(AwsService.Builder api, ParameterReads reads) {
        api.on(
                "GetParameter",
                GetParameterRequest.class,
                GetParameterResponse.class,
                (call, in) -> asks(call, "GetParameter", List.of(String.valueOf(in.name())), Map.of()),
                reads::get);
        api.on(
                "GetParameters",
                GetParametersRequest.class,
                GetParametersResponse.class,
                this::readQuestions,
                reads::getAll);
        api.on(
                "GetParametersByPath",
                GetParametersByPathRequest.class,
                GetParametersByPathResponse.class,
                (call, in) -> asks(
                        call,
                        "GetParametersByPath",
                        List.of(String.valueOf(in.path())),
                        Map.of("ssm:Recursive", List.of(String.valueOf(Boolean.TRUE.equals(in.recursive()))))),
                reads::byPath);
        api.on(
                "GetParameterHistory",
                GetParameterHistoryRequest.class,
                GetParameterHistoryResponse.class,
                (call, in) -> asks(call, "GetParameterHistory", List.of(String.valueOf(in.name())), Map.of()),
                reads::history);
        api.on(
                "DescribeParameters",
                DescribeParametersRequest.class,
                DescribeParametersResponse.class,
                (call, in) -> List.of(Question.of(
                        call.caller(),
                        "ssm:DescribeParameters",
                        "arn:aws:ssm:" + call.region() + ":" + call.account() + ":*")),
                reads::describe);
    }

    private void addWrites(AwsService.Builder api, ParameterWrites writes) {
        api.on(
                "PutParameter",
                PutParameterRequest.class,
                PutParameterResponse.class,
                (call, in) -> asks(call, "PutParameter", List.of(String.valueOf(in.name())), putKeys(in)),
                writes::put);
        api.on(
                "DeleteParameter",
                DeleteParameterRequest.class,
                DeleteParameterResponse.class,
                (call, in) -> asks(call, "DeleteParameter", List.of(String.valueOf(in.name())), Map.of()),
                writes::delete);
        api.on(
                "DeleteParameters",
                DeleteParametersRequest.class,
                DeleteParametersResponse.class,
                (call, in) -> asks(call, "DeleteParameters", in.names(), Map.of()),
                writes::deleteAll);
        api.on(
                "AddTagsToResource",
                AddTagsToResourceRequest.class,
                AddTagsToResourceResponse.class,
                (call, in) -> asks(
                        call, "AddTagsToResource", List.of(String.valueOf(in.resourceId())), requestTags(in.tags())),
                writes::tag);
        api.on(
                "RemoveTagsFromResource",
                RemoveTagsFromResourceRequest.class,
                RemoveTagsFromResourceResponse.class,
                (call, in) -> asks(
                        call,
                        "RemoveTagsFromResource",
                        List.of(String.valueOf(in.resourceId())),
                        Map.of("aws:TagKeys", in.tagKeys())),
                writes::untag);
        api.on(
                "ListTagsForResource",
                ListTagsForResourceRequest.class,
                ListTagsForResourceResponse.class,
                (call, in) -> asks(call, "ListTagsForResource", List.of(String.valueOf(in.resourceId())), Map.of()),
                writes::listTags);
    }

    /** What whoever reads some values must be allowed: each of them. */
    List<Question> readQuestions(Call call, GetParametersRequest request) {
        return asks(call, "GetParameters", request.names(), Map.of());
    }

    private List<Question> asks(Call call, String operation, List<String> names, Map<String, List<String>> keys) {
        return names.stream()
                .map(each -> {
                    ParameterName name = ParameterName.parse(String.valueOf(each));
                    Map<String, List<String>> context = new HashMap<>(keys);
                    parameters.find(call, name).ifPresent(found -> found.tags().forEach((key, value) -> {
                        context.put("aws:ResourceTag/" + key, List.of(value));
                        context.put("ssm:resourceTag/" + key, List.of(value));
                    }));
                    return new Question(
                            call.caller(), "ssm:" + operation, parameters.arn(call, name), Optional.empty(), context);
                })
                .toList();
    }

    private static Map<String, List<String>> putKeys(PutParameterRequest request) {
        Map<String, List<String>> keys = new HashMap<>(requestTags(request.tags()));
        keys.put("ssm:Overwrite", List.of(String.valueOf(Boolean.TRUE.equals(request.overwrite()))));
        return keys;
    }

    private static Map<String, List<String>> requestTags(List<Tag> tags) {
        Map<String, List<String>> keys = new HashMap<>();
        List<String> names = new ArrayList<>();
        for (Tag tag : tags) {
            if (tag != null && tag.key() != null) {
                names.add(tag.key());
                keys.put("aws:RequestTag/" + tag.key(), List.of(tag.value() == null ? "" : tag.value()));
            }
        }
        if (!names.isEmpty()) {
            keys.put("aws:TagKeys", names);
        }
        return keys;
    }
}
