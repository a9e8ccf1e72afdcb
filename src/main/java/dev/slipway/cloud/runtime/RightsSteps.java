package dev.slipway.cloud.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;

/** The part of an instance's program that gives up rights: capabilities, users, system calls, and what one process may take. */
final class RightsSteps {
    private static final int LAST_CAPABILITY = 40;

    /**
     * What root may do inside: chown, dac_override, fowner, fsetid, kill, setgid, setuid, setpcap, net_bind_service, net_raw, sys_chroot,
     * audit_write, setfcap. Docker's default without mknod, since devices are not fenced otherwise here.
     */
    private static final Set<Integer> KEPT_CAPABILITIES = Set.of(0, 1, 3, 4, 5, 6, 7, 8, 10, 13, 18, 29, 31);

    /** As Fargate's, on which App Runner stands. */
    private static final long MOST_OPEN_FILES = 65_535;

    private final LaunchProgram program;
    private final InstancePlan plan;

    RightsSteps(LaunchProgram program, InstancePlan plan) {
        this.program = program;
        this.plan = plan;
    }

    void write() {
        limits();
        for (int capability = 0; capability <= LAST_CAPABILITY; capability++) {
            if (!KEPT_CAPABILITIES.contains(capability)) {
                program.attempt(Linux.PRCTL, Linux.PR_CAPBSET_DROP, capability, 0, 0, 0);
            }
        }
        program.must("forbid new privileges", Linux.PRCTL, Linux.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
        if (!plan.ownUsers()) {
            become(plan.command().user());
        }
    }

    /** The last of all rights: nothing of it is needed to execute the command. */
    void filterSystemCalls() {
        ByteBuffer filter = SystemCallFilter.instructions();
        ByteBuffer described = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        described.putLong(0, filter.remaining() / 8).putLong(8, program.bytes(filter));
        program.must(
                "limit the system calls (seccomp)",
                Linux.PRCTL,
                Linux.PR_SET_SECCOMP,
                Linux.SECCOMP_MODE_FILTER,
                program.bytes(described),
                0,
                0);
    }

    /** An inherited limit that is lower stays. */
    private void limits() {
        limit(Linux.RLIMIT_NOFILE, MOST_OPEN_FILES);
        limit(Linux.RLIMIT_FSIZE, plan.mayWrite().bytes());
        limit(Linux.RLIMIT_CORE, 0);
        if (plan.ownUsers()) {
            // Counts in the user namespace only; the kernel exempts this machine's root, who has control groups
            // instead.
            limit(Linux.RLIMIT_NPROC, Cgroups.MOST_PROCESSES);
        }
    }

    private void limit(int resource, long value) {
        ByteBuffer pair = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        program.attempt(
                Linux.SETRLIMIT,
                resource,
                program.bytes(pair.putLong(value).putLong(value).rewind()));
    }

    private void become(ImageUser user) {
        List<Integer> groups = user.groups();
        ByteBuffer list = ByteBuffer.allocate(4 * groups.size() + 4).order(ByteOrder.LITTLE_ENDIAN);
        groups.forEach(list::putInt);
        program.must("set groups", Linux.SETGROUPS, groups.size(), program.bytes(list.rewind()));
        program.must("become group " + user.gid(), Linux.SETRESGID, user.gid(), user.gid(), user.gid());
        program.must("become user " + user.uid(), Linux.SETRESUID, user.uid(), user.uid(), user.uid());
    }
}
