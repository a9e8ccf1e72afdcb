package dev.slipway.cloud.iam;

import dev.slipway.cloud.wire.Authorizer.Question;
import dev.slipway.cloud.wire.Call;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.Tag;

/** What the authorizer is asked before an IAM operation: the action on the ARN that is, or will be. */
final class Questions {
    private final Directory directory;

    Questions(Directory directory) {
        this.directory = directory;
    }

    List<Question> user(Call call, String operation, @Nullable String name) {
        return user(call, operation, name, Map.of());
    }

    /** About the caller himself when no name is given. */
    List<Question> user(Call call, String operation, @Nullable String name, Map<String, List<String>> keys) {
        if (name == null) {
            return ask(call, operation, call.caller().arn(), keys);
        }
        Optional<UserRecord> user = directory.findUser(call.account(), name);
        String arn = user.map(UserRecord::arn).orElse("arn:aws:iam::" + call.account() + ":user/" + name);
        return ask(call, operation, arn, tagged(keys, user));
    }

    List<Question> role(Call call, String operation, @Nullable String name) {
        return role(call, operation, name, Map.of());
    }

    List<Question> role(Call call, String operation, @Nullable String name, Map<String, List<String>> keys) {
        Optional<RoleRecord> role = name == null ? Optional.empty() : directory.findRole(call.account(), name);
        String arn = role.map(RoleRecord::arn).orElse("arn:aws:iam::" + call.account() + ":role/" + name);
        return ask(call, operation, arn, tagged(keys, role));
    }

    /** About something that is not there yet, or about a list of what is under a path. */
    List<Question> under(
            Call call,
            String operation,
            String type,
            @Nullable String path,
            String name,
            Map<String, List<String>> keys) {
        return ask(
                call,
                operation,
                "arn:aws:iam::" + call.account() + ":" + type + (path == null ? "/" : path) + name,
                keys);
    }

    List<Question> ask(Call call, String operation, String arn, Map<String, List<String>> keys) {
        return List.of(new Question(call.caller(), "iam:" + operation, arn, Optional.empty(), keys));
    }

    static Map<String, List<String>> tagKeys(List<Tag> tags) {
        Map<String, List<String>> keys = new HashMap<>();
        tags.forEach(tag -> keys.put("aws:RequestTag/" + tag.key(), List.of(String.valueOf(tag.value()))));
        if (!tags.isEmpty()) {
            keys.put("aws:TagKeys", tags.stream().map(Tag::key).toList());
        }
        return keys;
    }

    static Map<String, List<String>> with(Map<String, List<String>> keys, String key, @Nullable String value) {
        Map<String, List<String>> more = new HashMap<>(keys);
        if (value != null) {
            more.put(key, List.of(value));
        }
        return more;
    }

    private static Map<String, List<String>> tagged(
            Map<String, List<String>> keys, Optional<? extends Identity<?>> identity) {
        Map<String, List<String>> more = new HashMap<>(keys);
        identity.ifPresent(of -> {
            of.tags().forEach((key, value) -> {
                more.put("aws:ResourceTag/" + key, List.of(value));
                more.put("iam:ResourceTag/" + key, List.of(value));
            });
            String boundary = of.policies().boundary();
            if (boundary != null) {
                more.putIfAbsent("iam:PermissionsBoundary", List.of(boundary));
            }
        });
        return more;
    }
}
