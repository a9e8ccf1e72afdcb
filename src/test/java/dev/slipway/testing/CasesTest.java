package dev.slipway.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CasesTest {
    @Test
    void theSameSeedGivesTheSameCases() {
        assertThat(numbers())
                .hasSize(Cases.of(5, 7).count())
                .doesNotHaveDuplicates()
                .isEqualTo(numbers());
    }

    private static List<Integer> numbers() {
        List<Integer> numbers = new ArrayList<>();
        Cases.of(5, 7).run((random, number) -> numbers.add(random.nextInt()));
        return numbers;
    }

    @Test
    void aFailureNamesTheCaseAndTheSeed() {
        Cases cases = Cases.of(5, 5);
        assertThatThrownBy(
                        () -> cases.run((random, number) -> assertThat(number).isLessThan(3)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("case 3", "-Dslipway.seed=" + cases.seed(), "-Dslipway.case=3");
    }
}
