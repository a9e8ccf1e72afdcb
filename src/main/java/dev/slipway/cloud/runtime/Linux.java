package dev.slipway.cloud.runtime;

/** Numbers of Linux on x86-64: system calls and their flags. */
final class Linux {
    static final int READ = 0;
    static final int WRITE = 1;
    static final int OPEN = 2;
    static final int CLOSE = 3;
    static final int RT_SIGACTION = 13;
    static final int IOCTL = 16;
    static final int SOCKET = 41;
    static final int CONNECT = 42;
    static final int SENDTO = 44;
    static final int SENDMSG = 46;
    static final int BIND = 49;
    static final int LISTEN = 50;
    static final int SETSOCKOPT = 54;
    static final int PAUSE = 34;
    static final int CLONE = 56;
    static final int EXECVE = 59;
    static final int WAIT4 = 61;
    static final int KILL = 62;
    static final int FCNTL = 72;
    static final int CHDIR = 80;
    static final int MKDIR = 83;
    static final int UMASK = 95;
    static final int SETRLIMIT = 160;
    static final int SETSID = 112;
    static final int SETGROUPS = 116;
    static final int SETRESUID = 117;
    static final int SETRESGID = 119;
    static final int MKNOD = 133;
    static final int PIVOT_ROOT = 155;
    static final int PRCTL = 157;
    static final int MOUNT = 165;
    static final int UMOUNT2 = 166;
    static final int SETHOSTNAME = 170;
    static final int EXIT_GROUP = 231;
    static final int UNSHARE = 272;
    static final int ACCEPT4 = 288;
    static final int DUP3 = 292;
    static final int PIPE2 = 293;
    static final int SETNS = 308;
    static final int CLOSE_RANGE = 436;

    static final int O_WRONLY = 1;
    static final int O_RDWR = 2;
    static final int O_NONBLOCK = 0x800;
    static final int O_CLOEXEC = 0x80000;

    static final int SIGCHLD = 17;
    static final int SIGKILL = 9;
    static final int SIGCONT = 18;
    static final int SIGSTOP = 19;
    static final int SIGXFSZ = 25;

    static final int CLONE_NEWNS = 0x20000;
    static final int CLONE_NEWCGROUP = 0x2000000;
    static final int CLONE_NEWUTS = 0x4000000;
    static final int CLONE_NEWIPC = 0x8000000;
    static final int CLONE_NEWUSER = 0x10000000;
    static final int CLONE_NEWPID = 0x20000000;
    static final int CLONE_NEWNET = 0x40000000;

    static final int MS_RDONLY = 1;
    static final int MS_NOSUID = 2;
    static final int MS_NODEV = 4;
    static final int MS_NOEXEC = 8;
    static final int MS_REMOUNT = 32;
    static final int MS_BIND = 4096;
    static final int MS_REC = 16384;
    static final int MS_PRIVATE = 1 << 18;
    static final int MNT_DETACH = 2;

    static final int PR_SET_PDEATHSIG = 1;
    static final int PR_SET_SECCOMP = 22;
    static final int PR_CAPBSET_DROP = 24;
    static final int PR_SET_NO_NEW_PRIVS = 38;

    static final int SECCOMP_MODE_FILTER = 2;

    static final int RLIMIT_FSIZE = 1;
    static final int RLIMIT_CORE = 4;
    static final int RLIMIT_NPROC = 6;
    static final int RLIMIT_NOFILE = 7;

    static final int AF_UNIX = 1;
    static final int AF_INET = 2;
    static final int AF_NETLINK = 16;
    static final int SOCK_STREAM = 1;
    static final int SOCK_DGRAM = 2;
    static final int SOCK_RAW = 3;
    static final int SOL_IP = 0;
    static final int SOL_SOCKET = 1;
    static final int IP_TRANSPARENT = 19;
    static final int NETLINK_ROUTE = 0;
    static final int NETLINK_NETFILTER = 12;
    static final int SO_SNDTIMEO = 21;
    static final int SCM_RIGHTS = 1;
    static final int F_SETFL = 4;

    static final int SIOCSIFFLAGS = 0x8914;
    static final int SIOCSIFADDR = 0x8916;
    static final int SIOCSIFNETMASK = 0x891c;

    static final int S_IFCHR = 0x2000;

    private Linux() {}
}
