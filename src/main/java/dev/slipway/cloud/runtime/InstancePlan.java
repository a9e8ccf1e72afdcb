package dev.slipway.cloud.runtime;

import java.nio.file.Path;
import java.util.List;

/**
 * Everything decided about one instance before its first process is made.
 *
 * @param hostname what the instance calls itself
 * @param directory its own: {@code upper} and {@code work} of the overlay, and {@code root}, on which its file system is mounted
 * @param layers where the unpacked layers are
 * @param lowers names in {@code layers}, topmost first; empty when {@code root} already holds a full copy, because overlay does not work here
 * @param door path of the unix socket at which connections to the application are handed out
 * @param port the application's
 * @param surrounded whether connections that the instance makes to elsewhere come to this process
 * @param ownUsers make a user namespace, in which this process's user is root and no other user exists
 * @param mayWrite what it may have on disk besides its image
 * @param cgroups the control groups it joins
 */
record InstancePlan(
        String hostname,
        Path directory,
        Path layers,
        List<String> lowers,
        Path door,
        int port,
        boolean surrounded,
        boolean ownUsers,
        int hostUid,
        int hostGid,
        DiskUse mayWrite,
        List<Cgroup> cgroups,
        Command command) {
    InstancePlan {
        lowers = List.copyOf(lowers);
        cgroups = List.copyOf(cgroups);
    }

    /** Where what the instance writes ends up. */
    Path writable() {
        return directory.resolve(lowers.isEmpty() ? "root" : "upper");
    }

    List<Path> cgroupMembers() {
        return cgroups.stream()
                .filter(Cgroup::joined)
                .map(group -> group.directory().resolve("cgroup.procs"))
                .toList();
    }

    /**
     * One control group of the instance.
     *
     * @param controller name under {@code /sys/fs/cgroup} inside; empty for the one tree of version 2
     * @param joined false when it is only shown, as the place of this process itself
     */
    record Cgroup(String controller, Path directory, boolean joined) {}

    /**
     * What is executed.
     *
     * @param path absolute, inside the image
     * @param arguments with the command's own name first
     */
    record Command(
            String path, List<String> arguments, List<String> environment, String workingDirectory, ImageUser user) {
        Command {
            arguments = List.copyOf(arguments);
            environment = List.copyOf(environment);
        }
    }
}
