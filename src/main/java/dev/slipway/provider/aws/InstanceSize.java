package dev.slipway.provider.aws;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** App Runner's sizes: which amounts of CPU and memory there are, and which go together. */
final class InstanceSize {
    static final String DEFAULT_CPU = "1024";
    static final String DEFAULT_MEMORY = "2048";

    /** CPU units (1024 are one virtual CPU) to megabytes. */
    private static final Map<Integer, List<Integer>> PAIRS = new TreeMap<>(Map.of(
            256, List.of(512, 1024),
            512, List.of(1024),
            1024, List.of(2048, 3072, 4096),
            2048, List.of(4096, 6144),
            4096, List.of(8192, 10240, 12288)));

    private InstanceSize() {}

    /** {@code 1 vCPU} and {@code 1024} are both {@code 1024}; empty for what App Runner doesn't have. */
    static Optional<String> cpu(String text) {
        return PAIRS.keySet().stream()
                .filter(units -> text.equals(units.toString()) || text.equals(amount(units) + " vCPU"))
                .map(Object::toString)
                .findFirst();
    }

    /** {@code 2 GB} and {@code 2048} are both {@code 2048}; empty for what App Runner doesn't have. */
    static Optional<String> memory(String text) {
        return PAIRS.values().stream()
                .flatMap(List::stream)
                .filter(megabytes -> text.equals(megabytes.toString()) || text.equals(amount(megabytes) + " GB"))
                .map(Object::toString)
                .findFirst();
    }

    /** Whether App Runner has this pair; both in the normal form. */
    static boolean pair(String cpu, String memory) {
        return PAIRS.getOrDefault(Integer.valueOf(cpu), List.of()).contains(Integer.valueOf(memory));
    }

    /** "2 GB, 3 GB or 4 GB". */
    static String memoriesFor(String cpu) {
        List<String> all = PAIRS.getOrDefault(Integer.valueOf(cpu), List.of()).stream()
                .map(megabytes -> amount(megabytes) + " GB")
                .toList();
        return orList(all);
    }

    static String cpus() {
        return orList(
                PAIRS.keySet().stream().map(units -> amount(units) + " vCPU").toList());
    }

    static String memories() {
        return orList(PAIRS.values().stream()
                .flatMap(List::stream)
                .distinct()
                .sorted()
                .map(megabytes -> amount(megabytes) + " GB")
                .toList());
    }

    /** For a person: 1024 is "1", 256 is "0.25". */
    static String amount(int of1024) {
        return of1024 % 1024 == 0 ? String.valueOf(of1024 / 1024) : String.valueOf(of1024 / 1024.0);
    }

    private static String orList(List<String> words) {
        return words.size() < 2
                ? String.join("", words)
                : words.stream().limit(words.size() - 1).collect(Collectors.joining(", ")) + " or "
                        + words.get(words.size() - 1);
    }
}
