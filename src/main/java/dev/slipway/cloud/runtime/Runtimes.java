package dev.slipway.cloud.runtime;

import dev.slipway.cloud.runtime.RuntimeFailure.Kind;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the way to run images that this machine allows. */
public final class Runtimes {
    private Runtimes() {}

    /**
     * Tries, by really starting something, what this machine can do, and gives the best way that works. Removes what a runtime of the same data
     * directory left behind when its process was killed.
     *
     * @param dataDirectory where unpacked layers and running instances are kept; one runtime at a time per directory
     * @param wanted {@code auto}, {@code namespaces} or {@code docker}
     * @throws RuntimeFailure when nothing works, saying what was tried, why it failed and what to do
     */
    public static ContainerRuntime choose(Path dataDirectory, String wanted) throws RuntimeFailure {
        List<String> reasons = new ArrayList<>();
        ContainerRuntime found =
                switch (wanted) {
                    case "namespaces" -> namespaces(dataDirectory, reasons);
                    case "docker" -> docker(dataDirectory, reasons);
                    case "auto" -> {
                        ContainerRuntime first = namespaces(dataDirectory, reasons);
                        yield first != null ? first : docker(dataDirectory, reasons);
                    }
                    default ->
                        throw new RuntimeFailure(
                                Kind.UNSUPPORTED,
                                "unknown runtime `" + wanted + "`; expected auto, namespaces or docker");
                };
        if (found != null) {
            return found;
        }
        throw new RuntimeFailure(
                Kind.UNSUPPORTED,
                "this machine gives no way to run containers. Tried:\n  - " + String.join("\n  - ", reasons)
                        + "\nRun as root, or allow user namespaces (sysctl user.max_user_namespaces, on Ubuntu also "
                        + "kernel.apparmor_restrict_unprivileged_userns=0), or start Docker or Podman and use --runtime docker.");
    }

    private static @Nullable ContainerRuntime namespaces(Path dataDirectory, List<String> reasons)
            throws RuntimeFailure {
        if (!System.getProperty("os.name").equals("Linux")
                || !System.getProperty("os.arch").equals("amd64")) {
            reasons.add("namespaces: need Linux on x86-64, this is " + System.getProperty("os.name") + " on "
                    + System.getProperty("os.arch"));
            return null;
        }
        if (!Epoll.isAvailable()) {
            reasons.add("namespaces: Netty's epoll library does not load here: "
                    + Epoll.unavailabilityCause().getMessage());
            return null;
        }
        for (Tier tier : tiers()) {
            NamespaceRuntime runtime;
            DataDirectory data = open(dataDirectory);
            try {
                runtime = new NamespaceRuntime(data, tier.ownUsers(), tier.overlay(), DiskUse.APP_RUNNER);
            } catch (IOException e) {
                data.close();
                reasons.add(tier + ": " + e.getMessage());
                continue;
            }
            try {
                runtime.probe();
                return runtime;
            } catch (RuntimeFailure e) {
                runtime.close();
                reasons.add(tier + ": " + e.getMessage());
            }
        }
        return null;
    }

    private static @Nullable ContainerRuntime docker(Path dataDirectory, List<String> reasons) throws RuntimeFailure {
        List<Path> sockets = sockets();
        if (sockets.isEmpty()) {
            reasons.add(
                    "docker: no socket of Docker or Podman (/var/run/docker.sock, /run/podman/podman.sock, DOCKER_HOST)");
        }
        for (Path socket : sockets) {
            DataDirectory data = open(dataDirectory);
            try {
                return new DockerRuntime(data, socket);
            } catch (IOException e) {
                data.close();
                reasons.add("docker: nothing usable answers at " + socket + ": " + e.getMessage());
            }
        }
        return null;
    }

    private static List<Path> sockets() {
        List<String> places = new ArrayList<>();
        String host = System.getenv("DOCKER_HOST");
        if (host != null && host.startsWith("unix://")) {
            places.add(host.substring("unix://".length()));
        }
        String own = System.getenv("XDG_RUNTIME_DIR");
        if (own != null) {
            places.add(own + "/docker.sock");
            places.add(own + "/podman/podman.sock");
        }
        places.add("/var/run/docker.sock");
        places.add("/run/podman/podman.sock");
        return places.stream().map(Path::of).filter(Files::exists).distinct().toList();
    }

    private static DataDirectory open(Path dataDirectory) throws RuntimeFailure {
        try {
            return DataDirectory.open(dataDirectory);
        } catch (IOException e) {
            throw new RuntimeFailure(Kind.UNSUPPORTED, "can't use " + dataDirectory + ": " + e.getMessage(), e);
        }
    }

    private static List<Tier> tiers() {
        List<Tier> tiers = new ArrayList<>();
        if (isRoot()) {
            tiers.add(new Tier(false, true));
            tiers.add(new Tier(false, false));
        }
        tiers.add(new Tier(true, true));
        tiers.add(new Tier(true, false));
        return tiers;
    }

    private static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException e) {
            return false;
        }
    }

    /** One way to use namespaces; the better ones are tried first. */
    private record Tier(boolean ownUsers, boolean overlay) {
        @Override
        public String toString() {
            return "namespaces " + (ownUsers ? "as an ordinary user" : "as root")
                    + (overlay ? "" : ", layers copied instead of laid over");
        }
    }
}
