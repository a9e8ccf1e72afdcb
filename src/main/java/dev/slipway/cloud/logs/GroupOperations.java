package dev.slipway.cloud.logs;

import dev.slipway.cloud.wire.Authorizer.Question;
import dev.slipway.cloud.wire.AwsException;
import dev.slipway.cloud.wire.AwsService;
import dev.slipway.cloud.wire.Call;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogStreamRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogStreamResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteRetentionPolicyRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteRetentionPolicyResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutRetentionPolicyRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutRetentionPolicyResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.TagResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.TagResourceResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.UntagResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.UntagResourceResponse;

/** The CloudWatch Logs operations that make and change groups. */
final class GroupOperations {
    private static final Set<Integer> RETENTIONS = Set.of(
            1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653);
    private static final Pattern NAME = Pattern.compile("[.\\-_/#A-Za-z0-9]{1,512}");
    private static final Pattern ARN =
            Pattern.compile("arn:aws:logs:[a-z0-9-]{1,40}:[0-9]{12}:log-group:([^:*]{1,512})(?::\\*)?");
    private static final int MOST_TAGS = 50;
    private static final int QUOTA = 10_000;

    private final Logs logs;

    GroupOperations(Logs logs) {
        this.logs = logs;
    }

    void register(AwsService.Builder api) {
        api.on(
                "CreateLogGroup",
                CreateLogGroupRequest.class,
                CreateLogGroupResponse.class,
                (call, in) -> asks(call, "CreateLogGroup", in.logGroupName(), in.tags()),
                this::create);
        api.on(
                "PutRetentionPolicy",
                PutRetentionPolicyRequest.class,
                PutRetentionPolicyResponse.class,
                (call, in) -> asks(call, "PutRetentionPolicy", in.logGroupName(), Map.of()),
                this::putRetention);
        api.on(
                "DeleteRetentionPolicy",
                DeleteRetentionPolicyRequest.class,
                DeleteRetentionPolicyResponse.class,
                (call, in) -> asks(call, "DeleteRetentionPolicy", in.logGroupName(), Map.of()),
                this::deleteRetention);
        api.on(
                "DeleteLogStream",
                DeleteLogStreamRequest.class,
                DeleteLogStreamResponse.class,
                (call, in) -> List.of(Question.of(
                        call.caller(),
                        "logs:DeleteLogStream",
                        key(call, in.logGroupName()).arn() + ":log-stream:" + in.logStreamName())),
                this::deleteStream);
        api.on(
                "TagResource",
                TagResourceRequest.class,
                TagResourceResponse.class,
                (call, in) -> asks(call, "TagResource", name(in.resourceArn()), in.tags()),
                this::tag);
        api.on(
                "UntagResource",
                UntagResourceRequest.class,
                UntagResourceResponse.class,
                (call, in) -> asks(call, "UntagResource", name(in.resourceArn()), Map.of()),
                this::untag);
        api.on(
                "ListTagsForResource",
                ListTagsForResourceRequest.class,
                ListTagsForResourceResponse.class,
                (call, in) -> asks(call, "ListTagsForResource", name(in.resourceArn()), Map.of()),
                this::listTags);
    }

    private List<Question> asks(Call call, String operation, @Nullable String group, Map<String, String> requestTags) {
        Map<String, List<String>> keys = new HashMap<>();
        requestTags.forEach((key, value) -> keys.put("aws:RequestTag/" + key, List.of(String.valueOf(value))));
        if (!requestTags.isEmpty()) {
            keys.put("aws:TagKeys", List.copyOf(requestTags.keySet()));
        }
        logs.group(call.account(), call.region(), String.valueOf(group)).ifPresent(found -> found.settingsNow()
                .tags()
                .forEach((key, value) -> keys.put("aws:ResourceTag/" + key, List.of(value))));
        return List.of(new Question(
                call.caller(), "logs:" + operation, key(call, group).arn(), Optional.empty(), keys));
    }

    private static LogGroup.Key key(Call call, @Nullable String group) {
        return new LogGroup.Key(call.account(), call.region(), String.valueOf(group));
    }

