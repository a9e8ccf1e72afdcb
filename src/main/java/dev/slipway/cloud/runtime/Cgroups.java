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
 * has the controllers and can be written. All groups of one data directory are in one group, {@code slipway-ID}.
 */
final class Cgroups {
    private static final Path TREES = Path.of("/sys/fs/cgroup");
    private static final int PERIOD_MICROS = 100_000;
    static final int MOST_PROCESSES = 4096;

    private final String name;
    private final List<CgroupTree> trees;

    private Cgroups(String name, List<CgroupTree> trees) {
        this.name = name;
        this.trees = trees;
    }

    /** The trees in which root can make groups. */
    static Cgroups ofMachine(String id) {
        String name = "slipway-" + id;
        return new Cgroups(name, CgroupTree.ofMachine(TREES, name));
    }

    /** The part of version 2's tree that systemd has given to an ordinary user; often there is none, for example in a session of ssh. */
    static Cgroups delegated(String id) {
        String name = "slipway-" + id;
        return new Cgroups(name, CgroupTree.delegated(TREES, Path.of("/proc/self/cgroup"), name));
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
        for (CgroupTree tree : trees) {
            Path group = tree.root().resolve(name).resolve(spec.id());
            Files.createDirectory(group);
            made.add(new InstancePlan.Cgroup(tree.controller(), group, true));
            for (Setting setting : settings(tree, spec)) {
                apply(group, setting);
            }
        }
        if (!made.isEmpty() && version().equals("v1")) {
            made.addAll(shown(made));
        }
        return made;
    }

    /**
     * Lets the next joining of a group be fast. The first one after a pause waits ten milliseconds and more, until every processor has noticed that
     * groups change; that wait is spent here, while the instance is prepared, by moving this process to where it is. Blocks.
     */
    void expectAMember() {
        try {
            if (!trees.isEmpty()) {
                CgroupTree tree = trees.get(trees.size() - 1);
                Path members = own(tree.root(), tree.membership()).resolve("cgroup.procs");
                String self = Long.toString(ProcessHandle.current().pid());
                if (Files.readAllLines(members).contains(self)) {
                    CgroupTree.write(members, "0");
                }
            }
        } catch (IOException e) {
            // Then the wait is in the start of the instance.
        }
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

    /**
     * A control file and what is written to it.
     *
     * @param needed false for what not every kernel has
     */
    record Setting(String file, String value, boolean needed) {}

    static List<Setting> settings(CgroupTree tree, InstanceSpec spec) {
        String memory = Long.toString(spec.memoryMegabytes() * 1_048_576L);
        long quota = Math.max(1000L, (long) PERIOD_MICROS * spec.cpuUnits() / 1024);
        boolean one = tree.controller().isEmpty();
        List<Setting> settings = new ArrayList<>();
        if (tree.controllers().contains("memory")) {
            settings.add(new Setting(one ? "memory.max" : "memory.limit_in_bytes", memory, true));
            settings.add(
                    one
                            ? new Setting("memory.swap.max", "0", false)
                            : new Setting("memory.memsw.limit_in_bytes", memory, false));
            settings.add(new Setting("memory.oom.group", "1", false));
        }
        if (tree.controllers().contains("cpu")) {
            if (one) {
                settings.add(new Setting("cpu.max", quota + " " + PERIOD_MICROS, true));
            } else {
                settings.add(new Setting("cpu.cfs_period_us", Integer.toString(PERIOD_MICROS), true));
                settings.add(new Setting("cpu.cfs_quota_us", Long.toString(quota), true));
            }
        }
        if (tree.controllers().contains("pids")) {
            settings.add(new Setting("pids.max", Integer.toString(MOST_PROCESSES), true));
        }
        return settings;
    }

    private static void apply(Path group, Setting setting) throws IOException {
        try {
            CgroupTree.write(group.resolve(setting.file()), setting.value());
        } catch (IOException e) {
            if (setting.needed()) {
                throw e;
            }
        }
    }

    /** The file that freezes these groups; empty where the kernel has none. */
    static Optional<Path> freezer(List<InstancePlan.Cgroup> groups) {
        return groups.stream()
                .map(group -> group.directory().resolve(CgroupTree.FREEZE))
                .filter(Files::exists)
                .findFirst();
    }

    /** Ends every process of these groups at once; false where the kernel can't. */
    static boolean kill(List<InstancePlan.Cgroup> groups) {
        for (InstancePlan.Cgroup group : groups) {
            Path file = group.directory().resolve("cgroup.kill");
            if (Files.exists(file)) {
                try {
                    CgroupTree.write(file, "1");
                    return true;
                } catch (IOException e) {
                    return false;
                }
            }
        }
        return false;
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
        for (CgroupTree tree : trees) {
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
}
