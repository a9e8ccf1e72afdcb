package dev.slipway.cloud.wire.table;

import java.nio.file.Path;
import java.util.List;

/** What is wrong with service models: a line for each, with the file and the shape. Who reads it mends a file, so no stack trace. */
public final class InvalidModel extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidModel(List<String> problems) {
        super(String.join(System.lineSeparator(), problems), null, false, false);
    }

    InvalidModel(Path file, String problem) {
        this(List.of(file + ": " + problem));
    }
}
