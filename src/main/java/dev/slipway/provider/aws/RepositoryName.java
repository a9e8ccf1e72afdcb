package dev.slipway.provider.aws;

import dev.slipway.oci.ImageReference;
import dev.slipway.oci.ImageSource;
import dev.slipway.oci.InvalidImageReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A private ECR repository, named by an image in it or by its ARN.
 *
 * @param account twelve digits
 */
record RepositoryName(String arn, String account, String region, String repository) {
    private static final Pattern ARN = Pattern.compile(
            "arn:aws(?:-[a-z]+)*:ecr:(?<region>[a-z0-9-]+):(?<account>[0-9]{12}):repository/(?<repository>[a-z0-9][a-z0-9._/-]*)");

    /** @throws IllegalArgumentException that says what was expected and what came */
    static RepositoryName parse(String text) {
        if (text.startsWith("arn:")) {
            Matcher match = ARN.matcher(text);
            if (!match.matches()) {
                throw new IllegalArgumentException(
                        "`" + text + "` is no ECR repository: expected arn:aws:ecr:REGION:ACCOUNT:repository/NAME");
            }
            return new RepositoryName(text, match.group("account"), match.group("region"), match.group("repository"));
        }
        return of(image(text));
    }

    private static ImageReference image(String text) {
        try {
            return ImageReference.parse(text);
        } catch (InvalidImageReference e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static RepositoryName of(ImageReference image) {
        if (image.source() == ImageSource.ECR_PUBLIC || image.account() == null || image.region() == null) {
            throw new IllegalArgumentException("`" + image
                    + "` is in the public gallery, which everyone may pull from: it needs no role and no policy");
        }
        String arn = image.repositoryArn().orElseThrow();
        return new RepositoryName(arn, image.account(), image.region(), image.repository());
    }
}
