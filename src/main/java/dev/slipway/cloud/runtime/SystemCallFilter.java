package dev.slipway.cloud.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The seccomp filter of every instance, for a process that may not get new rights. It refuses what no web service needs and what has led out of
 * containers: mounts, namespaces, tracing, kernel modules and programs, keyrings (which no namespace keeps apart), io_uring, the clock, and sockets
 * to the host of a virtual machine. It is Docker's default in essence, written as what is refused, so that calls of newer kernels work.
 */
final class SystemCallFilter {
    private static final int[] REFUSED = {
        101, // ptrace
        103, // syslog
        134, // uselib
        136, // ustat
        139, // sysfs
        153, // vhangup
        155, // pivot_root
        156, // _sysctl
        159, // adjtimex
        163, // acct
        164, // settimeofday
        165, // mount
        166, // umount2
        167, // swapon
        168, // swapoff
        169, // reboot
        170, // sethostname
        171, // setdomainname
        172, // iopl
        173, // ioperm
        174, // create_module
        175, // init_module
        176, // delete_module
        177, // get_kernel_syms
        178, // query_module
        179, // quotactl
        180, // nfsservctl
        212, // lookup_dcookie
        227, // clock_settime
        237, // mbind
        238, // set_mempolicy
        239, // get_mempolicy
        246, // kexec_load
        248, // add_key
        249, // request_key
        250, // keyctl
        256, // migrate_pages
        272, // unshare
        279, // move_pages
        298, // perf_event_open
        300, // fanotify_init
        303, // name_to_handle_at
        304, // open_by_handle_at
        305, // clock_adjtime
        308, // setns
        310, // process_vm_readv
        311, // process_vm_writev
        312, // kcmp
        313, // finit_module
        320, // kexec_file_load
        321, // bpf
        323, // userfaultfd
        425, // io_uring_setup
        426, // io_uring_enter
        427, // io_uring_register
        428, // open_tree
        429, // move_mount
        430, // fsopen
        431, // fsconfig
        432, // fsmount
        433, // fspick
        438, // pidfd_getfd
        440, // process_madvise
        442, // mount_setattr
        443, // quotactl_fd
    };

    private static final int CLONE3 = 435;
    private static final int AF_VSOCK = 40;
    private static final int NEW_NAMESPACES = Linux.CLONE_NEWNS
            | Linux.CLONE_NEWCGROUP
            | Linux.CLONE_NEWUTS
            | Linux.CLONE_NEWIPC
            | Linux.CLONE_NEWUSER
            | Linux.CLONE_NEWPID
            | Linux.CLONE_NEWNET;

    private static final int X86_64 = 0xc000003e;
    private static final int X32_BIT = 0x40000000;
    private static final int NUMBER = 0;
    private static final int ARCHITECTURE = 4;
    private static final int FIRST_ARGUMENT = 16;

    private static final int LOAD = 0x20;
    private static final int IF_EQUAL = 0x15;
    private static final int IF_AT_LEAST = 0x35;
    private static final int IF_ANY_BIT = 0x45;
    private static final int RETURN = 0x06;
    private static final int ALLOW = 0x7fff0000;
    private static final int EPERM = 0x00050001;
    /** What libraries take for an old kernel, and then use another call. */
    private static final int ENOSYS = 0x00050026;

    private final List<long[]> instructions = new ArrayList<>();

    private SystemCallFilter() {}

    /** The filter as {@code struct sock_filter[]}. */
    static ByteBuffer instructions() {
        return new SystemCallFilter().write();
    }

    private ByteBuffer write() {
        load(ARCHITECTURE);
        unless(IF_EQUAL, X86_64, ENOSYS);
        load(NUMBER);
        when(IF_AT_LEAST, X32_BIT, ENOSYS);
        when(IF_EQUAL, CLONE3, ENOSYS);
        for (int call : REFUSED) {
            when(IF_EQUAL, call, EPERM);
        }
        onlyFor(Linux.CLONE, IF_ANY_BIT, NEW_NAMESPACES);
        onlyFor(Linux.SOCKET, IF_EQUAL, AF_VSOCK);
        add(RETURN, 0, 0, ALLOW);
        ByteBuffer all = ByteBuffer.allocate(8 * instructions.size()).order(ByteOrder.LITTLE_ENDIAN);
        for (long[] each : instructions) {
            all.putShort((short) each[0])
                    .put((byte) each[1])
                    .put((byte) each[2])
                    .putInt((int) each[3]);
        }
        return all.rewind();
    }

    private void load(int offset) {
        add(LOAD, 0, 0, offset);
    }

    private void when(int comparison, int value, int result) {
        add(comparison, 0, 1, value);
        add(RETURN, 0, 0, result);
    }

    private void unless(int comparison, int value, int result) {
        add(comparison, 1, 0, value);
        add(RETURN, 0, 0, result);
    }

    /** Refuses one call when its first argument is so; the number is lost afterwards, so that every way on must return. */
    private void onlyFor(int call, int comparison, int argument) {
        add(IF_EQUAL, 0, 4, call);
        load(FIRST_ARGUMENT);
        when(comparison, argument, EPERM);
        add(RETURN, 0, 0, ALLOW);
    }

    private void add(int code, int whenTrue, int whenFalse, int value) {
        instructions.add(new long[] {code, whenTrue, whenFalse, value});
    }
}
