package dev.slipway.provider.aws;

import dev.slipway.policy.MalformedPolicy;
import dev.slipway.property.PropertyPath;
import dev.slipway.provider.Checking;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/** The rules that all roles have in common, and the look at one that exists already. */
final class RoleCheck {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_+=,.@-]{1,64}");
    private static final Pattern PATH = Pattern.compile("/([\\u0021-\\u007E]+/)?");
    private static final Pattern POLICY =
            Pattern.compile("arn:aws(-[a-z]+)*:iam::(aws|[0-9]{12}):policy/[A-Za-z0-9+=,.@_/-]+");

    private final AwsSession session;
    private final Checking<?> checking;

    RoleCheck(AwsSession session, Checking<?> checking) {
        this.session = session;
        this.checking = checking;
    }

    void properties(
            @Nullable String roleName,
            @Nullable String path,
            @Nullable String boundary,
            @Nullable Map<String, String> tags) {
        if (roleName != null && !NAME.matcher(roleName).matches()) {
            checking.fail(
                    "roleName",
                    "`" + roleName + "` is no role name: expected 1 to 64 letters, digits or any of _+=,.@-");
        }
        if (path != null && !PATH.matcher(path).matches()) {
            checking.fail("path", "`" + path + "` is no path: expected / or a text that begins and ends with /");
        }
        if (boundary != null) {
            policyArn(PropertyPath.of("permissionsBoundary"), boundary);
        }
        Tags.check(checking, tags);
    }

    void policyArn(PropertyPath path, String arn) {
        if (!POLICY.matcher(arn).matches()) {
            checking.fail(
                    path, "`" + arn + "` is no policy: expected arn:aws:iam::ACCOUNT:policy/NAME, or aws for ACCOUNT");
        }
    }

    /** Of a role that exists, nothing may be said that would change it. */
    void refuseForExisting(List<String> properties) {
        properties.stream()
                .filter(property -> !checking.absent(property))
                .forEach(property -> checking.fail(
                        property,
                        "a role with existing: true is used as it is, and nothing of it is changed; leave this out"));
        if (checking.absent("roleName")) {
            checking.fail("roleName", "required with existing: true: the name of the role that is there");
        }
    }

    /** Reads an existing role and hands it to {@code judge}; says so when it is not there or can't be seen. */
    void look(@Nullable String roleName, Consumer<RoleJudge> judge) {
        if (roleName == null) {
            return;
        }
        try {
            Optional<RoleDocuments> found = RoleDocuments.read(session.clients(), roleName);
            if (found.isEmpty()) {
                checking.fail("roleName", "there is no role `" + roleName + "` in account " + session.account());
                return;
            }
            judge.accept(new RoleJudge(
                    found.get(), session.account(), session.settings().region()));
        } catch (SdkException | MalformedPolicy e) {
            checking.warn("the role " + roleName + " could not be checked: " + e.getMessage());
        }
    }

    void note(PropertyPath path, Finding finding) {
        if (finding.certain()) {
            checking.fail(path, finding.message());
        } else {
            checking.warn(path + ": perhaps " + finding.message());
        }
    }
}
