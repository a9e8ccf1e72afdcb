package dev.slipway.cloud.apprunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cloud.wire.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** The small forms: commands, sizes, addresses, ids. */
final class FormsTest {
    @Test
    void splitsACommandAsAShellDoes() {
        assertThat(ShellWords.split("java -jar  app.jar")).containsExactly("java", "-jar", "app.jar");
        assertThat(ShellWords.split("sh -c 'echo \"$HOME\" \\n'")).containsExactly("sh", "-c", "echo \"$HOME\" \\n");
        assertThat(ShellWords.split("a\\ b \"c \\\" d\\x\" ''")).containsExactly("a b", "c \" d\\x", "");
        assertThat(ShellWords.split("  ")).isEmpty();
        assertThatThrownBy(() -> ShellWords.split("echo \"x")).hasMessageContaining("double quote");
    }

    @Test
    void knowsTheSizesAndTheirPairs() {
        assertThat(InstanceSizes.cpu("0.5 vCPU")).contains(512);
        assertThat(InstanceSizes.cpu("4096")).contains(4096);
        assertThat(InstanceSizes.cpu("1vCPU")).isEmpty();
        assertThat(InstanceSizes.memory("0.5 GB")).contains(512);
        assertThat(InstanceSizes.memory("12288")).contains(12288);
        assertThat(InstanceSizes.memory("5 GB")).isEmpty();
        assertThat(InstanceSizes.memory("5120")).isEmpty();
        int pairs = 0;
        for (int cpu : new int[] {256, 512, 1024, 2048, 4096}) {
            for (int memory : new int[] {512, 1024, 2048, 3072, 4096, 6144, 8192, 10240, 12288}) {
                pairs += InstanceSizes.problem(cpu, memory).isEmpty() ? 1 : 0;
            }
        }
        assertThat(pairs).isEqualTo(11);
    }

    @Test
    void addressesAreStableDistinctAndLoopback() {
        var ids = new Ids(RandomGeneratorFactory.of("L64X128MixRandom").create(5));
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            String id = ids.hex();
            String address = LoopbackAddresses.choose(id, taken);
            assertThat(LoopbackAddresses.choose(id, taken)).isEqualTo(address);
            assertThat(LoopbackAddresses.parse(address).isLoopbackAddress()).isTrue();
            assertThat(address).doesNotStartWith("127.0.");
            assertThat(taken.add(address)).isTrue();
            assertThat(LoopbackAddresses.choose(id, taken)).isNotEqualTo(address);
        }
    }

    @Test
    void idsHaveTheFormsOfAws() {
        var ids = new Ids(RandomGeneratorFactory.of("L64X128MixRandom").create(5));
        for (int i = 0; i < 100; i++) {
            assertThat(ids.uuid()).matches("[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
            assertThat(ids.subdomain()).matches("[a-z][a-z0-9]{9}");
        }
    }

    @Test
    void aPaceGoesOnWhenTheClockIsSetBack() {
        var clock = new MovedClock();
        var pace = new Pace(clock);
        clock.advance(Duration.ofHours(13));
        Instant before = pace.instant();
        clock.advance(Duration.ofHours(-13));
        assertThat(pace.instant()).isEqualTo(before);
        clock.advance(Duration.ofSeconds(3));
        assertThat(pace.instant()).isEqualTo(before.plusSeconds(3));
    }

    @Test
    void pagesGoOnAfterTheLastItemEvenWhenOthersWent() {
        Page<String> first = Pages.of(List.of("a", "b", "c", "d"), each -> each, 2, 20, null);
        assertThat(first.items()).containsExactly("a", "b");
        assertThat(Pages.of(List.of("b", "c", "d"), each -> each, 2, 20, first.next())
                        .items())
                .containsExactly("c", "d");
        assertThat(Pages.of(List.of("c", "d"), each -> each, 2, 20, first.next())
                        .items())
                .containsExactly("c", "d");
        assertThat(Page.descending(10)).isLessThan(Page.descending(9));
        assertThatThrownBy(() -> Pages.of(List.of("a"), each -> each, 1, 20, "nonsense"))
                .hasMessageContaining("NextToken");
    }
}
