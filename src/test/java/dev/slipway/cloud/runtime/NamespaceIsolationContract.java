package dev.slipway.cloud.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What hostile code can do inside an instance in namespaces, tried from inside. */
abstract class NamespaceIsolationContract extends ContainerRuntimeContract {
    abstract NamespaceRuntime open(Path dataDirectory, DiskUse disk) throws Exception;

    @Override
    final ContainerRuntime open(Path dataDirectory) throws Exception {
        return open(dataDirectory, DiskUse.APP_RUNNER);
    }

    /** Calls that succeed for root of a machine, so that a refusal means something. */
    static Probes privileged() {
        Probes probes = new Probes();
        long tmpfs = probes.text("tmpfs");
        ByteBuffer map = ByteBuffer.allocate(72).order(ByteOrder.LITTLE_ENDIAN);
        map.putInt(2).putInt(4).putInt(4).putInt(1); // an array of one
        return probes.call("mount", Linux.MOUNT, tmpfs, probes.text("/dev/shm"), tmpfs, 0, 0)
                .call("umount", Linux.UMOUNT2, probes.text("/dev/shm"), Linux.MNT_DETACH)
                .call("unshare", Linux.UNSHARE, Linux.CLONE_NEWNS)
                .call("keyctl", 250, 0, -3, 1)
                .call("add_key", 248, probes.text("user"), probes.text("k"), probes.text("v"), 1, -2)
                .call("bpf", 321, 0, probes.bytes(map.rewind()), 72)
                .call("io_uring_setup", 425, 1, probes.room(128))
                .call("userfaultfd", 323, 0x80000)
                .call("syslog", 103, 10, 0, 0)
                .call("fsopen", 430, tmpfs, 0)
                .call("kcmp", 312, 1, 1, 0, 0, 0)
                .call("set the host name", Linux.SETHOSTNAME, tmpfs, 5)
                .call("unshare users", Linux.UNSHARE, Linux.CLONE_NEWUSER)
                .call("ptrace", 101, 0, 0, 0, 0);
    }

    List<String> told(LaunchProgram program, String user) throws Exception {
        output.clear();
        Instance instance = startTiny(TinyProgram.image(program).as(user), "hostile");
        assertThat(end(instance.exit())).isEqualTo(Instance.ExitStatus.of(0));
        return List.copyOf(output);
    }

    @Test
    void refusesSystemCallsThatLeadOut() throws Exception {
        List<String> told = told(privileged().end(0), "");
        assertThat(told).hasSize(14).allMatch(line -> line.endsWith(" refused"));
    }

    @Test
    void doesNotReachThisMachinesFilesProcessesOrSettings() throws Exception {
        Path secret = Files.writeString(temporary.resolve("secret"), "host");
        Path doors = temporary.resolve("data/layers");
        Probes probes = new Probes();
        long up = probes.text("..");
        probes.read("/dev/null").write("/dev/null").read("/etc/hosts").read("/proc/self/status");
        // The classic way out of a chroot.
        probes.also(Linux.MKDIR, probes.text("/tmp-root"), 0700).also(161, probes.text("/tmp-root"));
        for (int i = 0; i < 12; i++) {
            probes.also(Linux.CHDIR, up);
        }
        probes.also(161, probes.text("."));
        probes.read(secret.toRealPath().toString()).read(doors.toRealPath().toString());
        probes.read("/dev/kmsg").read("/dev/mem").content("/proc/kcore").read("/dev/vda");
        probes.write("/proc/sysrq-trigger").write("/proc/sys/kernel/core_pattern");
        probes.write("/proc/sys/kernel/domainname").write("/sys/kernel/uevent_helper");
        probes.write("/sys/fs/cgroup/memory/memory.limit_in_bytes").write("/sys/fs/cgroup/unified/cgroup.procs");
        probes.write("/sys/fs/cgroup/memory.max").write("/sys/power/state");
        probes.call("mknod", Linux.MKNOD, probes.text("/disk"), 0x6000 | 0600, 0x0100);
        probes.call(
                "kill a process outside", Linux.KILL, ProcessHandle.current().pid(), 0);
        probes.call("reboot", 169, 0xfee1deadL, 0x28121969, 0x89abcdefL, 0);

        List<String> told = new ArrayList<>(told(probes.end(0), ""));

        assertThat(told).startsWith("read /dev/null allowed", "write /dev/null allowed", "read /etc/hosts allowed");
        assertThat(told.subList(4, told.size())).hasSize(17).allMatch(line -> line.endsWith(" refused"));
    }

