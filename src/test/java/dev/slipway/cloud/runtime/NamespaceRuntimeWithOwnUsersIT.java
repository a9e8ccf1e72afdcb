package dev.slipway.cloud.runtime;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Path;

/** The way of an ordinary user; root can go it too. */
final class NamespaceRuntimeWithOwnUsersIT extends NamespaceSurroundingsContract {
    @Override
    NamespaceRuntime open(Path dataDirectory, DiskUse disk) throws Exception {
        NamespaceRuntime own = new NamespaceRuntime(DataDirectory.open(dataDirectory), true, true, disk);
        try {
            own.probe();
        } catch (RuntimeFailure e) {
            own.close();
            return abort("no user namespaces with overlay here: " + e.getMessage());
        }
        return own;
    }

    @Override
    boolean limitsMemory() {
        return false;
    }
}
