package dev.slipway.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a local cloud of one home could leave behind on this machine. */
record Leaks(Set<String> processes, Set<String> mounts, Set<String> links, Set<String> namespaces) {

    /** Everything that names the home, and every network link and named network namespace of the machine. */
    static Leaks of(Path home) {
        String name = home.toString();
        return new Leaks(
                ProcessHandle.allProcesses()
                        .filter(process -> commandLine(process.pid()).contains(name))
                        .map(process -> process.pid() + " " + commandLine(process.pid()))
                        .collect(Collectors.toCollection(TreeSet::new)),
                lines(Path.of("/proc/self/mounts")).stream()
                        .filter(line -> line.contains(name))
                        .collect(Collectors.toCollection(TreeSet::new)),
                names(Path.of("/sys/class/net")),
                names(Path.of("/run/netns")));
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline")).replace('\0', ' ');
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
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
