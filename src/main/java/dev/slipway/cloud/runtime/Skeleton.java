package dev.slipway.cloud.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * The topmost layer of every instance: the places on which {@link MountSteps} mounts, as plain directories and files, so that nothing an image has
 * at these names (a symbolic link, say) can lead a mount elsewhere.
 */
final class Skeleton {
    static final String NAME = "skeleton";

    private static final Map<String, String> LINKS = Map.of(
            "fd", "/proc/self/fd",
            "stdin", "/proc/self/fd/0",
            "stdout", "/proc/self/fd/1",
            "stderr", "/proc/self/fd/2",
            "ptmx", "pts/ptmx");

    private Skeleton() {}

    static void make(Path layers) throws IOException {
        Path skeleton = layers.resolve(NAME);
        TreeRemoval.of(skeleton);
        fill(skeleton);
    }

    /** Makes the places in a directory; what is there already and is of the right kind stays. */
    static void fill(Path root) throws IOException {
        for (String name : new String[] {"", "dev", "proc", "sys", "dev/shm", "dev/pts"}) {
            Path directory = root.resolve(name);
            if (!isDirectory(directory)) {
                TreeRemoval.of(directory);
                Files.createDirectories(directory);
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
        for (String device : MountSteps.DEVICES) {
            Path place = root.resolve("dev").resolve(device);
            TreeRemoval.of(place);
            Files.createFile(place);
        }
        for (Map.Entry<String, String> link : LINKS.entrySet()) {
            Path place = root.resolve("dev").resolve(link.getKey());
            TreeRemoval.of(place);
            Files.createSymbolicLink(place, Path.of(link.getValue()));
        }
    }

    private static boolean isDirectory(Path place) {
        var attributes = LayerTree.attributes(place);
        return attributes != null && attributes.isDirectory();
    }
}
