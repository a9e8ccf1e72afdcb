package dev.slipway.cloud.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The part of an instance's program that makes its file system and leaves this machine's behind. */
final class MountSteps {
    /** Files and directories of the topmost layer that the mounts below need as their places; {@link Skeleton} makes them. */
    static final List<String> DEVICES = List.of("null", "zero", "full", "random", "urandom", "tty");

    private static final int SAFE = Linux.MS_NOSUID | Linux.MS_NODEV | Linux.MS_NOEXEC;
    private static final int READ_ONLY_FLAGS = Linux.MS_BIND | Linux.MS_REMOUNT | Linux.MS_RDONLY | SAFE;
    private static final List<String> READ_ONLY = List.of("bus", "fs", "irq", "sys", "sysrq-trigger");
    private static final List<String> HIDDEN =
            List.of("kcore", "keys", "key-users", "timer_list", "sched_debug", "latency_stats", "kmsg", "kallsyms");

    private final LaunchProgram program;
    private final InstancePlan plan;

    MountSteps(LaunchProgram program, InstancePlan plan) {
        this.program = program;
        this.plan = plan;
    }

    void write() {
        mount("keep mounts to the instance", "none", "/", "", Linux.MS_REC | Linux.MS_PRIVATE, "");
        root();
        program.must("enter the instance's root", Linux.CHDIR, program.text(root(plan)));
        mount("mount /proc", "proc", "proc", "proc", SAFE, "");
        devices();
        if (plan.ownUsers()) {
            // Refused where something is mounted over parts of this machine's /sys; few applications look at it.
            long type = program.text("sysfs");
            program.attempt(Linux.MOUNT, type, program.text("sys"), type, SAFE | Linux.MS_RDONLY, 0);
        } else {
            mount("mount /sys", "sysfs", "sys", "sysfs", SAFE | Linux.MS_RDONLY, "");
        }
        cgroups();
        protectProc();
        long here = program.text(".");
        program.must("change the root", Linux.PIVOT_ROOT, here, here);
        program.must("leave the old root", Linux.UMOUNT2, here, Linux.MNT_DETACH);
        program.must("enter the new root", Linux.CHDIR, program.text("/"));
    }

    private void root() {
        if (plan.lowers().isEmpty()) {
            bind("use the copied files as root", root(plan), root(plan));
            return;
        }
        // Short relative names, because all options together may be one page long.
        program.must(
                "enter " + plan.layers(),
                Linux.CHDIR,
                program.text(plan.layers().toString()));
        String own = "../run/" + plan.directory().getFileName();
        String options = "lowerdir=" + String.join(":", plan.lowers()) + ",upperdir=" + own + "/upper,workdir=" + own
                + "/work,userxattr";
        mount("mount the image's layers (overlay)", "overlay", root(plan), "overlay", Linux.MS_NODEV, options);
    }

    private void devices() {
        for (String device : DEVICES) {
            bind("bind /dev/" + device, "/dev/" + device, "dev/" + device);
        }
        mount("mount /dev/shm", "tmpfs", "dev/shm", "tmpfs", SAFE, "mode=1777,size=64m");
        String options = "newinstance,ptmxmode=0666,mode=0620";
        program.attempt(
                Linux.MOUNT,
                program.text("devpts"),
                program.text("dev/pts"),
                program.text("devpts"),
                Linux.MS_NOSUID | Linux.MS_NOEXEC,
                program.text(options));
    }

    /** Lets runtimes that look for their limits (the JVM) find them at the usual place; with own users there may be no {@code /sys}. */
    private void cgroups() {
        if (plan.ownUsers()) {
            for (InstancePlan.Cgroup group : plan.cgroups()) {
                long place = program.text("sys/fs/cgroup");
                program.attempt(Linux.MOUNT, program.text(group.directory().toString()), place, 0, Linux.MS_BIND, 0);
                program.attempt(Linux.MOUNT, 0, place, 0, READ_ONLY_FLAGS, 0);
            }
            return;
        }
        boolean separateTrees =
                plan.cgroups().stream().anyMatch(group -> !group.controller().isEmpty());
        if (separateTrees) {
            mount("mount /sys/fs/cgroup", "tmpfs", "sys/fs/cgroup", "tmpfs", SAFE, "mode=755,size=64k");
        }
        for (InstancePlan.Cgroup group : plan.cgroups()) {
            String place = group.controller().isEmpty() ? "sys/fs/cgroup" : "sys/fs/cgroup/" + group.controller();
            if (separateTrees) {
                program.must("make " + place, Linux.MKDIR, program.text(place), 0755);
            }
            bind("show the limits", group.directory().toString(), place);
            readOnly(place);
        }
        if (separateTrees) {
            readOnly("sys/fs/cgroup");
        }
    }

    /** Root inside is this machine's root as far as these files know, so they must not be writable or readable. */
    private void protectProc() {
        for (String name : READ_ONLY) {
            if (Files.exists(Path.of("/proc", name))) {
                bind("protect /proc/" + name, "proc/" + name, "proc/" + name);
                readOnly("proc/" + name);
            }
        }
        for (String name : HIDDEN) {
            if (Files.exists(Path.of("/proc", name))) {
                bind("hide /proc/" + name, "/dev/null", "proc/" + name);
            }
        }
        if (!plan.ownUsers() && Files.isDirectory(Path.of("/sys/firmware"))) {
            mount("hide /sys/firmware", "tmpfs", "sys/firmware", "tmpfs", SAFE | Linux.MS_RDONLY, "");
        }
    }

    private void bind(String purpose, String from, String to) {
        mount(purpose, from, to, "", Linux.MS_BIND, "");
    }

    private void readOnly(String place) {
        mount("make " + place + " read-only", "none", place, "", READ_ONLY_FLAGS, "");
    }

    private void mount(String purpose, String from, String to, String type, long flags, String options) {
        program.must(
                purpose,
                Linux.MOUNT,
                program.text(from),
                program.text(to),
                program.text(type),
                flags,
                options.isEmpty() ? 0 : program.text(options));
    }

    private static String root(InstancePlan plan) {
        return plan.directory().resolve("root").toString();
    }
}
