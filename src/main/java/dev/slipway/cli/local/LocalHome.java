package dev.slipway.cli.local;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * The directory of the local cloud: {@code SLIPWAY_HOME}, else {@code ~/.slipway}. Private to the user.
 *
 * @param directory absolute
 */
public record LocalHome(Path directory) {

    /** The home that an environment names. */
    public static LocalHome of(Map<String, String> environment) {
        String named = environment.getOrDefault("SLIPWAY_HOME", "");
        Path path = named.isEmpty() ? Path.of(System.getProperty("user.home"), ".slipway") : Path.of(named);
        return new LocalHome(path.toAbsolutePath().normalize());
    }

    /** Everything that the cloud remembers. */
    public Path data() {
        return directory.resolve("data");
    }

    /** Where a running cloud says who it is. */
    Path process() {
        return directory.resolve("local.json");
    }

    /** What the cloud's process printed. */
    public Path log() {
        return directory.resolve("local.log");
    }

    Path lock() {
        return directory.resolve("local.lock");
    }

    /** The port that the cloud had last; stopping does not forget it, because services' URLs hold it. */
    public Path port() {
        return directory.resolve("port");
    }

    Path programs() {
        return directory.resolve("program");
    }

    /** @throws LocalFailure when the directory is another user's, so that nobody can tell what runs there */
    void requireOpen() {
        if (Files.isDirectory(directory) && !Files.isExecutable(directory)) {
            throw LocalFailure.of("can't look into " + directory, new AccessDeniedException(directory.toString()));
        }
    }

    /** Makes the directory, readable by its user alone. */
    LocalHome make() {
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return this;
        } catch (IOException e) {
            throw LocalFailure.of("can't make " + directory, e);
        }
    }
}
