package dev.slipway.cloud.ecr;

import static dev.slipway.cloud.ecr.LocalAccounts.OWN;
import static dev.slipway.cloud.ecr.LocalAccounts.root;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cloud.store.Store;
import dev.slipway.testing.Cases;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.EcrException;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.Tag;

/** Names, identifiers, positions and documents that no sane caller sends get ECR's refusal, never a fault of the server. */
final class IdentifierFuzzTest {
    private static final List<String> WORDS = List.of(
            "team/app",
            "v1",
            "..",
            "../../etc/passwd",
            "sha256:" + "0".repeat(64),
            "sha256:",
            "sha512:x",
            ":",
            "a".repeat(300),
            "-a".repeat(200),
            "ümläut",
            "\u0000",
            "a b",
            "arn:aws:ecr:us-east-1:111122223333:repository/team/app",
            "arn:aws:ecr:::repository/",
            "%2e%2e",
            "111122223333",
            "{",
            "");

    @Test
    void theApiRefusesWhatIsNotRight(@TempDir Path directory) {
        try (LocalAccounts cloud = new LocalAccounts(directory, Store.inMemory(), Optional.empty());
                EcrClient ecr = cloud.ecr(root(OWN))) {
            ecr.createRepository(request -> request.repositoryName("team/app"));
            Cases.of(400, 100_000).run((random, number) -> {
                try {
                    call(ecr, random);
                } catch (EcrException refused) {
                    assertThat(refused.statusCode())
                            .as(String.valueOf(refused.getMessage()))
                            .isBetween(400, 499);
                }
            });
        }
    }

    private static void call(EcrClient ecr, Random random) {
        String name = random.nextBoolean() ? "team/app" : word(random);
        ImageIdentifier image = ImageIdentifier.builder()
                .imageDigest(random.nextBoolean() ? null : word(random))
                .imageTag(random.nextBoolean() ? null : word(random))
                .build();
        long number = random.nextBoolean() ? random.nextInt(20) : random.nextLong();
        switch (random.nextInt(14)) {
            case 0 -> ecr.describeImages(request -> request.repositoryName(name).imageIds(image));
            case 1 -> ecr.batchGetImage(request -> request.repositoryName(name).imageIds(image, image));
            case 2 ->
                ecr.batchDeleteImage(request -> request.repositoryName(name).imageIds(image));
            case 3 ->
                ecr.listImages(request ->
                        request.repositoryName(name).nextToken(word(random)).maxResults((int) number));
            case 4 ->
                ecr.putImage(request -> request.repositoryName(name)
                        .imageManifest(word(random))
                        .imageTag(word(random))
                        .imageManifestMediaType(word(random)));
            case 5 ->
                ecr.batchCheckLayerAvailability(
                        request -> request.repositoryName(name).layerDigests(word(random), word(random)));
            case 6 ->
                ecr.getDownloadUrlForLayer(
                        request -> request.repositoryName(name).layerDigest(word(random)));
            case 7 ->
                ecr.uploadLayerPart(request -> request.repositoryName(name)
                        .uploadId(
                                random.nextBoolean()
                                        ? word(random)
                                        : ecr.initiateLayerUpload(begin -> begin.repositoryName("team/app"))
                                                .uploadId())
                        .partFirstByte(number)
                        .partLastByte(random.nextLong())
                        .layerPartBlob(SdkBytes.fromByteArray(new byte[random.nextInt(9)])));
            case 8 ->
                ecr.tagResource(request -> request.resourceArn(word(random))
                        .tags(Tag.builder()
                                .key(word(random))
                                .value(word(random))
                                .build()));
            case 9 ->
                ecr.createPullThroughCacheRule(request -> request.ecrRepositoryPrefix(word(random))
                        .upstreamRegistryUrl(random.nextBoolean() ? "public.ecr.aws" : word(random)));
            case 10 ->
                ecr.putLifecyclePolicy(request -> request.repositoryName(name)
                        .lifecyclePolicyText(word(random).repeat(20)));
            case 11 ->
                ecr.setRepositoryPolicy(request -> request.repositoryName(name).policyText(word(random)));
            case 12 ->
                ecr.listImageReferrers(request ->
                        request.repositoryName(name).subjectId(subject -> subject.imageDigest(word(random))));
            default ->
                ecr.describeImageScanFindings(
                        request -> request.repositoryName(name).imageId(image));
        }
    }

    private static String word(Random random) {
        return WORDS.get(random.nextInt(WORDS.size()));
    }
}
