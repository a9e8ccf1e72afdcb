package dev.slipway.cloud.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A tree of control groups in which this process can make some.
 *
 * @param controller empty for version 2, which has all in one
 * @param root in which the groups are made
 * @param controllers those that limit: some of memory, cpu, pids; none in a tree of version 2 that is there for freezing only
 */
record CgroupTree(String controller, Path root, Set<String> controllers) {
    static final String FREEZE = "cgroup.freeze";

    private static final String UNIFIED = "unified";
    private static final List<String> LIMITING = List.of("memory", "cpu", "pids");

    CgroupTree {
        controllers = Set.copyOf(controllers);
    }

    /**
     * The one tree of version 2, or those of version 1. Freezing is always done by a tree of version 2, which most machines with version 1 have
     * beside the others: a process that version 1 froze can't even be killed.
     */
    static List<CgroupTree> ofMachine(Path mounted, String name) {
        if (Files.exists(mounted.resolve("cgroup.controllers"))) {
            return one(mounted, name);
        }
        List<CgroupTree> trees = new ArrayList<>();
        for (String controller : LIMITING) {
            if (makes(mounted.resolve(controller), name)) {
                trees.add(new CgroupTree(controller, mounted.resolve(controller), Set.of(controller)));
            }
        }
        Path unified = mounted.resolve(UNIFIED);
        if (makes(unified, name) && Files.exists(unified.resolve(name).resolve(FREEZE))) {
            trees.add(new CgroupTree(UNIFIED, unified, Set.of()));
        }
        return trees;
    }

    /** The part of version 2's tree around this process that belongs to its user, from the highest such group on. */
    static List<CgroupTree> delegated(Path mounted, Path ownCgroup, String name) {
        try {
            for (String line : Files.readAllLines(ownCgroup)) {
                if (line.startsWith("0::/") && Files.exists(mounted.resolve("cgroup.controllers"))) {
                    return below(mounted, Path.of(line.substring("0::/".length())), name);
                }
            }
        } catch (IOException e) {
            // Without /proc there is nothing to find out.
        }
        return List.of();
    }

    private static List<CgroupTree> below(Path mounted, Path own, String name) {
        Path group = mounted;
        for (Path part : own) {
            group = group.resolve(part);
            if (Files.isWritable(group) && Files.isWritable(group.resolve("cgroup.procs"))) {
                return one(group, name);
            }
        }
        return List.of();
    }

    private static List<CgroupTree> one(Path root, String name) {
        try {
            Set<String> wanted = words(root.resolve("cgroup.controllers"));
            wanted.retainAll(LIMITING);
            Path group = Files.createDirectories(root.resolve(name));
            for (String controller : wanted) {
                enable(root.resolve("cgroup.subtree_control"), controller);
                enable(group.resolve("cgroup.subtree_control"), controller);
            }
            wanted.retainAll(words(group.resolve("cgroup.subtree_control")));
            return List.of(new CgroupTree("", root, wanted));
        } catch (IOException e) {
            // Not ours to write: nothing is limited, and the description says so.
            return List.of();
        }
    }

    private static boolean makes(Path tree, String name) {
        try {
            if (!Files.exists(tree.resolve("cgroup.procs"))) {
                return false;
            }
            Files.createDirectories(tree.resolve(name));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static Set<String> words(Path file) throws IOException {
        return new TreeSet<>(List.of(Files.readString(file).strip().split("\\s+")));
    }

    private static void enable(Path file, String controller) {
        try {
            if (!words(file).contains(controller)) {
                write(file, "+" + controller);
            }
        } catch (IOException e) {
            // What is not there is seen afterwards.
        }
    }

    /** What {@code /proc/PID/cgroup} calls this tree: nothing for version 2, wherever it is mounted. */
    String membership() {
        return controller.equals(UNIFIED) ? "" : controller;
    }

    /** To a file that the kernel made. */
    static void write(Path file, String value) throws IOException {
        Files.write(file, value.getBytes(StandardCharsets.US_ASCII), StandardOpenOption.WRITE);
    }
}
