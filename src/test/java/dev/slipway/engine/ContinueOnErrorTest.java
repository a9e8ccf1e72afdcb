package dev.slipway.engine;

import static dev.slipway.engine.Script.res;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.protocol.ProviderException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs that go on with what does not depend on a failed resource ({@code --continue-on-error}). */
final class ContinueOnErrorTest extends BenchedTest {
    @BeforeEach
    void goOn() {
        bench.options = bench.options.withContinueOnError(true);
    }

    private void failToCreate(String name) {
        bench.provider.onCreate = request -> {
            if (!request.preview() && request.urn().name().equals(name)) {
                throw new ProviderException("no room for " + name);
            }
            return bench.world.create(request);
        };
    }

    @Test
    void makesWhatDoesNotDependOnTheFailedOne() {
        failToCreate("a");
        OperationResult result = bench.up(
                Script.of(res("a"), res("b").from("link", "a"), res("c")).goingOn());
        assertThat(result.succeeded()).isFalse();
        assertThat(bench.recorded()).containsExactly("c");
    }

    @Test
    void withoutItNothingNewBeginsAfterAFailure() {
        bench.everything();
        failToCreate("a");
        bench.up(Script.of(res("a"), res("c")).goingOn());
        assertThat(bench.recorded()).isEmpty();
    }

    @Test
    void aResourceThatNamesAFailedOneIsPassedOver() {
        failToCreate("a");
        Program stubborn = (info, monitor) -> {
            var script = Script.of(res("a"), res("c")).passingOverFailures();
            script.run(info, monitor);
            Goal dependent = res("b").goal(script.answers, null);
            var withNeed = new Goal(
                    dependent.type(),
                    dependent.name(),
                    true,
                    dependent.parent(),
                    dependent.inputs(),
                    Set.of(Workbench.urn("a")),
                    dependent.propertyDependencies(),
                    dependent.provider(),
                    dependent.providers(),
                    dependent.options());
            assertThat(monitor.register(withNeed)).failsWithin(Duration.ofMinutes(1));
        };
        assertThat(bench.up(stubborn).succeeded()).isFalse();
        assertThat(bench.recorded()).containsExactly("c");
    }

    @Test
    void deletesWhatIsNotWantedUnlessAFailedOneNeedsIt() {
        bench.up(
                Script.of(res("old"), res("base"), res("a").from("link", "base").with("size", "1")));
        bench.provider.onUpdate = request -> {
            throw new ProviderException("not now");
        };
        bench.up(Script.of(res("a").with("size", "2"), res("c")).passingOverFailures());
        assertThat(bench.world.calls).containsExactly("create c", "delete old");
        assertThat(bench.recorded()).containsExactly("c", "base", "a");
    }

    @Test
    void deletesNothingWhenTheProgramDidNotReachItsEnd() {
        bench.up(Script.of(res("old"), res("a").with("size", "1")));
        bench.provider.onUpdate = request -> {
            throw new ProviderException("not now");
        };
        bench.up(Script.of(res("a").with("size", "2")).goingOn());
        assertThat(bench.world.calls).isEmpty();
    }

    @Test
    void aDestroyGoesOnWithWhatTheFailedOneDoesNotNeed() {
        bench.up(Script.of(res("base"), res("a").from("link", "base"), res("c"), res("d").from("link", "c")));
        bench.provider.onDelete = request -> {
            if (request.urn().name().equals("a")) {
                throw new ProviderException("in use");
            }
            bench.world.delete(request);
        };
        assertThat(bench.destroy().succeeded()).isFalse();
        assertThat(bench.recorded()).containsExactly("base", "a");
    }
}
