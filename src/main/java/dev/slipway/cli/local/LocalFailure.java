package dev.slipway.cli.local;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;

/** The local cloud can't be started or stopped; the message says why and what to do. */
public final class LocalFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LocalFailure(String message) {
        super(message);
    }

    /** @param what for example {@code can't make /home/me/.slipway} */
    static LocalFailure of(String what, IOException why) {
        return new LocalFailure(what + ": " + reason(why));
    }

    /** The JDK's message is often no more than the file's name. */
    private static String reason(IOException why) {
        if (why instanceof AccessDeniedException) {
            return "permission denied; SLIPWAY_HOME can name a directory of your own";
        }
        if (why instanceof FileAlreadyExistsException) {
            return "there is a file of that name; SLIPWAY_HOME must name a directory";
        }
        return why instanceof FileSystemException system && system.getReason() != null
                ? system.getReason()
                : String.valueOf(why.getMessage());
    }
}
