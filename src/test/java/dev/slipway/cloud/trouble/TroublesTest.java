package dev.slipway.cloud.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class TroublesTest {
    private static final String ACCOUNT = "111122223333";
    private static final String WEB = "arn:aws:apprunner:eu-west-1:111122223333:service/web/8fe1e10304f84fd2";

    private Instant machine = Instant.parse("2026-01-02T03:04:05Z");
    private final Troubles troubles = new Troubles(() -> machine, new SplittableRandom(1));

    private Optional<Kind> strike(String service, String operation, String... resources) {
        return troubles.strike(ACCOUNT, service, operation, () -> List.of(resources))
                .outcome();
    }

    @Test
    void nothingGoesWrongUntilSomebodyAsks() {
        assertThat(troubles.strike(ACCOUNT, "ecr", "PutImage", List::of).isNone())
                .isTrue();
        assertThat(troubles.iamPropagation(ACCOUNT)).isEmpty();
        assertThat(troubles.maintenance(WEB)).isEmpty();
        assertThat(troubles.clock().instant()).isEqualTo(machine);
        assertThat(troubles.signatureClock().instant()).isEqualTo(machine);
    }

    @Test
    void aTroubleStrikesWhomItNamesAndNobodyElse() {
        troubles.add(Trouble.of(Kind.ERROR, null).in(new Scope(ACCOUNT, "ecr", "putimage", "team/app")));

        String repository = "arn:aws:ecr:eu-west-1:111122223333:repository/team/app";
        assertThat(strike("ecr", "PutImage", repository)).contains(Kind.ERROR);
        assertThat(strike("ecr", "PutImage", repository + "2")).isEmpty();
        assertThat(strike("ecr", "PutImage", "arn:aws:ecr:eu-west-1:111122223333:repository/xteam/app"))
                .isEmpty();
        assertThat(strike("ecr", "PutImage")).isEmpty();
        assertThat(strike("ecr", "ListImages", repository)).isEmpty();
        assertThat(strike("ecr-public", "PutImage", repository)).isEmpty();
        assertThat(troubles.strike("444455556666", "ecr", "PutImage", () -> List.of(repository))
                        .isNone())
                .isTrue();
    }

    @Test
    void aCountedTroubleIsOverAfterItsLastCall() {
        troubles.add(Trouble.of(Kind.THROTTLE, null).next(2));

        assertThat(strike("iam", "GetRole")).contains(Kind.THROTTLE);
        assertThat(troubles.list()).singleElement().extracting(Trouble::calls).isEqualTo(1);
        assertThat(strike("iam", "GetRole")).contains(Kind.THROTTLE);
        assertThat(troubles.list()).isEmpty();
        assertThat(strike("iam", "GetRole")).isEmpty();
    }

    @Test
    void theFirstOutcomeWinsAndTheOtherWaitsForItsTurn() {
        troubles.add(Trouble.of(Kind.THROTTLE, null).next(1));
        troubles.add(Trouble.of(Kind.LOST, null).next(1));

        assertThat(strike("iam", "GetRole")).contains(Kind.THROTTLE);
        assertThat(strike("iam", "GetRole")).contains(Kind.LOST);
    }

    @Test
    void delaysAddUpToFiveMinutesAtMost() {
        for (int i = 0; i < 3; i++) {
            troubles.add(Trouble.of(Kind.SLOW, Duration.ofMinutes(2)));
        }

        assertThat(troubles.strike(ACCOUNT, "ecr", "PutImage", List::of))
                .isEqualTo(new Blow(Duration.ofMinutes(5), Optional.empty()));
    }

    @Test
    void theSameSeedDrawsTheSameCalls() {
        Trouble half = new Trouble("", Kind.ERROR, Scope.ALL, null, 0.5, 7L, null, 1, Instant.EPOCH);
        List<Boolean> first = draws(half);
        troubles.clear(any -> true);

        assertThat(first).contains(true, false);
        assertThat(draws(half)).isEqualTo(first);
    }

    private List<Boolean> draws(Trouble trouble) {
        troubles.add(trouble);
        List<Boolean> struck = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            struck.add(strike("ecr", "PutImage").isPresent());
        }
        return struck;
    }

    @Test
    void maintenanceLastsItsTime() {
        troubles.add(Trouble.of(Kind.MAINTENANCE, Duration.ofSeconds(30)).in(new Scope(null, null, null, "web")));

        machine = machine.plusSeconds(10);
        assertThat(troubles.maintenance(WEB)).contains(Duration.ofSeconds(20));
        assertThat(troubles.maintenance(WEB.replace("web", "api"))).isEmpty();
        machine = machine.plusSeconds(20);
        assertThat(troubles.maintenance(WEB)).isEmpty();
        assertThat(troubles.list()).isEmpty();
        troubles.add(
                Trouble.of(Kind.MAINTENANCE, Duration.ofSeconds(30)).in(new Scope("444455556666", null, null, "web")));
        assertThat(troubles.maintenance(WEB)).isEmpty();
        assertThat(troubles.maintenance(WEB.replace(ACCOUNT, "444455556666"))).isPresent();
    }

    @Test
    void propagationIsSlowForTheAccountThatIsNamed() {
        troubles.add(Trouble.of(Kind.IAM_PROPAGATION, Duration.ofSeconds(8)).in(new Scope(ACCOUNT, null, null, null)));

        assertThat(troubles.iamPropagation(ACCOUNT)).contains(Duration.ofSeconds(8));
        assertThat(troubles.iamPropagation("444455556666")).isEmpty();
    }

    @Test
    void theClockJumpsAndRunsAndIsSetRightAgain() {
        Instant start = machine;
        troubles.add(new Trouble("", Kind.CLOCK, Scope.ALL, null, 1, null, Duration.ofHours(13), 60, Instant.EPOCH));
        machine = machine.plusSeconds(2);

        assertThat(troubles.clock().instant())
                .isEqualTo(start.plus(Duration.ofHours(13)).plusSeconds(120));
        assertThat(troubles.signatureClock().instant()).isEqualTo(machine);

        troubles.add(new Trouble("", Kind.CLOCK, Scope.ALL, null, 1, null, null, 0.5, Instant.EPOCH));
        machine = machine.plusSeconds(10);
        assertThat(troubles.clock().instant())
                .as("a second clock goes on from the first, and this one is slow")
                .isEqualTo(start.plus(Duration.ofHours(13)).plusSeconds(125));
        assertThat(troubles.list()).hasSize(1);

        troubles.clear(any -> true);
        assertThat(troubles.clock().instant()).isEqualTo(machine);
    }

    @Test
    void aSkewMovesTheClockOfSignaturesAlone() {
        troubles.add(Trouble.of(Kind.SKEW, Duration.ofMinutes(-20)));

        assertThat(troubles.signatureClock().instant()).isEqualTo(machine.minus(Duration.ofMinutes(20)));
        assertThat(troubles.clock().instant()).isEqualTo(machine);
    }

    @Test
    void aTroubleThatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> Trouble.of(Kind.SLOW, null)).hasMessage("slow needs a time");
        assertThatThrownBy(() -> Trouble.of(Kind.ERROR, Duration.ofSeconds(1))).hasMessage("error takes no time");
        assertThatThrownBy(() -> Trouble.of(Kind.SLOW, Duration.ofMinutes(6))).hasMessageContaining("five minutes");
        assertThatThrownBy(() -> Trouble.of(Kind.MAINTENANCE, Duration.ofSeconds(-1)))
                .hasMessageContaining("must not be negative");
        assertThatThrownBy(() -> Trouble.of(Kind.THROTTLE, null).next(0)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> Trouble.of(Kind.SKEW, Duration.ofMinutes(1)).next(1))
                .hasMessageContaining("strikes no single calls");
    }

    @Test
    void thereIsAnEndToTroubles() {
        for (int i = 0; i < 1000; i++) {
            troubles.add(Trouble.of(Kind.THROTTLE, null));
        }

        assertThatThrownBy(() -> troubles.add(Trouble.of(Kind.THROTTLE, null)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("clear some");
    }
}
