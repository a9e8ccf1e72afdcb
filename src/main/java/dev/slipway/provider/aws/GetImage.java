package dev.slipway.provider.aws;

import dev.slipway.oci.ImageReference;
import dev.slipway.oci.InvalidImageReference;
import dev.slipway.property.PropertyPath;
import dev.slipway.protocol.CheckFailure;
import dev.slipway.protocol.ProviderException;
import dev.slipway.provider.FunctionHandler;
import dev.slipway.provider.Required;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code slipway:index:getImage}: what the name of an image that App Runner can run stands for now. */
final class GetImage implements FunctionHandler<GetImage.Arguments, GetImage.Result> {
    private static final Pattern PORT = Pattern.compile("([0-9]{1,5})(/tcp)?");

    private final AwsSession session;

    GetImage(AwsSession session) {
        this.session = session;
    }

    /** @param image an image identifier, as a service takes it */
    record Arguments(@Required @Nullable String image) {}

    /**
     * @param digest of what the name stands for
     * @param pinnedImage the same image, named by its digest
     * @param sizeInBytes of its compressed layers
     * @param exposedPorts the TCP ports that it says it listens on
     * @param repositoryArn absent for the public gallery
     * @param registryId the account of a private registry; absent for the public gallery
     */
    record Result(
            String image,
            String digest,
            String pinnedImage,
            Long sizeInBytes,
            List<Integer> exposedPorts,
            @Nullable String repositoryArn,
            @Nullable String registryId) {}

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Class<Result> result() {
        return Result.class;
    }

    @Override
    public List<CheckFailure> check(Arguments arguments) {
        try {
            ImageReference.parse(Given.of(arguments.image(), "image"));
            return List.of();
        } catch (InvalidImageReference e) {
            return List.of(new CheckFailure(PropertyPath.of("image"), String.valueOf(e.getMessage())));
        }
    }

    @Override
    public Result call(Arguments arguments) {
        String identifier = Given.of(arguments.image(), "image");
        ImageReference image = ImageReference.parse(identifier);
        ImageRegistry.Answer answer = session.images().look(image);
        if (answer instanceof ImageRegistry.Found found) {
            return new Result(
                    identifier,
                    found.digest(),
                    repository(identifier) + "@" + found.digest(),
                    found.bytes(),
                    ports(found.exposedPorts()),
                    image.repositoryArn().orElse(null),
                    image.account());
        }
        String reason = answer instanceof ImageRegistry.Unusable unusable
                ? unusable.reason()
                : "the registry of " + image + " could not be asked: " + ((ImageRegistry.Unknown) answer).reason();
        throw new ProviderException("call getImage: " + reason);
    }

    private static String repository(String identifier) {
        String named = identifier.indexOf('@') < 0 ? identifier : identifier.substring(0, identifier.indexOf('@'));
        int colon = named.lastIndexOf(':');
        return colon > named.lastIndexOf('/') ? named.substring(0, colon) : named;
    }

    static List<Integer> ports(List<String> exposed) {
        return exposed.stream()
                .map(PORT::matcher)
                .filter(Matcher::matches)
                .map(port -> Integer.valueOf(port.group(1)))
                .toList();
    }
}
