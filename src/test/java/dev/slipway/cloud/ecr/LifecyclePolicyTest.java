package dev.slipway.cloud.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cloud.registry.RepositoryId;
import dev.slipway.cloud.registry.StoredManifest;
import dev.slipway.cloud.wire.AwsException;
import dev.slipway.oci.Digest;
import dev.slipway.testing.Cases;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which images expire, without a registry and without a clock. The stories with letters are those of AWS's guide. */
final class LifecyclePolicyTest {
    private static final Instant NOW = Instant.parse("2026-01-31T00:00:00Z");
    private static final RepositoryId APP = RepositoryId.of("111122223333", "us-east-1", "team/app");

    private static StoredManifest image(String name, int daysOld, String... tags) {
        return new StoredManifest(
                APP,
                Digest.of(name.getBytes(StandardCharsets.UTF_8)),
                "application/vnd.oci.image.manifest.v1+json",
                NOW.minus(Duration.ofDays(daysOld)),
                10,
                List.of(tags),
                10,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Rules are written short: {@code priority status tags count}, where count is {@code >N} images or {@code N} days. */
    private static String policy(String... rules) {
        List<String> written = new ArrayList<>();
        for (String rule : rules) {
            String[] words = rule.split(" ");
            boolean more = words[3].startsWith(">");
            String tags = words[2].equals("-")
                    ? ""
                    : (words[2].startsWith("^") ? "\"tagPrefixList\":[" : "\"tagPatternList\":[")
                            + Set.of(words[2].replace("^", "").split(",")).stream()
                                    .map(tag -> '"' + tag + '"')
                                    .collect(Collectors.joining(","))
                            + "],";
            written.add("""
                    {"rulePriority":%s,"description":"a rule of this test","selection":{"tagStatus":"%s",%s
                     "countType":"%s",%s"countNumber":%s},"action":{"type":"expire"}}""".formatted(
                            words[0],
                            words[1],
                            tags,
                            more ? "imageCountMoreThan" : "sinceImagePushed",
                            more ? "" : "\"countUnit\":\"days\",",
                            words[3].replace(">", "")));
        }
        return "{\"rules\":[" + String.join(",", written) + "]}";
    }

    private static List<String> expired(String policy, Map<String, StoredManifest> images) {
        Set<Digest> gone = LifecycleReader.read(policy).expired(List.copyOf(images.values()), NOW).stream()
                .map(one -> one.image().digest())
                .collect(Collectors.toSet());
        return images.entrySet().stream()
                .filter(entry -> gone.contains(entry.getValue().digest()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private static Map<String, StoredManifest> images(StoredManifest... images) {
        Map<String, StoredManifest> named = new java.util.TreeMap<>();
        for (int i = 0; i < images.length; i++) {
            named.put(String.valueOf((char) ('A' + i)), images[i]);
        }
        return named;
    }

    @Test
    void theOldestGoWhenThereAreTooMany() {
        assertThat(expired(
                        policy("1 any - >2"), images(image("a", 3), image("b", 1, "x"), image("c", 9), image("d", 2))))
                .containsExactly("A", "C");
    }

    @Test
    void imagesExpireAfterTheirDays() {
        assertThat(expired(policy("1 untagged - 14"), images(image("a", 14), image("b", 15), image("c", 90, "x"))))
                .containsExactly("B");
    }

    @Test
    void imagesExpireWhenNobodyPullsThem() {
        String policy = policy("1 any - 14").replace("sinceImagePushed", "sinceImagePulled");
        StoredManifest never = image("a", 15);
        assertThat(expired(
                        policy, images(never, pulled(image("b", 90), 13), pulled(image("c", 90), 15), image("d", 13))))
                .containsExactly("A", "C");
    }

    private static StoredManifest pulled(StoredManifest image, int daysAgo) {
        return new StoredManifest(
                image.repository(),
                image.digest(),
                image.mediaType(),
                image.pushedAt(),
                image.imageSize(),
                image.tags(),
                image.size(),
                image.subject(),
                image.artifactType(),
                Optional.of(NOW.minus(Duration.ofDays(daysAgo))));
    }

    @Test
    void anImageThatAHigherRuleIsAboutIsOutOfReachForTheNext() {
        Map<String, StoredManifest> images =
                images(image("a", 10, "beta-1", "prod-1"), image("b", 9, "beta-2", "prod-2"), image("c", 8, "beta-3"));
        assertThat(expired(policy("1 tagged ^prod >1", "2 tagged ^beta >1"), images))
                .containsExactly("A");
        assertThat(expired(policy("2 tagged ^prod >1", "1 tagged ^beta >1"), images))
                .containsExactly("A", "B");
    }

    @Test
    void aRuleForAnyImageLooksAtAllButTakesWhatIsLeftToIt() {
        Map<String, StoredManifest> images =
                images(image("a", 10, "alpha-1"), image("b", 9), image("c", 8, "alpha-2"), image("d", 7));
        assertThat(expired(policy("1 tagged ^alpha >1", "2 any - >1"), images)).containsExactly("A", "B");
    }

    @Test
    void everyTagOfARuleMustFitSomeTagOfTheImage() {
        Map<String, StoredManifest> images =
                images(image("a", 9, "prod-1", "west"), image("b", 9, "prod-2"), image("c", 9, "west"));
        assertThat(expired(policy("1 tagged ^prod,west 1"), images)).containsExactly("A");
        assertThat(expired(policy("1 tagged *-1,w*t 1"), images)).containsExactly("A");
        assertThat(expired(policy("1 tagged prod-* 1"), images)).containsExactly("A", "B");
    }

    @Test
    void whatIsAboutAnImageIsNotJudgedByItself() {
        StoredManifest signature = image("s", 99);
        StoredManifest signed = new StoredManifest(
                APP,
                signature.digest(),
                signature.mediaType(),
                signature.pushedAt(),
                1,
                List.of(),
                1,
                Optional.of(Digest.of(new byte[0])),
                Optional.empty(),
                Optional.empty());
        assertThat(expired(policy("1 untagged - 1"), images(signed, image("b", 2))))
                .containsExactly("B");
    }

    @Test
    void noImageGoesThatNoRuleIsAboutAndNoneTwice() {
        Cases.of(300, 20_000).run((random, number) -> {
            List<StoredManifest> all = new ArrayList<>();
            for (int i = random.nextInt(12); i > 0; i--) {
                String[] tags = random.ints(random.nextInt(3), 0, 4)
                        .distinct()
                        .mapToObj(tag -> "t" + tag)
                        .toArray(String[]::new);
                all.add(image("image " + i, random.nextInt(20), tags));
            }
            List<LifecycleRule> rules = new ArrayList<>();
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                LifecycleRule.TagStatus status =
                        List.of(LifecycleRule.TagStatus.values()).get(random.nextInt(3));
                rules.add(new LifecycleRule(
                        i,
                        status,
                        status == LifecycleRule.TagStatus.TAGGED ? List.of("t" + random.nextInt(4)) : List.of(),
                        List.of(LifecycleRule.CountType.values()).get(random.nextInt(2)),
                        1 + random.nextInt(6)));
            }
            List<LifecyclePolicy.Expired> expired = new LifecyclePolicy(rules).expired(all, NOW);
            assertThat(new HashSet<>(
                            expired.stream().map(one -> one.image().digest()).toList()))
                    .hasSameSizeAs(expired);
            for (LifecyclePolicy.Expired one : expired) {
                LifecycleRule first = rules.stream()
                        .filter(rule -> rule.isAbout(one.image().tags()))
                        .min(java.util.Comparator.comparingInt(LifecycleRule::priority))
                        .orElseThrow();
                assertThat(one.priority()).isEqualTo(first.priority());
            }
        });
    }

    @Test
    void aWrongPolicyIsRefusedInEcrsWords() {
        String good = policy("1 any - >2");
        Map<String, String> wrong = Map.of(
                "{".repeat(100),
                "Could not map policyString into LifecyclePolicy.",
                good.replace("rulePriority", "priority"),
                "object has missing required properties ([\"rulePriority\"])",
                good.replace("\"countNumber\":2", "\"countNumber\":0"),
                "numeric instance is lower than the required minimum (minimum: 1, found: 0)",
                good.replace("imageCountMoreThan", "sinceImagePushed"),
                "instance failed to match exactly one schema (matched 0 out of 2)",
                good.replace("\"expire\"", "\"archive\""),
                "not found in enum",
                policy("1 any - >2", "2 untagged - >1"),
                "must have the highest rulePriority",
                policy("1 tagged a*b*c*d*e* >2"),
                "at most 4 wildcards",
                policy("1 untagged - >2", "1 any - >1"),
                "is there twice",
                "{}",
                "must have 100 to 30720 characters");
        wrong.forEach((text, reason) -> assertThatThrownBy(() -> LifecycleReader.read(text))
                .as(text)
                .isInstanceOfSatisfying(AwsException.class, refusal -> assertThat(refusal.code())
                        .isEqualTo("InvalidParameterException"))
                .hasMessageContaining("Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: '")
                .hasMessageContaining(reason));
    }

    @Test
    void aMangledPolicyIsReadOrRefused() {
        String good = policy("1 tagged prod*,x 14", "2 untagged - >3", "9 any - >100");
        Cases.of(2_000, 100_000).run((random, number) -> {
            StringBuilder text = new StringBuilder(good);
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, "{}[]\",:-90e*nul\\\u0000é".charAt(random.nextInt(18)));
                    default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(60))));
                }
            }
            try {
                LifecycleReader.read(text.toString()).expired(List.of(image("a", 3, "prod1"), image("b", 2)), NOW);
            } catch (AwsException refused) {
                assertThat(refused.status()).isEqualTo(400);
            }
        });
    }
}
