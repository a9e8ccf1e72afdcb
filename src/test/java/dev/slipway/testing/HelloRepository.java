package dev.slipway.testing;

import dev.slipway.cloud.gallery.BuiltImage;
import dev.slipway.cloud.gallery.HelloImage;
import dev.slipway.oci.remote.RegistryAuth;
import dev.slipway.oci.remote.RegistryClient;
import dev.slipway.oci.remote.RemoteFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import software.amazon.awssdk.services.apprunner.model.SourceConfiguration;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.iam.IamClient;

/** A private repository of a running local cloud, with hello images of any version, and a role that App Runner may pull them with. */
public final class HelloRepository {
    public static final String NAME = "team/hello";

    private static final String ACCOUNT = "111122223333";

    private final Path directory;
    private final RegistryClient registry;
    private final String role;

    /** @param directory where the images are made */
    public HelloRepository(URI endpoint, Path directory) {
        this.directory = directory;
        try (EcrClient ecr = RealService.client(EcrClient.builder(), endpoint)) {
            ecr.createRepository(in -> in.repositoryName(NAME));
            String login = new String(
                    Base64.getDecoder()
                            .decode(ecr.getAuthorizationToken()
                                    .authorizationData()
                                    .get(0)
                                    .authorizationToken()),
                    StandardCharsets.UTF_8);
            registry = RegistryClient.of(endpoint, RegistryAuth.basic("AWS", login.substring("AWS:".length())));
        }
        role = role(endpoint);
    }

    private static String role(URI endpoint) {
        try (IamClient iam = RealService.client(IamClient.builder(), endpoint)) {
            String arn = iam.createRole(in -> in.roleName("pull").assumeRolePolicyDocument("""
                            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
                             "Principal": {"Service": "build.apprunner.amazonaws.com"}}]}"""))
                    .role()
                    .arn();
            iam.attachRolePolicy(in -> in.roleName("pull")
                    .policyArn("arn:aws:iam::aws:policy/service-role/AWSAppRunnerServicePolicyForECRAccess"));
            return arn;
        }
    }

    /** The hello image that calls itself so; made at most once. */
    public BuiltImage image(String version) throws IOException {
        return HelloImage.build(directory, version);
    }

    /** @param reference a tag, or the manifest's digest */
    public void push(BuiltImage image, String reference) throws RemoteFailure {
        registry.push(
                ACCOUNT + "/us-east-1/" + NAME,
                reference,
                image.mediaType(),
                image.manifest(),
                digest -> Files.newInputStream(image.blobs().get(digest)));
    }

    /** A service's source that follows a tag. */
    public SourceConfiguration followed(String tag) {
        return SourceConfiguration.builder()
                .authenticationConfiguration(in -> in.accessRoleArn(role))
                .imageRepository(
                        in -> in.imageIdentifier(ACCOUNT + ".dkr.ecr.us-east-1.amazonaws.com/" + NAME + ":" + tag)
                                .imageRepositoryType("ECR"))
                .build();
    }
}
