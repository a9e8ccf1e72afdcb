package dev.slipway.oci;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

final class ImageReferenceParser {
    private static final String REPOSITORY =
            "(?<repository>(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*)";
    private static final String END =
            "(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9._-]{0,127}))?(?:@(?<digest>[a-z0-9]+:[0-9a-f]+))?";
    private static final Pattern PRIVATE = Pattern.compile(
            "(?<host>(?<account>[0-9]{12})\\.dkr\\.ecr\\.(?<region>[a-z]+(?:-[a-z]+)+-[0-9])\\.amazonaws\\.com)/"
                    + REPOSITORY + END);
    private static final Pattern LOCAL = Pattern.compile(
            "(?<host>(?:127\\.0\\.0\\.1|localhost):[0-9]{1,5})/(?<account>[0-9]{12})/(?<region>[a-z]+(?:-[a-z]+)+-[0-9])/"
                    + REPOSITORY + END);
    private static final Pattern PUBLIC = Pattern.compile("(?<host>public\\.ecr\\.aws)/" + REPOSITORY + END);

    private ImageReferenceParser() {}

    static ImageReference parse(String text) {
        for (Pattern form : new Pattern[] {PRIVATE, LOCAL}) {
            Matcher match = form.matcher(text);
            if (match.matches()) {
                return reference(ImageSource.ECR, match, match.group("account"), match.group("region"));
            }
        }
        Matcher match = PUBLIC.matcher(text);
        if (match.matches() && match.group("repository").contains("/")) {
            return reference(ImageSource.ECR_PUBLIC, match, null, null);
        }
        throw new InvalidImageReference("`" + text + "` is not an image that App Runner can run");
    }

    private static ImageReference reference(
            ImageSource source, Matcher match, @Nullable String account, @Nullable String region) {
        String digest = match.group("digest");
        String tag = match.group("tag");
        return new ImageReference(
                source,
                match.group("host"),
                account,
                region,
                match.group("repository"),
                tag == null && digest == null ? "latest" : tag,
                digest == null ? null : Digest.parse(digest));
    }
}
