package dev.slipway.cli;

import dev.slipway.cli.local.LocalProcess;
import dev.slipway.oci.Digest;
import dev.slipway.oci.ImageReference;
import dev.slipway.oci.ImageSource;
import dev.slipway.oci.InvalidImageReference;
import dev.slipway.oci.remote.RegistryAddress;
import dev.slipway.oci.remote.RegistryAuth;
import dev.slipway.oci.remote.RegistryClient;
import dev.slipway.oci.remote.RemoteFailure;
import dev.slipway.protocol.ProviderException;
import dev.slipway.provider.aws.EcrLogin;
import dev.slipway.provider.aws.RegistryLogin;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "image", mixinStandardHelpOptions = true, description = "Copies images between registries.")
final class ImageCommand implements Runnable {
    private final Context context;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    ImageCommand(Context context) {
        this.context = context;
    }

    @Override
    public void run() {
        spec.commandLine().usage(context.terminal().out());
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Copies the linux/amd64 image SOURCE to DESTINATION. In the local cloud, as the root of each"
                    + " registry's account; with --endpoint aws, with the credentials that the AWS CLI would use.")
    int copy(
            @Parameters(paramLabel = "SOURCE", description = "For example public.ecr.aws/slipway/hello:latest.")
                    String source,
            @Parameters(
                            paramLabel = "DESTINATION",
                            description = "For example 111122223333.dkr.ecr.us-east-1.amazonaws.com/team/hello:1.")
                    String destination,
            @Option(
                            names = "--create-repository",
                            description = "Make the destination's repository when it is not there.")
                    boolean create,
            @Option(
                            names = "--endpoint",
                            paramLabel = "NAME",
                            defaultValue = "local",
                            description = "local (default) or aws.")
                    String endpoint,
            @Option(names = "--profile", description = "With --endpoint aws: the profile to use.")
                    Optional<String> profile) {
        ImageReference from = image("SOURCE", source);
        ImageReference to = image("DESTINATION", destination);
        if (to.source() != ImageSource.ECR || to.tag() == null) {
            throw new Failure("DESTINATION: expected a private ECR image with a tag, got `" + destination + "`");
        }
        if (!endpoint.equals("local") && !endpoint.equals("aws")) {
            throw new Failure("--endpoint: expected local or aws, got `" + endpoint + "`");
        }
        boolean local = endpoint.equals("local");
        World world = World.of(context, local);
        try {
            RegistryAddress fromAddress = address(local, from);
            RegistryAddress toAddress = address(local, to);
            if (create) {
                try (EcrLogin ecr = EcrLogin.open(world.environment(), config(local, to, profile))) {
                    ecr.createRepositoryIfMissing(to.repository());
                }
            }
            RegistryClient reader =
                    RegistryClient.of(fromAddress.registry(), auth(world, config(local, from, profile), from));
            RegistryClient writer =
                    RegistryClient.of(toAddress.registry(), auth(world, config(local, to, profile), to));
            Digest digest = reader.copy(
                    fromAddress.repository(),
                    from.manifestReference(),
                    writer,
                    toAddress.repository(),
                    Objects.requireNonNull(to.tag()));
            context.terminal().out().println(to + "@" + digest);
            return 0;
        } catch (RemoteFailure | ProviderException e) {
            throw new Failure("can't copy " + from + " to " + to + ": " + e.getMessage());
        }
    }

    private RegistryAddress address(boolean local, ImageReference image) {
        if (!local) {
            return RegistryAddress.of(image);
        }
        URI endpoint = LocalCommand.control(context.environment())
                .running()
                .map(LocalProcess::endpoint)
                .orElseThrow(() -> new Failure("the local cloud has just stopped"));
        return RegistryAddress.on(endpoint, image);
    }

    private static RegistryAuth auth(World world, Map<String, String> config, ImageReference image) {
        if (image.source() == ImageSource.ECR_PUBLIC) {
            return RegistryAuth.anonymous();
        }
        try (EcrLogin ecr = EcrLogin.open(world.environment(), config)) {
            RegistryLogin login = ecr.login();
            return RegistryAuth.basic(login.username(), login.password());
        }
    }

    /** The provider configuration for an image's registry: in the local cloud, the root of its account. */
    private static Map<String, String> config(boolean local, ImageReference image, Optional<String> profile) {
        var config = new HashMap<String, String>();
        config.put("endpoint", local ? "local" : "aws");
        if (image.region() != null) {
            config.put("region", image.region());
        }
        if (local && image.account() != null) {
            config.put("accessKey", image.account());
        }
        profile.ifPresent(name -> config.put("profile", name));
        return config;
    }

    private static ImageReference image(String what, String text) {
        try {
            return ImageReference.parse(text);
        } catch (InvalidImageReference e) {
            throw new Failure(what + ": " + e.getMessage());
        }
    }
}
