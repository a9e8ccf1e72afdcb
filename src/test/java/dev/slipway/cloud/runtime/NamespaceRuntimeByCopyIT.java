package dev.slipway.cloud.runtime;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Path;

/** The way where overlay does not work. */
final class NamespaceRuntimeByCopyIT extends NamespaceSurroundingsContract {
    @Override
    NamespaceRuntime open(Path dataDirectory, DiskUse disk) throws Exception {
        NamespaceRuntime own = new NamespaceRuntime(DataDirectory.open(dataDirectory), true, false, disk);
        try {
            own.probe();
        } catch (RuntimeFailure e) {
            own.close();
            return abort("no user namespaces here: " + e.getMessage());
        }
        return own;
    }

    @Override
    boolean limitsMemory() {
        return false;
    }
}
