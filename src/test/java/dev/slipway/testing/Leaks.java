package dev.slipway.testing;

import dev.slipway.oci.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a local cloud of one home could leave behind on this machine. A namespace is held by a process or a mount and so is not listed.
 *
 * @param links network links of the machine
 * @param namespaces named network namespaces of the machine
 * @param groups control groups of the home's instances
 * @param sockets through which instances are reached, and what instances wrote
 */
public record Leaks(
        Set<String> processes,
        Set<String> mounts,
        Set<String> links,
        Set<String> namespaces,
        Set<String> groups,
        Set<String> sockets) {

    /** Everything that belongs to the home, and every network link and named network namespace of the machine. */
    public static Leaks of(Path home) {
        String name = home.toString();
        Set<String> ids = ids(home);
        return new Leaks(
                ProcessHandle.allProcesses()
                        .filter(process ->
                                process.pid() != ProcessHandle.current().pid())
                        .filter(process -> commandLine(process.pid()).contains(name))
                        .map(process -> process.pid() + " " + commandLine(process.pid()))
                        .collect(Collectors.toCollection(TreeSet::new)),
                lines(Path.of("/proc/self/mounts")).stream()
                        .filter(line -> line.contains(name))
                        .collect(Collectors.toCollection(TreeSet::new)),
                names(Path.of("/sys/class/net")),
                names(Path.of("/run/netns")),
                below(Path.of("/sys/fs/cgroup"), 2, ids),
                below(Path.of(System.getProperty("java.io.tmpdir")), 1, ids));
    }

    /** What the runtime marks the things of its data directories with. */
    private static Set<String> ids(Path home) {
        return find(home, 3, path -> path.endsWith("containers")).stream()
                .map(containers -> "slipway-"
                        + Digest.of(containers.getBytes(StandardCharsets.UTF_8))
                                .hex()
                                .substring(0, 8))
                .collect(Collectors.toSet());
    }

    private static Set<String> below(Path directory, int depth, Set<String> prefixes) {
        return find(directory, depth, path -> prefixes.stream()
                .anyMatch(prefix -> path.getFileName().toString().startsWith(prefix)));
    }

    private static Set<String> find(Path directory, int depth, Predicate<Path> wanted) {
        Set<String> found = new TreeSet<>();
        if (depth > 0 && Files.isDirectory(directory)) {
            for (String name : names(directory)) {
                Path path = directory.resolve(name);
                if (wanted.test(path)) {
                    found.add(path.toString());
                } else if (!Files.isSymbolicLink(path)) {
                    found.addAll(find(path, depth - 1, wanted));
                }
            }
        }
        return found;
    }

    /** What it executes, and what it was called by. */
    private static String commandLine(long pid) {
        try {
            Path process = Path.of("/proc/" + pid);
            return Files.readSymbolicLink(process.resolve("exe")) + " "
                    + Files.readString(process.resolve("cmdline")).replace('\0', ' ');
        } catch (IOException | UncheckedIOException gone) {
            return "";
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> names(Path directory) {
        if (!Files.isDirectory(directory)) {
            return Set.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException | UncheckedIOException goneOrClosed) {
            return Set.of();
        }
    }
}
