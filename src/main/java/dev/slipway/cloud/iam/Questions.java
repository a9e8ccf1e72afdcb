package dev.slipway.cloud.iam;

import dev.slipway.cloud.wire.Authorizer.Question;
import dev.slipway.cloud.wire.Call;
import java.util.ArrayList;
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

    /** About the caller himself when no name is given. */
    List<Question> user(Call call, String operation, @Nullable String name) {
        return name == null
                ? ask(call, operation, call.caller().arn(), Map.of())
                : about(directory.users(), call, operation, name);
    }

    <T extends Identity<T>> List<Question> about(Register<T> register, Call call, String operation, String name) {
        return about(register, call, operation, name, Map.of());
    }

    <T extends Identity<T>> List<Question> about(
            Register<T> register, Call call, String operation, String name, Map<String, List<String>> keys) {
        Optional<T> found = register.find(call.account(), name);
        String arn = found.map(Identity::arn)
                .orElse("arn:aws:iam::" + call.account() + ":" + register.kind().word() + "/" + name);
        return ask(
                call,
                operation,
                arn,
                found.map(identity -> tagged(keys, identity)).orElse(keys));
    }

    /** About an identity and, when it is to be called or placed differently, about what it will be. */
    <T extends Identity<T>> List<Question> rename(
            Register<T> register,
            Call call,
            String operation,
            String name,
            @Nullable String newPath,
            @Nullable String newName) {
        List<Question> questions = new ArrayList<>(about(register, call, operation, name));
        if (newPath != null || newName != null) {
            String path = newPath == null
                    ? register.find(call.account(), name).map(Identity::path).orElse("/")
                    : newPath;
            questions.addAll(
                    under(call, operation, register.kind().word(), path, newName == null ? name : newName, Map.of()));
        }
        return questions;
    }

    List<Question> policy(Call call, String operation, String arn, Map<String, List<String>> keys) {
        return ask(
                call,
                operation,
                arn,
                directory
                        .policies()
                        .get(arn)
                        .map(policy -> withTags(keys, policy.tags()))
                        .orElse(keys));
    }

    List<Question> profile(Call call, String operation, String name, Map<String, List<String>> keys) {
        Optional<ProfileRecord> found = directory.profiles().get(InstanceProfileOperations.key(call.account(), name));
        return ask(
                call,
                operation,
                found.map(ProfileRecord::arn).orElse("arn:aws:iam::" + call.account() + ":instance-profile/" + name),
                found.map(profile -> withTags(keys, profile.tags())).orElse(keys));
    }

    /** About the account as a whole. */
    List<Question> account(Call call, String operation) {
        return ask(call, operation, "*", Map.of());
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

    /** About something that is not there yet, and about tagging it when it is to have tags: {@code CreateRole} and {@code TagRole}. */
    List<Question> create(
            Call call, String operation, String type, @Nullable String path, String name, List<Tag> tags) {
        return create(call, operation, type, path, name, tags, Map.of());
    }

    List<Question> create(
            Call call,
            String operation,
            String type,
            @Nullable String path,
            String name,
            List<Tag> tags,
            Map<String, List<String>> keys) {
        Map<String, List<String>> all = new HashMap<>(keys);
        all.putAll(tagKeys(tags));
        List<Question> questions = new ArrayList<>(under(call, operation, type, path, name, all));
        if (!tags.isEmpty()) {
            questions.addAll(under(call, operation.replaceFirst("Create", "Tag"), type, path, name, all));
        }
        return questions;
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

    private static Map<String, List<String>> tagged(Map<String, List<String>> keys, Identity<?> identity) {
        Map<String, List<String>> more = withTags(keys, identity.tags());
        String boundary = identity.policies().boundary();
        if (boundary != null) {
            more.putIfAbsent("iam:PermissionsBoundary", List.of(boundary));
        }
        return more;
    }

    private static Map<String, List<String>> withTags(Map<String, List<String>> keys, Map<String, String> tags) {
        Map<String, List<String>> more = new HashMap<>(keys);
        tags.forEach((key, value) -> {
            more.put("aws:ResourceTag/" + key, List.of(value));
            more.put("iam:ResourceTag/" + key, List.of(value));
        });
        return more;
    }

    /** The condition key of calls that attach or detach a managed policy. */
    static Map<String, List<String>> policyKey(String arn) {
        return Map.of("iam:PolicyARN", List.of(arn));
    }
}
