package dev.slipway.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.testing.Cases;
import dev.slipway.testing.RealService;
import dev.slipway.testing.SteadyLoad;
import dev.slipway.testing.TestCloud;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.apprunner.model.UpdateServiceRequest;

/** One deployment after the other, good and bad, while hundreds of requests come every second: none is lost, none answered wrongly. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class DeploymentsUnderLoadIT {
    private static final int PER_SECOND = 520;

    @TempDir
    private Path directory;

    /** What requests that are sent from now on may be answered with: no version older, none newer. */
    private volatile int oldest;

    private volatile int newest;

    @Test
    void loseNoRequestAndAnswerNoneWrongly() throws Exception {
        try (TestCloud cloud = TestCloud.start(directory)) {
            RealService service = RealService.running(cloud.endpoint(), "loaded", in -> {});
            try (SteadyLoad load = SteadyLoad.start(service.address(), "/", PER_SECOND, 32, this::expected)) {
                for (int deployment = 1; deployment <= (Cases.thorough() ? 20 : 6); deployment++) {
                    if (deployment % 2 == 1) {
                        good(service, deployment);
                    } else {
                        bad(service, deployment);
                    }
                }
                load.end();
                System.out.println("deployments under load: " + load);
                assertThat(load.complaints()).as(load.toString()).isEmpty();
            }
        }
    }

    private void good(RealService service, int version) {
        newest = version;
        assertThat(service.update(in -> in.sourceConfiguration(
                        RealService.hello(RealService.HELLO, Map.of("GREETING", String.valueOf(version))))))
                .isEqualTo("SUCCEEDED");
        oldest = version;
    }

    private void bad(RealService service, int number) {
        Map<String, String> greeting = Map.of("GREETING", "bad");
        Consumer<UpdateServiceRequest.Builder> change =
                switch (number / 2 % 4) {
                    case 1 ->
                        in -> in.sourceConfiguration(RealService.hello(
                                RealService.HELLO, Map.of("GREETING", "bad", "HELLO_FAIL", "exit:3")));
                    case 2 ->
                        in -> in.sourceConfiguration(
                                RealService.hello(RealService.HELLO, Map.of("GREETING", "bad", "HELLO_PORT", "9999")));
                    case 3 ->
                        in -> in.sourceConfiguration(RealService.hello(RealService.HELLO, greeting))
                                .healthCheckConfiguration(check -> check.protocol("HTTP")
                                        .path("/nowhere")
                                        .interval(1)
                                        .unhealthyThreshold(2));
                    default ->
                        in -> in.sourceConfiguration(
                                RealService.hello("public.ecr.aws/slipway/hello:missing", greeting));
                };
        assertThat(service.update(change)).isEqualTo("ROLLBACK_SUCCEEDED");
    }

    private SteadyLoad.Check expected() {
        int least = oldest;
        return answer -> {
            String greeting = answer.text().lines().findFirst().orElse("nothing");
            boolean right = answer.status() == 200
                    && greeting.matches("[0-9]+")
                    && Integer.parseInt(greeting) >= least
                    && Integer.parseInt(greeting) <= newest;
            return right
                    ? Optional.empty()
                    : Optional.of("expected one of the versions " + least + " to " + newest + ", got " + answer);
        };
    }
}
