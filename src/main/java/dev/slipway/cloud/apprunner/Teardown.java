package dev.slipway.cloud.apprunner;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** Lets a service's instances answer what they have, then ends them; for pausing and deleting. */
final class Teardown implements Work {
    private final Setting setting;
    private final OperationRecord operation;
    private final ServiceController owner;

    Teardown(Setting setting, OperationRecord operation, ServiceController owner) {
        this.setting = setting;
        this.operation = operation;
        this.owner = owner;
    }

    @Override
    public boolean advance(Instant now) {
        if (!setting.retirement().over()) {
            return false;
        }
        if (operation.type() == OperationType.DELETE_SERVICE
                && setting.parts().troubles().failsDeletion(setting.arn())) {
            owner.notDeleted(operation);
        } else {
            owner.tornDown(operation);
        }
        return true;
    }

    @Override
    public CompletableFuture<?> pending() {
        return setting.retirement().pending();
    }
}