    /** The name in a group's ARN; nothing of ours has another kind of ARN. */
    private static String name(@Nullable String arn) {
        Matcher parsed = ARN.matcher(String.valueOf(arn));
        if (!parsed.matches()) {
            throw LogOperations.invalid("The ARN of a log group is needed, not " + arn);
        }
        return parsed.group(1);
    }

    private LogGroup require(Call call, @Nullable String name) {
        return logs.group(call.account(), call.region(), String.valueOf(name))
                .orElseThrow(() ->
                        new AwsException("ResourceNotFoundException", 400, "The specified log group does not exist."));
    }

    private CreateLogGroupResponse create(Call call, CreateLogGroupRequest request) {
        String name = String.valueOf(request.logGroupName());
        if (!NAME.matcher(name).matches()) {
            throw LogOperations.invalid("The name of a log group has 1 to 512 letters, digits and the signs . - _ / #");
        }
        if (request.kmsKeyId() != null) {
            throw LogOperations.invalid("The local cloud has no AWS KMS; leave out kmsKeyId");
        }
        checkTags(request.tags());
        if (logs.groups(call.account(), call.region()).size() >= QUOTA) {
            throw new AwsException("LimitExceededException", 400, "Resource limit exceeded.");
        }
        if (!logs.create(key(call, name), new LogGroup.Settings(null, request.tags()))) {
            throw new AwsException("ResourceAlreadyExistsException", 400, "The specified log group already exists");
        }
        return CreateLogGroupResponse.builder().build();
    }

    private PutRetentionPolicyResponse putRetention(Call call, PutRetentionPolicyRequest request) {
        LogGroup group = require(call, request.logGroupName());
        Integer days = request.retentionInDays();
        if (days == null || !RETENTIONS.contains(days)) {
            throw LogOperations.invalid("1 validation error detected: Value '" + days
                    + "' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: "
                    + new TreeSet<>(RETENTIONS));
        }
        logs.change(group, old -> new LogGroup.Settings(days, old.tags()));
        return PutRetentionPolicyResponse.builder().build();
    }

    private DeleteRetentionPolicyResponse deleteRetention(Call call, DeleteRetentionPolicyRequest request) {
        logs.change(require(call, request.logGroupName()), old -> new LogGroup.Settings(null, old.tags()));
        return DeleteRetentionPolicyResponse.builder().build();
    }

    private DeleteLogStreamResponse deleteStream(Call call, DeleteLogStreamRequest request) {
        if (!logs.deleteStream(require(call, request.logGroupName()), String.valueOf(request.logStreamName()))) {
            throw new AwsException("ResourceNotFoundException", 400, "The specified log stream does not exist.");
        }
        return DeleteLogStreamResponse.builder().build();
    }

    private TagResourceResponse tag(Call call, TagResourceRequest request) {
        checkTags(request.tags());
        logs.change(require(call, name(request.resourceArn())), old -> {
            Map<String, String> all = new TreeMap<>(old.tags());
            all.putAll(request.tags());
            if (all.size() > MOST_TAGS) {
                throw new AwsException(
                        "TooManyTagsException", 400, "A log group can have at most " + MOST_TAGS + " tags.");
            }
            return new LogGroup.Settings(old.retentionDays(), all);
        });
        return TagResourceResponse.builder().build();
    }

    private UntagResourceResponse untag(Call call, UntagResourceRequest request) {
        logs.change(require(call, name(request.resourceArn())), old -> {
            Map<String, String> all = new TreeMap<>(old.tags());
            request.tagKeys().forEach(all::remove);
            return new LogGroup.Settings(old.retentionDays(), all);
        });
        return UntagResourceResponse.builder().build();
    }

    private ListTagsForResourceResponse listTags(Call call, ListTagsForResourceRequest request) {
        return ListTagsForResourceResponse.builder()
                .tags(require(call, name(request.resourceArn())).settingsNow().tags())
                .build();
    }

    private static void checkTags(Map<String, String> tags) {
        tags.forEach((key, value) -> {
            boolean fine = key != null
                    && !key.isEmpty()
                    && key.length() <= 128
                    && !key.startsWith("aws:")
                    && value != null
                    && value.length() <= 256;
            if (!fine) {
                throw LogOperations.invalid("The key of a tag must have 1 to 128 characters and not start with aws:,"
                        + " its value at most 256");
            }
        });
    }
}
