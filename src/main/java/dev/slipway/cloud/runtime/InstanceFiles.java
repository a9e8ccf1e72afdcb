package dev.slipway.cloud.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Fills the writable part of one instance's file system before it is mounted. */
final class InstanceFiles {
    private InstanceFiles() {}

    /** What every instance finds at fixed places: its name, itself in the hosts file, the name server if there is one. */
    static void write(Path root, String hostname, boolean namesAreAnswered) throws IOException {
        Path etc = directory(root, "etc");
        for (String name : List.of("hosts", "hostname", "resolv.conf")) {
            TreeRemoval.of(etc.resolve(name));
        }
        Files.writeString(etc.resolve("hostname"), hostname + "\n");
        Files.writeString(
                etc.resolve("hosts"),
                "127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n" + NetworkSteps.ADDRESS + "\t"
                        + hostname + "\n");
        Files.writeString(
                etc.resolve("resolv.conf"),
                namesAreAnswered
                        ? "nameserver " + Entrance.NAME_SERVER + "\n"
                        : "# No name server: this instance does not reach outside.\n");
    }

    /** The working directory when the image lacks it, as its user's. */
    static void workingDirectory(Path root, InstancePlan.Command command, ImageFiles image, boolean setOwners)
            throws IOException {
        String place = "";
        boolean missing = false;
        for (String part : LayerTree.parts(command.workingDirectory())) {
            place = place.isEmpty() ? part : place + "/" + part;
            missing |= image.find(place).isEmpty();
            if (missing) {
                missing(root, place, image);
            }
        }
        if (missing && setOwners) {
            Files.setAttribute(root.resolve(place), "unix:uid", command.user().uid());
            Files.setAttribute(root.resolve(place), "unix:gid", command.user().gid());
        }
    }

    private static void missing(Path root, String place, ImageFiles image) throws IOException {
        List<String> parts = LayerTree.parts(place);
        String parent = String.join("/", parts.subList(0, parts.size() - 1));
        String resolved = image.find(parent).map(ImageFiles.Found::place).orElse("/" + parent);
        Path at = root;
        String seen = "";
        for (String part : LayerTree.parts(resolved)) {
            seen = seen + "/" + part;
            at = at.resolve(part);
            if (LayerTree.attributes(at) == null) {
                Files.createDirectory(at);
                Object mode = image.find(seen).isPresent()
                        ? Files.getAttribute(image.find(seen).get().file(), "unix:mode")
                        : Integer.valueOf(0755);
                Files.setAttribute(at, "unix:mode", (Integer) mode & 07777);
            }
        }
        Path made = at.resolve(parts.get(parts.size() - 1));
        if (LayerTree.attributes(made) == null) {
            Files.createDirectory(made);
            Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static Path directory(Path root, String name) throws IOException {
        Path directory = root.resolve(name);
        BasicFileAttributes attributes = LayerTree.attributes(directory);
        if (attributes == null || !attributes.isDirectory()) {
            TreeRemoval.of(directory);
            Files.createDirectory(directory);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return directory;
    }
}