    @Test
    void reachesNoNetworkButItsOwn() throws Exception {
        Instance other = start("other", Map.of());
        client.await(other, "/healthz");
        try (ServerSocket host = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Probes probes = new Probes()
                    .connect("this machine's loopback", host.getLocalPort(), 127, 0, 0, 1)
                    .connect("the other instance, as itself", 8080, 169, 254, 172, 2)
                    .connect("the metadata service", 80, 169, 254, 169, 254)
                    .connect("the internet", 53, 9, 9, 9, 9)
                    .call("a socket to the machine's host", Linux.SOCKET, 40, Linux.SOCK_STREAM, 0);
            assertThat(told(probes.end(0), "")).hasSize(5).allMatch(line -> line.endsWith(" refused"));
        }
    }

    @Test
    void orphansDoNotStayAsZombies() throws Exception {
        LaunchProgram program = new LaunchProgram();
        LaunchProgram.Label parent = new LaunchProgram.Label();
        LaunchProgram.Label orphan = new LaunchProgram.Label();
        long ready = program.text("ready\n");
        program.must("make a process", Linux.CLONE, Linux.SIGCHLD, 0, 0, 0, 0);
        program.childGoesTo(parent);
        program.attempt(Linux.WAIT4, -1, 0, 0, 0);
        program.attempt(Linux.WRITE, 1, ready, 6);
        program.attempt(Linux.PAUSE);
        program.place(parent);
        program.must("make a process", Linux.CLONE, Linux.SIGCHLD, 0, 0, 0, 0);
        program.childGoesTo(orphan);
        program.place(orphan);
        program.attempt(Linux.EXIT_GROUP, 0);

        NamespaceInstance instance = (NamespaceInstance) startTiny(program, "orphans");
        awaitOutput("ready");
        String first = parentOf(instance.pid());
        Path children = Path.of("/proc", first, "task", first, "children");
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!Files.readString(children).strip().equals(Long.toString(instance.pid())) && System.nanoTime() < end) {
            LockSupport.parkNanos(5_000_000);
        }
        assertThat(Files.readString(children).strip()).isEqualTo(Long.toString(instance.pid()));
    }

    @Test
    void noProcessInsideTellsWhereItIsOnThisMachine() throws Exception {
        Probes probes = new Probes().also(Linux.CLOSE_RANGE, 3, 100, 0);
        probes.also(Linux.OPEN, probes.text("/proc/1/cmdline"), 0).copy(3, 512);
        assertThat(told(probes.end(0), "")).singleElement().satisfies(line -> assertThat(line.replace("\0", ""))
                .isEqualTo("./launcher"));
    }

    @Test
    void asManyLayersAsAreAllowedCanBeRun() throws Exception {
        List<byte[]> tars = new ArrayList<>();
        for (int i = 1; i < LayerStore.MOST_LAYERS; i++) {
            tars.add(new TestLayer().file("layer" + i, "").bytes());
        }
        Probes probes = new Probes().read("/layer1").read("/layer" + (LayerStore.MOST_LAYERS - 1));
        tars.add(new TestLayer()
                .entry("app", '0', 0755, TinyProgram.elf(probes.end(0)), "")
                .bytes());
        assertThat(end(startTiny(TestLayer.image(tars), "layers").exit()).code())
                .isZero();
        assertThat(output).hasSize(2).allMatch(line -> line.endsWith(" allowed"));
    }

    private static String parentOf(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("PPid:"))
                .map(line -> line.substring(5).strip())
                .findFirst()
                .orElseThrow();
    }
}
