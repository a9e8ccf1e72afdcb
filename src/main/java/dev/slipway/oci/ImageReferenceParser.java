package dev.slipway.oci;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes an image identifier apart, piece by piece, so that the first piece that is wrong can be named. */
final class ImageReferenceParser {
    private static final int LONGEST = 1024;
    private static final String REGION = "[a-z]+(?:-[a-z]+)+-[0-9]";
    private static final Pattern PRIVATE_HOST =
            Pattern.compile("(?<account>[^.]*)\\.dkr\\.ecr\\.(?<region>[^.]*)\\.amazonaws\\.com");
    private static final Pattern LOCAL_HOST = Pattern.compile("(?:127\\.0\\.0\\.1|localhost):[0-9]{1,5}");
    private static final Pattern LOCAL_PATH = Pattern.compile("(?<account>[^/]+)/(?<region>[^/]+)/(?<name>.+)");
    /** App Runner's own rule; ECR itself would also take doubled separators. */
    private static final Pattern REPOSITORY =
            Pattern.compile("(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*");

    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

    private final String text;
    private final String host;
    private final String path;
    private final @Nullable String tag;
    private final @Nullable String digest;

    private ImageReferenceParser(String text) {
        this.text = text;
        int at = text.indexOf('@');
        this.digest = at < 0 ? null : text.substring(at + 1);
        String named = at < 0 ? text : text.substring(0, at);
        int slash = named.indexOf('/');
        int colon = named.lastIndexOf(':');
        // Before the first slash a colon begins a port.
        boolean tagged = colon > named.lastIndexOf('/') && colon > slash;
        this.tag = tagged ? named.substring(colon + 1) : null;
        String untagged = tagged ? named.substring(0, colon) : named;
        boolean hosted = slash > 0 && isHost(named.substring(0, slash));
        this.host = hosted ? untagged.substring(0, slash) : "";
        this.path = hosted ? untagged.substring(slash + 1) : untagged;
    }

    /** The rule of all container tools: what comes before the first slash is a host when it looks like one. */
    private static boolean isHost(String first) {
        return first.indexOf('.') >= 0 || first.indexOf(':') >= 0 || first.equals("localhost");
    }

    static ImageReference parse(String text) {
        Refusals.requireText(text, LONGEST);
        return new ImageReferenceParser(text).read();
    }

    private ImageReference read() {
        if (host.equals("public.ecr.aws")) {
            return readPublic();
        }
        Matcher priv = PRIVATE_HOST.matcher(host);
        if (priv.matches()) {
            return reference(ImageSource.ECR, priv.group("account"), priv.group("region"), path);
        }
        if (LOCAL_HOST.matcher(host).matches()) {
            Matcher local = LOCAL_PATH.matcher(path);
            if (!local.matches()) {
                throw refusal("a repository of the local cloud is named " + host + "/ACCOUNT/REGION/NAME, for example "
                        + host + "/111122223333/us-east-1/app");
            }
            return reference(ImageSource.ECR, local.group("account"), local.group("region"), local.group("name"));
        }
        throw refusal(Refusals.ofHost(text, host, path, tag));
    }

    private ImageReference readPublic() {
        if (path.indexOf('/') < 0) {
            throw refusal("an image of the public gallery has an alias and a name, public.ecr.aws/ALIAS/NAME; "
                    + "Docker's official images are public.ecr.aws/docker/library/"
                    + (path.isEmpty() ? "NAME" : path.toLowerCase(Locale.ROOT)));
        }
        return reference(ImageSource.ECR_PUBLIC, null, null, path);
    }

    private ImageReference reference(
            ImageSource source, @Nullable String account, @Nullable String region, String repository) {
        if (account != null && !account.matches("[0-9]{12}")) {
            throw refusal("the registry's account should be twelve digits, but is `" + account + "`");
        }
        if (region != null && !region.matches(REGION)) {
            throw refusal("the registry's region should look like us-east-1, but is `" + region + "`");
        }
        requireRepository(repository);
        if (tag != null && !TAG.matcher(tag).matches()) {
            throw refusal(
                    "the tag `" + tag
                            + "` should be 1 to 128 letters, digits, dots, dashes and underscores, and not begin with a dot or a dash");
        }
        return new ImageReference(
                source,
                host,
                account,
                region,
                repository,
                tag == null && digest == null ? "latest" : tag,
                digest == null ? null : readDigest(digest));
    }

    private void requireRepository(String repository) {
        if (REPOSITORY.matcher(repository).matches()) {
            return;
        }
        if (repository.isEmpty()) {
            throw refusal("the repository's name is missing");
        }
        String lower = repository.toLowerCase(Locale.ROOT);
        if (!lower.equals(repository) && REPOSITORY.matcher(lower).matches()) {
            throw refusal("a repository's name is lower case; did you mean `" + lower + "`?");
        }
        throw refusal("the repository's name `" + repository
                + "` should be lower-case letters and digits with single separators (. _ - /) between them");
    }

    private Digest readDigest(String written) {
        try {
            return Digest.parse(written);
        } catch (IllegalArgumentException e) {
            throw refusal("the digest is wrong: " + e.getMessage());
        }
    }

    private InvalidImageReference refusal(String reason) {
        return new InvalidImageReference("`" + text + "` is not an image that App Runner can run: " + reason);
    }
}
