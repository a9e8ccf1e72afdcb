package dev.slipway.cloud.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a tree of plain files, because no machine has both versions. */
final class CgroupsTest {
    private static final InstanceSpec SPEC = new InstanceSpec("a", List.of(), Map.of(), 8080, 256, 512, line -> {});

    private Path mounted;

    @BeforeEach
    void makeTree(@TempDir Path temporary) {
        mounted = temporary;
    }

    private void file(String name, String content) throws IOException {
        Path file = mounted.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    @Test
    void versionTwoHasOneTreeWithWhatItsGroupGot() throws Exception {
        file("cgroup.controllers", "cpuset cpu io memory hugetlb pids rdma\n");
        file("cgroup.subtree_control", "");
        file("slipway-x/cgroup.subtree_control", "cpu memory pids\n");
        CgroupTree tree = new CgroupTree("", mounted, Set.of("cpu", "memory", "pids"));
        assertThat(CgroupTree.ofMachine(mounted, "slipway-x")).containsExactly(tree);
        assertThat(Cgroups.settings(tree, SPEC))
                .containsExactly(
                        new Cgroups.Setting("memory.max", "536870912", true),
                        new Cgroups.Setting("memory.swap.max", "0", false),
                        new Cgroups.Setting("memory.oom.group", "1", false),
                        new Cgroups.Setting("cpu.max", "25000 100000", true),
                        new Cgroups.Setting("pids.max", "4096", true));
    }

    @Test
    void versionTwoWithoutControllersStillFreezes() throws Exception {
        file("cgroup.controllers", "");
        file("slipway-x/cgroup.subtree_control", "");
        assertThat(CgroupTree.ofMachine(mounted, "slipway-x")).containsExactly(new CgroupTree("", mounted, Set.of()));
    }

    @Test
    void versionOneHasATreePerControllerAndFreezesByTheOtherVersion() throws Exception {
        for (String controller : List.of("memory", "cpu", "unified")) {
            file(controller + "/cgroup.procs", "");
        }
        file("unified/slipway-x/" + CgroupTree.FREEZE, "0");
        List<CgroupTree> trees = CgroupTree.ofMachine(mounted, "slipway-x");
        assertThat(trees).extracting(CgroupTree::controller).containsExactly("memory", "cpu", "unified");
        assertThat(trees.stream().flatMap(tree -> Cgroups.settings(tree, SPEC).stream()))
                .extracting(Cgroups.Setting::file)
                .containsExactly(
                        "memory.limit_in_bytes",
                        "memory.memsw.limit_in_bytes",
                        "memory.oom.group",
                        "cpu.cfs_period_us",
                        "cpu.cfs_quota_us");
    }

    @Test
    void versionOnesFreezerIsNotUsed() throws Exception {
        file("freezer/cgroup.procs", "");
        file("unified/cgroup.procs", "");
        assertThat(CgroupTree.ofMachine(mounted, "slipway-x")).isEmpty();
    }

    @Test
    void anOrdinaryUserGetsTheHighestGroupThatSystemdGaveIt() throws Exception {
        String user = "user.slice/user-1000.slice/user@1000.service";
        file("cgroup.controllers", "cpu memory pids\n");
        file(user + "/cgroup.procs", "");
        file(user + "/cgroup.controllers", "memory pids\n");
        file(user + "/slipway-x/cgroup.subtree_control", "memory pids\n");
        file(user + "/app.slice/shell.scope/cgroup.procs", "");
        Path own = Files.writeString(mounted.resolve("own"), "0::/" + user + "/app.slice/shell.scope\n");
        assertThat(CgroupTree.delegated(mounted, own, "slipway-x"))
                .containsExactly(new CgroupTree("", mounted.resolve(user), Set.of("memory", "pids")));
    }

    @Test
    void anOrdinaryUserInASessionGetsNone() throws Exception {
        file("cgroup.controllers", "cpu memory pids\n");
        Path own = Files.writeString(mounted.resolve("own"), "0::/user.slice/user-1000.slice/session-3.scope\n");
        assertThat(CgroupTree.delegated(mounted, own, "slipway-x")).isEmpty();
        assertThat(CgroupTree.delegated(mounted, mounted.resolve("none"), "slipway-x"))
                .isEmpty();
    }

    @Test
    void bothVersionsTellOfAKillForMemory() throws Exception {
        file("two/memory.events", "low 0\nhigh 0\nmax 9\noom 1\noom_kill 1\noom_group_kill 1\n");
        file("one/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 2\n");
        file("fine/memory.events", "low 0\nhigh 0\nmax 9\noom 0\noom_kill 0\n");
        assertThat(Cgroups.outOfMemory(List.of(group("two")))).isTrue();
        assertThat(Cgroups.outOfMemory(List.of(group("one")))).isTrue();
        assertThat(Cgroups.outOfMemory(List.of(group("fine"), group("none")))).isFalse();
    }

    private InstancePlan.Cgroup group(String name) {
        return new InstancePlan.Cgroup("", mounted.resolve(name), true);
    }
}
