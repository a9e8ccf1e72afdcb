package dev.slipway;

import com.pulumi.core.annotations.ResourceType;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ProviderResource;
import org.jspecify.annotations.Nullable;

/**
 * A second set of credentials, another region or another cloud in one program. Give it to a resource by its options;
 * resources without one use the stack's own configuration ({@code slipway:region} and so on).
 */
@ResourceType(type = "pulumi:providers:" + Provider.PACKAGE)
public final class Provider extends ProviderResource {
    static final String PACKAGE = "slipway";
    /**
     * The plugin's version. Every resource and function says it, as those of generated SDKs do, so that both engines give the default provider
     * the same name ({@code default_0_1_0}) and record the same for it.
     */
    static final String VERSION = "0.1.0";

    public Provider(String name, ProviderArgs args) {
        this(name, args, null);
    }

    public Provider(String name, @Nullable ProviderArgs args, @Nullable CustomResourceOptions options) {
        super(PACKAGE, name, args == null ? ProviderArgs.Empty : args, versioned(options));
    }

    static CustomResourceOptions versioned(@Nullable CustomResourceOptions options) {
        var version = CustomResourceOptions.builder().version(VERSION).build();
        return CustomResourceOptions.merge(version, options);
    }
}
