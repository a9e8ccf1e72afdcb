package dev.slipway.cloud.runtime;

import dev.slipway.cloud.runtime.RuntimeFailure.Kind;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Digest;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.Platform;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs images in Linux namespaces, with nothing installed: as root, or as a user who may make user namespaces. */
final class NamespaceRuntime implements ContainerRuntime {
    private static final Duration LAST_GRACE = Duration.ofSeconds(5);

    private final DataDirectory data;
    private final boolean ownUsers;
    private final boolean overlay;
    private final boolean steers;
    private final DiskUse disk;
    private final DiskWatch diskWatch;
    private final Cgroups cgroups;
    private final Launcher launcher;
    private final LayerStore layers;
    private final Map<String, NamespaceInstance> running = new ConcurrentHashMap<>();
    private final Map<String, List<String>> layersInUse = new ConcurrentHashMap<>();
    private final ExecutorService preparation = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "slipway-runtime-preparation");
        thread.setDaemon(true);
        return thread;
    });
    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1, task -> {
        Thread thread = new Thread(task, "slipway-runtime-timer");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param ownUsers each instance in a user namespace; needed when this process is not root
     * @param overlay lay layers over one another; otherwise copy them for each instance
     * @param disk what an image and an instance of it may have together
     */
    NamespaceRuntime(DataDirectory data, boolean ownUsers, boolean overlay, DiskUse disk) throws IOException {
        this.data = data;
        this.ownUsers = ownUsers;
        this.overlay = overlay;
        this.disk = disk;
        this.cgroups = ownUsers ? Cgroups.delegated(data.id()) : Cgroups.ofMachine(data.id());
        cgroups.sweep();
        this.launcher = new Launcher(data.path());
        this.steers = steers();
        this.layers = new LayerStore(data.layers(), disk, !ownUsers, new LaunchedWhiteouts(launcher, overlay));
        Skeleton.make(data.layers());
        this.diskWatch = new DiskWatch(data.path(), running::values);
    }

    @Override
    public String description() {
        Set<String> enforced = cgroups.controllers();
        List<String> missing = new ArrayList<>();
        Map.of("memory", "memory limit", "cpu", "processor limit", "pids", "process limit")
                .forEach((name, what) -> {
                    if (!enforced.contains(name)) {
                        missing.add(what);
                    }
                });
        if (ownUsers && data.uid() != 0) {
            // RightsSteps limits it.
            missing.remove("process limit");
        }
        missing.sort(null);
        if (ownUsers) {
            missing.add("the image's USER (it is root of its namespace)");
        }
        return "namespaces, " + (ownUsers ? "as an ordinary user" : "as root")
                + (enforced.isEmpty()
                        ? ""
                        : "; " + String.join(", ", enforced) + " limited by cgroups " + cgroups.version())
                + (overlay ? "" : "; no overlay here, so every instance is a full copy of its image")
                + "; disks of 3 GB watched"
                + (steers
                        ? ""
                        : "; instances reach only the local cloud's API, because the kernel lacks nf_tables with tproxy"
                                + " (modprobe nft_tproxy)")
                + (missing.isEmpty() ? "" : "; not enforced: " + String.join(", ", missing));
    }

    @Override
    public List<String> notices() {
        return steers
                ? List.of()
                : List.of(
                        "The kernel of this machine lacks nf_tables with tproxy (modprobe nft_tproxy): instances reach"
                                + " the local cloud's API, but no other machine.");
    }

    private boolean steers() {
        try {
            launcher.run(NetworkSteps.trial(ownUsers, data.uid(), data.gid()));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Where surroundings are reached from inside. */
    private URI machine() {
        return steers ? Entrance.MACHINE : URI.create("http://127.0.0.1:" + NetworkSteps.PORT);
    }

    @Override
    public PreparedImage prepare(Manifest manifest, ImageConfig config, BlobSource blobs) throws RuntimeFailure {
        if (!config.platform().runsOn(Platform.LINUX_AMD64)) {
            throw new RuntimeFailure(
                    Kind.WRONG_PLATFORM,
                    "the image is for " + config.platform() + ", but App Runner runs " + Platform.LINUX_AMD64
                            + "; build it with --platform linux/amd64");
        }
        layers.prepare(manifest, config, blobs);
        return new PreparedImage(manifest.config().digest().toString(), config);
    }

    @Override
    public Instance start(PreparedImage image, InstanceSpec spec) throws RuntimeFailure {
        if (!spec.id().matches("[a-z0-9-]{1,40}")) {
            throw new IllegalArgumentException(
                    "an instance's id is 1 to 40 of a-z, 0-9 and -, not `" + spec.id() + "`");
        }
        List<String> names = layers.names(image.config());
        if (layersInUse.putIfAbsent(spec.id(), names) != null) {
            throw new IllegalArgumentException("an instance `" + spec.id() + "` runs already");
        }
        List<InstancePlan.Cgroup> groups = List.of();
        // Made while everything else is prepared, for it takes about as long.
        try (Launcher.Spawned process = launcher.spawn()) {
            ImageFiles files = ImageFiles.of(layers, names);
            boolean surrounded = spec.surroundings() != Surroundings.NONE;
            InstancePlan.Command command = new CommandResolver(
                            image.config(), files, spec.surroundings().variables(machine()))
                    .resolve(spec);
            groups = cgroups.create(spec);
            preparation.execute(cgroups::expectAMember);
            Path directory = data.newInstance(spec.id());
            fill(directory, command, files, names, spec.id(), surrounded && steers);
            InstancePlan plan = new InstancePlan(
                    spec.id(),
                    directory,
                    data.layers(),
                    overlay ? withSkeleton(names) : List.of(),
                    data.doors().resolve(spec.id()),
                    spec.port(),
                    surrounded,
                    ownUsers,
                    data.uid(),
                    data.gid(),
                    mayWrite(names),
                    groups,
                    command);
            return launch(process, plan, spec, image.config());
        } catch (IOException e) {
            release(spec.id(), groups);
            throw new RuntimeFailure(Kind.UNSUPPORTED, "can't start instance " + spec.id() + ": " + e.getMessage(), e);
        } catch (RuntimeFailure | RuntimeException e) {
            release(spec.id(), groups);
            throw e;
        }
    }

    private NamespaceInstance launch(Launcher.Spawned process, InstancePlan plan, InstanceSpec spec, ImageConfig config)
            throws IOException, RuntimeFailure {
        LaunchProgram program = InstanceProgram.write(plan);
        Process keeper = process.start(program);
        LaunchReport report = LaunchReport.read(keeper.getErrorStream(), program);
        if (report.failure().isPresent()) {
            keeper.onExit().join();
            throw failure(report.failure().get());
        }
        if (report.pid() <= 0) {
            // Number 0 would mean this JVM and all its relatives to the kernel.
            keeper.destroyForcibly().onExit().join();
            throw new RuntimeFailure(
                    Kind.UNSUPPORTED, "the process that starts instance " + spec.id() + " was killed before it had");
        }
        Optional<Hatch> hatch = hatch(plan);
        NamespaceInstance instance = new NamespaceInstance(
                spec,
                plan,
                keeper,
                hatch,
                report.pid(),
                onlyChild(report.pid()),
                StopSignal.number(config.stopSignal()),
                scheduler,
                (pid, signal) -> launcher.run(SignalProgram.toOne(pid, signal)),
                freezer(plan, report.pid()));
        running.put(spec.id(), instance);
        Thread follower = new Thread(
                () -> instance.follow(() -> release(spec.id(), plan.cgroups())), "slipway-instance-" + spec.id());
        follower.setDaemon(true);
        follower.start();
        hatch.ifPresent(spec.surroundings()::open);
        return instance;
    }

    /** The door's first caller; none when the instance has ended already, and the door with it. */
    private static Optional<Hatch> hatch(InstancePlan plan) {
        try {
            return plan.surrounded() ? Optional.of(new Hatch(plan.door())) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Where layers are copied, the image is among what the instance has. */
    private DiskUse mayWrite(List<String> names) throws IOException {
        DiskUse left = disk;
        for (String name : overlay ? names : List.<String>of()) {
            left = left.minus(layers.record(name).use());
        }
        return left;
    }

    private static RuntimeFailure failure(LaunchReport.Failure failure) {
        if (failure.purpose().startsWith("execute ")) {
            String missing = failure.error() == 2 ? " (the program itself or the dynamic loader it needs)" : "";
            return new RuntimeFailure(Kind.BAD_COMMAND, failure + missing);
        }
        if (failure.purpose().startsWith("enter the working directory")) {
            return new RuntimeFailure(Kind.BAD_COMMAND, failure.toString());
        }
        return new RuntimeFailure(Kind.UNSUPPORTED, failure.toString());
    }

    private void fill(
            Path directory,
            InstancePlan.Command command,
            ImageFiles files,
            List<String> names,
            String hostname,
            boolean namesAreAnswered)
            throws IOException {
        Path root = directory.resolve(overlay ? "upper" : "root");
        if (!overlay) {
            RootCopy.make(layers, names, root, !ownUsers);
            Skeleton.fill(root);
        }
        InstanceFiles.write(root, hostname, namesAreAnswered);
        InstanceFiles.workingDirectory(root, command, files, !ownUsers);
    }

    private static List<String> withSkeleton(List<String> names) {
        List<String> all = new ArrayList<>(List.of(Skeleton.NAME));
        all.addAll(names);
        return all;
    }

    /** The application's number; that of its parent when it has ended already, and the parent is about to. */
    private static long onlyChild(long pid) {
        try {
            String children = Files.readString(Path.of("/proc/" + pid + "/task/" + pid + "/children"));
            return children.isBlank() ? pid : Long.parseLong(children.strip().split(" ")[0]);
        } catch (NoSuchFileException e) {
            return ProcessHandle.of(pid).stream()
                    .flatMap(ProcessHandle::children)
                    .mapToLong(ProcessHandle::pid)
                    .findFirst()
                    .orElse(pid);
        } catch (IOException e) {
            return pid;
        }
    }

    private Freezer freezer(InstancePlan plan, long pid) {
        return Cgroups.freezer(plan.cgroups())
                .map(Freezer::byGroup)
                .orElseGet(() -> Freezer.bySignals(launcher, pid, plan.ownUsers(), scheduler));
    }

    /** Frees all that an instance held; its processes are gone by now, or about to be in the case of a failed start. */
    private void release(String id, List<InstancePlan.Cgroup> groups) {
        if (!Cgroups.remove(groups)) {
            scheduler.schedule(() -> Cgroups.remove(groups), 200, TimeUnit.MILLISECONDS);
        }
        data.removeInstance(id);
        running.remove(id);
        layersInUse.remove(id);
    }

    @Override
    public void prune(Iterable<PreparedImage> inUse) {
        Set<String> kept = new HashSet<>(Set.of(Skeleton.NAME));
        inUse.forEach(image -> kept.addAll(layers.names(image.config())));
        layersInUse.values().forEach(kept::addAll);
        try {
            layers.keepOnly(kept);
        } catch (IOException e) {
            // What could not be removed is tried again the next time.
        }
    }

    /** Whether one instance of nothing but the launcher itself can be started; fails with what is missing. */
    void probe() throws RuntimeFailure {
        String id = "probe";
        try {
            byte[] elf = Launcher.elf();
            Digest digest = Digest.of(elf);
            ImageConfig config = new ImageConfig(
                    "amd64",
                    "linux",
                    List.of("/launcher"),
                    List.of(),
                    List.of(),
                    "",
                    "",
                    List.of(),
                    "",
                    List.of(digest));
            layers.installProbe(digest, elf);
            Instance.ExitStatus status = start(
                            new PreparedImage(id, config),
                            new InstanceSpec(id, List.of(), Map.of(), 1, 1024, 64, line -> {}))
                    .exit()
                    .get(10, TimeUnit.SECONDS);
            if (status.code() != 0) {
                throw new RuntimeFailure(Kind.UNSUPPORTED, "a trial instance ended with code " + status.code());
            }
        } catch (IOException | java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new RuntimeFailure(Kind.UNSUPPORTED, "a trial instance did not work: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RuntimeFailure(Kind.UNSUPPORTED, "interrupted", e);
        }
    }

    @Override
    public void close() {
        List<NamespaceInstance> all = List.copyOf(running.values());
        all.forEach(instance -> instance.stop(LAST_GRACE));
        for (NamespaceInstance instance : all) {
            instance.exit()
                    .completeOnTimeout(Instance.ExitStatus.of(137), 15, TimeUnit.SECONDS)
                    .join();
        }
        cgroups.removeAll();
        diskWatch.close();
        preparation.shutdown();
        scheduler.shutdown();
        launcher.close();
        data.close();
    }
}
