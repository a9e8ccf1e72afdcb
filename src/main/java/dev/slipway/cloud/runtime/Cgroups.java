package dev.slipway.cloud.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Limits on memory, processor time and number of processes by Linux control groups, version 1 (a tree per controller) or 2 (one tree), whichever
 * has the controllers and can be written. All groups of one data directory are in one group, {@code slipway-ID}. Freezing is always done by a tree
 * of version 2, which most machines with version 1 have beside the others: a process that version 1 froze can't even be killed.
 */
final class Cgroups {
    private static final Path TREES = Path.of("/sys/fs/cgroup");
    private static final String FREEZE = "cgroup.freeze";
    private static final int PERIOD_MICROS = 100_000;
    static final int MOST_PROCESSES = 4096;

    private final String name;
    private final List<Tree> trees;

    /**
     * @param controller empty for version 2, which has all
     * @param controllers those that limit; none in a tree of version 2 that is there for freezing only
     */
    private record Tree(String controller, Path root, Set<String> controllers) {}

    private Cgroups(String name, List<Tree> trees) {
        this.name = name;
        this.trees = trees;
    }

    /** Finds what is there and can be written. */
    static Cgroups detect(String id) {
        return detect(id, TREES);
    }

    static Cgroups detect(String id, Path mounted) {
        String name = "slipway-" + id;
        List<Tree> trees = new ArrayList<>();
        if (Files.exists(mounted.resolve("cgroup.controllers"))) {
            try {
                String controllers = Files.readString(mounted.resolve("cgroup.controllers"));
                Set<String> wanted = new TreeSet<>(List.of(controllers.strip().split("\\s+")));
                wanted.retainAll(Set.of("memory", "cpu", "pids"));
                Path group = Files.createDirectories(mounted.resolve(name));
                enable(mounted, wanted);
                enable(group, wanted);
                wanted.retainAll(List.of(Files.readString(group.resolve("cgroup.subtree_control"))
                        .strip()
                        .split("\\s+")));
                if (!wanted.isEmpty()) {
                    trees.add(new Tree("", mounted, wanted));
                }
            } catch (IOException e) {
                // Not ours to write: nothing is limited, and the description says so.
            }
            return new Cgroups(name, trees);
        }
        for (String controller : List.of("memory", "cpu", "pids")) {
            Path tree = mounted.resolve(controller);
            try {
                if (Files.exists(tree.resolve("cgroup.procs"))) {
                    Files.createDirectories(tree.resolve(name));
                    trees.add(new Tree(controller, tree, Set.of(controller)));
                }
            } catch (IOException e) {
                // As above.
            }
        }
        Path unified = mounted.resolve("unified");
        try {
            if (Files.exists(unified.resolve("cgroup.procs"))
                    && Files.exists(
                            Files.createDirectories(unified.resolve(name)).resolve(FREEZE))) {
                trees.add(new Tree("unified", unified, Set.of()));
            }
        } catch (IOException e) {
            // As above.
        }
        return new Cgroups(name, trees);
    }

    static Cgroups none() {
        return new Cgroups("", List.of());
    }

    /** The controllers that limit here: some of memory, cpu, pids. */
    Set<String> controllers() {
        Set<String> all = new TreeSet<>();
        trees.forEach(tree -> all.addAll(tree.controllers()));
        return all;
    }

    String version() {
        return trees.stream().anyMatch(tree -> tree.controller().isEmpty()) ? "v2" : "v1";
    }

    List<InstancePlan.Cgroup> create(InstanceSpec spec) throws IOException {
        List<InstancePlan.Cgroup> made = new ArrayList<>();
        for (Tree tree : trees) {
            Path group = tree.root().resolve(name).resolve(spec.id());
            Files.createDirectory(group);
            made.add(new InstancePlan.Cgroup(tree.controller(), group, true));
            limit(tree, group, spec);
        }
        if (!made.isEmpty() && version().equals("v1")) {
            made.addAll(shown(made));
        }
        return made;
    }

    /** Controllers of version 1 that limit nothing here, but without which the JVM does not look at the others. */
    private List<InstancePlan.Cgroup> shown(List<InstancePlan.Cgroup> made) throws IOException {
        List<InstancePlan.Cgroup> shown = new ArrayList<>();
        for (String controller : List.of("cpuacct", "cpuset")) {
            Path tree = trees.get(0).root().resolveSibling(controller);
            if (!Files.isDirectory(tree)) {
                continue;
            }
            Path place = tree;
            for (InstancePlan.Cgroup group : made) {
                // cpu and cpuacct are one tree under two names on many machines.
                Path other = trees.get(0).root().resolveSibling(group.controller());
                if (tree.toRealPath().equals(other.toRealPath())) {
                    place = group.directory();
                }
            }
            shown.add(new InstancePlan.Cgroup(controller, place.equals(tree) ? own(tree, controller) : place, false));
        }
        return shown;
    }

