package dev.slipway.provider;

import dev.slipway.protocol.ResourceProvider;
import dev.slipway.provider.plugin.ServedProvider;

/** How an engine reaches a provider. */
public enum ProviderFace {
    /** As the embedded engine does. */
    DIRECT {
        @Override
        ResourceProvider of(ResourceProvider configured) {
            return configured;
        }
    },
    /** As Pulumi's engine does. */
    PLUGIN {
        @Override
        ResourceProvider of(ResourceProvider configured) {
            return ServedProvider.serve(configured);
        }
    };

    abstract ResourceProvider of(ResourceProvider configured);

    /** Whether an engine hears why a difference needs a replacement beside the difference itself. */
    boolean tellsReasons() {
        return this == DIRECT;
    }
}
