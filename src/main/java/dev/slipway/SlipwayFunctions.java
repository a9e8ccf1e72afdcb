package dev.slipway;

import com.pulumi.core.Output;
import com.pulumi.core.TypeShape;
import com.pulumi.deployment.Deployment;
import com.pulumi.deployment.InvokeOptions;
import com.pulumi.resources.InvokeArgs;

/** Looks things up while a program runs; nothing is changed. Each call is made with the stack's own configuration unless its options name a {@link Provider}. */
public final class SlipwayFunctions {
    private static final String TOKENS = "slipway:index:";

    private SlipwayFunctions() {}

    /** What an image's name stands for now. The deployment fails when it is not there or is not for linux/amd64. */
    public static Output<GetImageResult> getImage(GetImageArgs args) {
        return getImage(args, InvokeOptions.Empty);
    }

    /** @see #getImage(GetImageArgs) */
    public static Output<GetImageResult> getImage(GetImageArgs args, InvokeOptions options) {
        return call("getImage", GetImageResult.class, args, options);
    }

    /** Whose credentials the provider has. */
    public static Output<GetCallerIdentityResult> getCallerIdentity() {
        return getCallerIdentity(InvokeOptions.Empty);
    }

    /** @see #getCallerIdentity() */
    public static Output<GetCallerIdentityResult> getCallerIdentity(InvokeOptions options) {
        return call("getCallerIdentity", GetCallerIdentityResult.class, InvokeArgs.Empty, options);
    }

    /** A service that somebody else manages. The deployment fails when it is not there. Its environment is not told, because it may hold secrets. */
    public static Output<GetServiceResult> getService(GetServiceArgs args) {
        return getService(args, InvokeOptions.Empty);
    }

    /** @see #getService(GetServiceArgs) */
    public static Output<GetServiceResult> getService(GetServiceArgs args, InvokeOptions options) {
        return call("getService", GetServiceResult.class, args, options);
    }

    private static <T> Output<T> call(String name, Class<T> result, InvokeArgs args, InvokeOptions options) {
        return Deployment.getInstance().invoke(TOKENS + name, TypeShape.of(result), args, versioned(options));
    }

    private static InvokeOptions versioned(InvokeOptions options) {
        return options.getVersion().isPresent()
                ? options
                : new InvokeOptions(
                        options.getParent().orElse(null),
                        options.getProvider().orElse(null),
                        Provider.VERSION,
                        options.getPluginDownloadURL().orElse(null));
    }
}
