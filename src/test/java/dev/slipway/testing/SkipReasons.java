package dev.slipway.testing;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Prints why a test or a whole class did not run. Maven's own report counts skipped tests without a reason, and a class that gives up
 * before its first test not at all.
 */
public final class SkipReasons implements TestExecutionListener {
    private TestPlan plan;

    @Override
    public void testPlanExecutionStarted(TestPlan started) {
        plan = started;
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        print(test, reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
            print(test, result.getThrowable().map(Throwable::getMessage).orElse("no reason given"));
        }
    }

    private void print(TestIdentifier test, String reason) {
        String parent = plan.getParent(test)
                .filter(container -> test.isTest())
                .map(container -> container.getDisplayName() + ".")
                .orElse("");
        System.out.println("[skipped] " + parent + test.getDisplayName() + ": " + reason);
    }
}
