package dev.slipway.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class ImageReferenceTest {
    private static final String HEX = "ab".repeat(32);

    @TestFactory
    Stream<DynamicTest> readsWhatAppRunnerTakes() {
        return Stream.of(
                good("111122223333.dkr.ecr.us-east-1.amazonaws.com/app", ImageSource.ECR, "app", "latest"),
                good(
                        "111122223333.dkr.ecr.us-gov-west-1.amazonaws.com/team/app:v1.2",
                        ImageSource.ECR,
                        "team/app",
                        "v1.2"),
                good("111122223333.dkr.ecr.eu-west-3.amazonaws.com/a@sha256:" + HEX, ImageSource.ECR, "a", null),
                good("111122223333.dkr.ecr.eu-west-3.amazonaws.com/a:1@sha256:" + HEX, ImageSource.ECR, "a", "1"),
                good("127.0.0.1:4577/111122223333/us-east-1/team/app:2", ImageSource.ECR, "team/app", "2"),
                good("localhost:4577/111122223333/us-east-1/app", ImageSource.ECR, "app", "latest"),
                good("public.ecr.aws/slipway/hello", ImageSource.ECR_PUBLIC, "slipway/hello", "latest"),
                good(
                        "public.ecr.aws/docker/library/nginx:1.27",
                        ImageSource.ECR_PUBLIC,
                        "docker/library/nginx",
                        "1.27"));
    }

    private static DynamicTest good(String text, ImageSource source, String repository, String tag) {
        return DynamicTest.dynamicTest(text, () -> {
            ImageReference image = ImageReference.parse(text);
            assertThat(image.source()).isEqualTo(source);
            assertThat(image.repository()).isEqualTo(repository);
            assertThat(image.tag()).isEqualTo(tag);
            String written = tag != null && tag.equals("latest") ? text + ":latest" : text;
            assertThat(image).hasToString(written);
            assertThat(ImageReference.parse(image.toString())).isEqualTo(image);
        });
    }

    @TestFactory
    Stream<DynamicTest> saysWhyAnImageIsRefusedAndWhatToDo() {
        return Stream.of(
                bad("", "the image is empty"),
                bad("https://public.ecr.aws/a/b", "write the image as `public.ecr.aws/a/b`"),
                bad("public.ecr.aws/a/b :1", "white space"),
                bad("a".repeat(1025), "has 1025 characters"),
                bad("nginx", "on Docker Hub", "public.ecr.aws/docker/library/nginx:latest"),
                bad("nginx:1.27", "public.ecr.aws/docker/library/nginx:1.27"),
                bad("library/redis", "public.ecr.aws/docker/library/redis:latest"),
                bad("docker.io/library/redis:7", "public.ecr.aws/docker/library/redis:7"),
                bad("someone/app:1", "on Docker Hub", "copy the image to an Amazon ECR repository"),
                bad("docker.io/someone/app", "on Docker Hub"),
                bad("ghcr.io/owner/app", "GitHub's registry", "copy the image"),
                bad("quay.io/owner/app", "Quay"),
                bad("eu.gcr.io/project/app", "Google's registry"),
                bad("europe-docker.pkg.dev/p/r/app", "Google's registry"),
                bad("me.azurecr.io/app", "an Azure registry"),
                bad("registry.example.com/app", "not from `registry.example.com`"),
                bad("111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/app", "regions in China"),
                bad(
                        "111122223333.dkr.ecr-fips.us-east-1.amazonaws.com/app",
                        "write `111122223333.dkr.ecr.us-east-1.amazonaws.com/app`"),
                bad(
                        "111122223333.dkr-ecr.us-east-1.on.aws/app:1",
                        "write `111122223333.dkr.ecr.us-east-1.amazonaws.com/app:1`"),
                bad("ecr-public.aws.com/a/b", "write `public.ecr.aws/a/b`"),
                bad("gallery.ecr.aws/docker/nginx", "write `public.ecr.aws/docker/nginx`"),
                bad("public.ecr.aws/nginx", "public.ecr.aws/docker/library/nginx"),
                bad("111122223333.dkr.ecr.us-east-1.amazonaws.com/", "name is missing"),
                bad("111122223333.dkr.ecr.us-east-1.amazonaws.com/Team/App", "did you mean `team/app`?"),
                bad("111122223333.dkr.ecr.us-east-1.amazonaws.com/a--b", "single separators"),
                bad("11112222333.dkr.ecr.us-east-1.amazonaws.com/app", "twelve digits, but is `11112222333`"),
                bad("111122223333.dkr.ecr.useast1.amazonaws.com/app", "us-east-1, but is `useast1`"),
                bad("public.ecr.aws/a/b:", "the tag ``"),
                bad("public.ecr.aws/a/b:-x", "the tag `-x`"),
                bad("public.ecr.aws/a/b@sha256:12", "the digest is wrong"),
                bad("public.ecr.aws/a/b@", "the digest is wrong"),
                bad("127.0.0.1:5000/app", "127.0.0.1:5000/111122223333/us-east-1/app"));
    }

    private static DynamicTest bad(String text, String... parts) {
        return DynamicTest.dynamicTest(
                text.length() > 80 ? text.length() + " letters" : "`" + text + "`",
                () -> assertThatThrownBy(() -> ImageReference.parse(text))
                        .isInstanceOf(InvalidImageReference.class)
                        .hasMessageContainingAll(parts));
    }

    @Test
    void knowsTheRepositorysArn() {
        assertThat(ImageReference.parse("127.0.0.1:1/111122223333/us-east-1/team/app")
                        .repositoryArn())
                .contains("arn:aws:ecr:us-east-1:111122223333:repository/team/app");
        assertThat(ImageReference.parse("public.ecr.aws/a/b").repositoryArn()).isEmpty();
    }

    @Test
    void asksForTheDigestWhenThereIsOne() {
        assertThat(ImageReference.parse("public.ecr.aws/a/b:1@sha256:" + HEX).manifestReference())
                .isEqualTo("sha256:" + HEX);
        assertThat(ImageReference.parse("public.ecr.aws/a/b:1").manifestReference())
                .isEqualTo("1");
    }
}
