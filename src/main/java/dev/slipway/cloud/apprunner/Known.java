package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.store.Store;

/** What services may name: configurations, connectors and connections. */
record Known(
        ScalingConfigurations scaling,
        Resources<ObservabilityRecord> observability,
        Resources<ConnectorRecord> connectors,
        Resources<ConnectionRecord> connections,
        Resources<IngressRecord> ingress) {
    static Known in(Store store) {
        return new Known(
                new ScalingConfigurations(store),
                new Resources<>(store, "apprunner-observability", ObservabilityRecord.class),
                new Resources<>(store, "apprunner-connectors", ConnectorRecord.class),
                new Resources<>(store, "apprunner-connections", ConnectionRecord.class),
                new Resources<>(store, "apprunner-ingress", IngressRecord.class));
    }
}