    /** Where this process is in a tree of version 1. */
    private static Path own(Path tree, String controller) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/cgroup"))) {
            String[] fields = line.split(":", 3);
            if (fields.length == 3 && List.of(fields[1].split(",")).contains(controller)) {
                Path own = Path.of(tree + fields[2]).normalize();
                return Files.isDirectory(own) ? own : tree;
            }
        }
        return tree;
    }

    private static void limit(Tree tree, Path group, InstanceSpec spec) throws IOException {
        long memory = spec.memoryMegabytes() * 1_048_576L;
        long quota = Math.max(1000L, (long) PERIOD_MICROS * spec.cpuUnits() / 1024);
        boolean one = tree.controller().isEmpty();
        if (tree.controllers().contains("memory")) {
            write(group, one ? "memory.max" : "memory.limit_in_bytes", Long.toString(memory));
            attempt(group, one ? "memory.swap.max" : "memory.memsw.limit_in_bytes", one ? "0" : Long.toString(memory));
            attempt(group, "memory.oom.group", "1");
        }
        if (tree.controllers().contains("cpu")) {
            if (one) {
                write(group, "cpu.max", quota + " " + PERIOD_MICROS);
            } else {
                write(group, "cpu.cfs_period_us", Integer.toString(PERIOD_MICROS));
                write(group, "cpu.cfs_quota_us", Long.toString(quota));
            }
        }
        if (tree.controllers().contains("pids")) {
            write(group, "pids.max", Integer.toString(MOST_PROCESSES));
        }
    }

    /** The file that freezes these groups; empty where the kernel has none. */
    static Optional<Path> freezer(List<InstancePlan.Cgroup> groups) {
        return groups.stream()
                .map(group -> group.directory().resolve(FREEZE))
                .filter(Files::exists)
                .findFirst();
    }

    /** Whether the kernel ended a process of these groups for want of memory. */
    static boolean outOfMemory(List<InstancePlan.Cgroup> groups) {
        for (InstancePlan.Cgroup group : groups) {
            for (String file : List.of("memory.events", "memory.oom_control")) {
                try {
                    if (Files.readAllLines(group.directory().resolve(file)).stream()
                            .anyMatch(line -> line.startsWith("oom_kill ") && !line.equals("oom_kill 0"))) {
                        return true;
                    }
                } catch (IOException e) {
                    // The other version's file, or another controller's group.
                }
            }
        }
        return false;
    }

    /** Removes empty groups; false when one is not empty yet. */
    static boolean remove(List<InstancePlan.Cgroup> groups) {
        boolean all = true;
        for (InstancePlan.Cgroup group : groups) {
            all &= !group.joined() || remove(group.directory());
        }
        return all;
    }

    /** Ends what a dead predecessor of the same name left in its groups, and removes them. */
    void sweep() {
        for (Path group : leftGroups()) {
            try {
                Files.readAllLines(group.resolve("cgroup.procs")).stream()
                        .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
                        .forEach(ProcessHandle::destroyForcibly);
            } catch (IOException e) {
                // It vanished meanwhile.
            }
            for (int i = 0; i < 200 && !remove(group); i++) {
                java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
            }
        }
    }

    /** Removes the group that holds all others; they must be gone. */
    void removeAll() {
        trees.forEach(tree -> remove(tree.root().resolve(name)));
    }

    private List<Path> leftGroups() {
        List<Path> groups = new ArrayList<>();
        for (Tree tree : trees) {
            try (Stream<Path> left = Files.list(tree.root().resolve(name))) {
                left.filter(Files::isDirectory).forEach(groups::add);
            } catch (IOException e) {
                // There is none.
            }
        }
        return groups;
    }

    private static boolean remove(Path group) {
        try {
            Files.deleteIfExists(group);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void enable(Path group, Set<String> controllers) {
        controllers.forEach(controller -> attempt(group, "cgroup.subtree_control", "+" + controller));
    }

    private static void attempt(Path group, String file, String value) {
        try {
            write(group, file, value);
        } catch (IOException e) {
            // Not every kernel has it.
        }
    }

    private static void write(Path group, String file, String value) throws IOException {
        Files.write(
                group.resolve(file),
                value.getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                java.nio.file.StandardOpenOption.WRITE);
    }
}
