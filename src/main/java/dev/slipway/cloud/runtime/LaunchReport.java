package dev.slipway.cloud.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;

/**
 * What a launched program said before it executed its command or gave up.
 *
 * @param pid the first process of the instance, as this JVM sees it; 0 when it was not made
 * @param failure what could not be done and why; empty when everything was done
 */
record LaunchReport(long pid, Optional<Failure> failure) {
    /** Linux error numbers that people meet here. */
    private static final Map<Integer, String> ERRORS = Map.ofEntries(
            Map.entry(1, "operation not permitted (EPERM)"),
            Map.entry(2, "no such file or directory (ENOENT)"),
            Map.entry(8, "not an executable format this machine knows (ENOEXEC)"),
            Map.entry(11, "too many processes (EAGAIN)"),
            Map.entry(12, "out of memory (ENOMEM)"),
            Map.entry(13, "permission denied (EACCES)"),
            Map.entry(16, "busy (EBUSY)"),
            Map.entry(17, "exists already (EEXIST)"),
            Map.entry(19, "the kernel does not have it (ENODEV)"),
            Map.entry(20, "not a directory (ENOTDIR)"),
            Map.entry(22, "refused by the kernel as invalid (EINVAL)"),
            Map.entry(28, "no space, or the kernel's limit is reached (ENOSPC)"),
            Map.entry(40, "too many symbolic links (ELOOP)"),
            Map.entry(95, "not supported (EOPNOTSUPP)"),
            Map.entry(116, "stale (ESTALE)"));

    /** A step that failed: {@code purpose} completes "could not …", {@code error} is Linux's number. */
    record Failure(String purpose, int error) {
        String because() {
            return ERRORS.getOrDefault(error, "error " + error);
        }

        @Override
        public String toString() {
            return "could not " + purpose + ": " + because();
        }
    }

    /** Reads until the other side closes, which executing the command does. */
    static LaunchReport read(InputStream report, LaunchProgram program) throws IOException {
        ByteBuffer words = ByteBuffer.wrap(report.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
        long pid = 0;
        Optional<Failure> failure = Optional.empty();
        while (words.remaining() >= 8) {
            long word = words.getLong();
            if (program.isStep(word) && words.remaining() >= 8) {
                failure = Optional.of(new Failure(program.purpose(word), (int) -words.getLong()));
            } else {
                pid = word;
            }
        }
        return new LaunchReport(pid, failure);
    }
}
