package dev.slipway.cloud.runtime;

import dev.slipway.oci.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** The runtime's part of the data directory: locked by one runtime at a time, and free of what a dead one left. */
final class DataDirectory implements AutoCloseable {
    /** A unix socket's path has at most 107 bytes, of which an instance's id takes up to 41. */
    private static final int LONGEST_DOORS = 66;

    private final Path path;
    private final Path doors;
    private final String id;
    private final FileChannel lockFile;
    private final int uid;
    private final int gid;

    private DataDirectory(Path path, Path doors, String id, FileChannel lockFile) throws IOException {
        this.path = path;
        this.doors = doors;
        this.id = id;
        this.lockFile = lockFile;
        this.uid = (Integer) Files.getAttribute(doors, "unix:uid");
        this.gid = (Integer) Files.getAttribute(doors, "unix:gid");
    }

    /** @throws IOException when another runtime has it, or it can't be written */
    static DataDirectory open(Path wanted) throws IOException {
        Path path = Files.createDirectories(wanted).toRealPath();
        FileChannel lockFile =
                FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = lockFile.tryLock();
            if (lock == null) {
                throw new OverlappingFileLockException();
            }
        } catch (OverlappingFileLockException e) {
            lockFile.close();
            throw new IOException(
                    "another local cloud runs instances from " + path + "; stop it, or choose another SLIPWAY_HOME", e);
        }
        try {
            String id = Digest.of(path.toString().getBytes(StandardCharsets.UTF_8))
                    .hex()
                    .substring(0, 8);
            Path run = Files.createDirectories(path.resolve("run"));
            clear(run, "");
            Files.createDirectories(path.resolve("layers"));
            return new DataDirectory(path, doorsDirectory(id), id, lockFile);
        } catch (IOException e) {
            lockFile.close();
            throw e;
        }
    }

    private static Path doorsDirectory(String id) throws IOException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        if (temporary.toString().length() > LONGEST_DOORS - 32) {
            temporary = Path.of("/tmp");
        }
        clear(temporary, "slipway-" + id + "-");
        return Files.createTempDirectory(
                temporary,
                "slipway-" + id + "-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private static void clear(Path directory, String prefix) throws IOException {
        try (Stream<Path> left = Files.list(directory)) {
            for (Path dead : left.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .toList()) {
                TreeRemoval.of(dead);
            }
        }
    }

    Path path() {
        return path;
    }

    Path layers() {
        return path.resolve("layers");
    }

    /** Where the unix sockets are; short, and only for this user. */
    Path doors() {
        return doors;
    }

    /** Eight characters that tell two data directories on one machine apart. */
    String id() {
        return id;
    }

    int uid() {
        return uid;
    }

    int gid() {
        return gid;
    }

    Path newInstance(String instance) throws IOException {
        Path directory = Files.createDirectory(path.resolve("run").resolve(instance));
        for (String part : List.of("upper", "work", "root")) {
            Path made = Files.createDirectory(directory.resolve(part));
            Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return directory;
    }

    void removeInstance(String instance) {
        try {
            TreeRemoval.of(doors.resolve(instance));
            TreeRemoval.of(path.resolve("run").resolve(instance));
        } catch (IOException e) {
            // A file that can't be removed now is removed at the next start.
        }
    }

    @Override
    public void close() {
        try {
            TreeRemoval.of(doors);
            lockFile.close();
        } catch (IOException e) {
            // The lock goes with this process, the sockets at the next start.
        }
    }
}
