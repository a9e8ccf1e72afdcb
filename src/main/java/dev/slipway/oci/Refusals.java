package dev.slipway.oci;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why App Runner does not take an image from where it is, and what to do instead. */
final class Refusals {
    private static final List<String> DOCKER_HUB = List.of(
            "docker.io", "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com", "hub.docker.com");
    /** The end of a host's name, and what people call it. */
    private static final Map<String, String> OTHERS = Map.of(
            "ghcr.io", "GitHub's registry",
            "quay.io", "Quay",
            "gcr.io", "Google's registry",
            "pkg.dev", "Google's registry",
            "azurecr.io", "an Azure registry",
            "mcr.microsoft.com", "Microsoft's registry",
            "registry.gitlab.com", "GitLab's registry",
            "registry.k8s.io", "the Kubernetes registry");

    private static final String EXAMPLE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/app:1";
    private static final String COPY =
            "copy the image to an Amazon ECR repository and name it there, for example " + EXAMPLE;

    private Refusals() {}

    static void requireText(String text, int longest) {
        if (text.isBlank()) {
            throw new InvalidImageReference("the image is empty; expected a name such as " + EXAMPLE
                    + " or public.ecr.aws/slipway/hello:latest");
        }
        if (text.length() > longest) {
            throw new InvalidImageReference(
                    "the image's name has " + text.length() + " characters; App Runner takes at most " + longest);
        }
        int scheme = text.indexOf("://");
        if (scheme >= 0) {
            throw new InvalidImageReference(
                    "`" + text + "` begins with a scheme; write the image as `" + text.substring(scheme + 3) + "`");
        }
        if (text.chars().anyMatch(Character::isWhitespace)) {
            throw new InvalidImageReference("`" + text + "` has white space in it; an image's name has none");
        }
    }

    /** @param host empty when none was written, which means Docker Hub */
    static String ofHost(String text, String host, String path, @Nullable String tag) {
        if (host.isEmpty() || DOCKER_HUB.contains(host)) {
            return dockerHub(path, tag);
        }
        if (host.endsWith(".amazonaws.com.cn")) {
            return "there is no App Runner in AWS's regions in China; " + COPY;
        }
        if (host.contains(".dkr.ecr-fips.")) {
            return "App Runner does not take the FIPS name of a registry; write `"
                    + text.replace(".dkr.ecr-fips.", ".dkr.ecr.") + "`";
        }
        if (host.contains(".dkr-ecr.") && host.endsWith(".on.aws")) {
            return "App Runner does not take the dual-stack name of a registry; write `"
                    + text.replaceFirst("\\.dkr-ecr\\.([^./]*)\\.on\\.aws/", ".dkr.ecr.$1.amazonaws.com/") + "`";
        }
        if (host.equals("ecr-public.aws.com")) {
            return "App Runner does not take the dual-stack name of the public gallery; write `"
                    + text.replace("ecr-public.aws.com/", "public.ecr.aws/") + "`";
        }
        if (host.equals("gallery.ecr.aws")) {
            return "that is the gallery's web page; write `" + text.replace("gallery.ecr.aws/", "public.ecr.aws/")
                    + "`";
        }
        return OTHERS.entrySet().stream()
                .filter(other -> host.equals(other.getKey()) || host.endsWith("." + other.getKey()))
                .map(other -> "it is in " + other.getValue() + "; App Runner pulls only from Amazon ECR and"
                        + " Amazon ECR Public; " + COPY)
                .findFirst()
                .orElse("App Runner pulls only from Amazon ECR (ACCOUNT.dkr.ecr.REGION.amazonaws.com) and Amazon ECR"
                        + " Public (public.ecr.aws), not from `" + host + "`; " + COPY);
    }

    private static String dockerHub(String path, @Nullable String tag) {
        String name = path.startsWith("library/") ? path.substring("library/".length()) : path;
        String reason = "it is on Docker Hub; App Runner pulls only from Amazon ECR and Amazon ECR Public; ";
        if (name.indexOf('/') >= 0 || name.isEmpty()) {
            return reason + COPY;
        }
        return reason + "Docker's official images are also in the public gallery: public.ecr.aws/docker/library/" + name
                + ":" + (tag == null ? "latest" : tag);
    }
}
