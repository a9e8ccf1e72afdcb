package dev.slipway.cloud.apprunner;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The CPU and memory that an instance may have: how they may be written, and which go together. */
final class InstanceSizes {
    static final int DEFAULT_CPU = 1024;
    static final int DEFAULT_MEMORY = 2048;

    private static final Map<Integer, Set<Integer>> MEMORY_BY_CPU = new TreeMap<>(Map.of(
            256, Set.of(512, 1024),
            512, Set.of(1024),
            1024, Set.of(2048, 3072, 4096),
            2048, Set.of(4096, 6144),
            4096, Set.of(8192, 10240, 12288)));
    private static final Map<String, Integer> CPU = Map.of("0.25", 256, "0.5", 512, "1", 1024, "2", 2048, "4", 4096);
    private static final Set<String> GIGABYTES = Set.of("0.5", "1", "2", "3", "4", "6", "8", "10", "12");

    private InstanceSizes() {}

    /** CPU units from {@code 1024} or {@code 1 vCPU}; empty when it is neither. */
    static Optional<Integer> cpu(String text) {
        if (text.endsWith(" vCPU")) {
            return Optional.ofNullable(CPU.get(text.substring(0, text.length() - 5)));
        }
        return number(text).filter(MEMORY_BY_CPU::containsKey);
    }

    /** Megabytes from {@code 2048} or {@code 2 GB}; empty when it is neither. */
    static Optional<Integer> memory(String text) {
        if (text.endsWith(" GB")) {
            String gigabytes = text.substring(0, text.length() - 3);
            return GIGABYTES.contains(gigabytes)
                    ? Optional.of((int) (Double.parseDouble(gigabytes) * 1024))
                    : Optional.empty();
        }
        return number(text)
                .filter(megabytes -> megabytes == 512
                        || (megabytes % 1024 == 0 && GIGABYTES.contains(Integer.toString(megabytes / 1024))));
    }

    /** What is wrong with a pair; empty when it may be. */
    static Optional<String> problem(int cpu, int memory) {
        Set<Integer> allowed = MEMORY_BY_CPU.getOrDefault(cpu, Set.of());
        if (allowed.contains(memory)) {
            return Optional.empty();
        }
        String list = new TreeSet<>(allowed).stream().map(String::valueOf).collect(Collectors.joining(", "));
        return Optional.of("InstanceConfiguration: " + cpu + " CPU units do not go with " + memory
                + " MB of memory; with this CPU the memory may be " + list + " MB");
    }

    private static Optional<Integer> number(String text) {
        return text.matches("[0-9]{1,5}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }
}
