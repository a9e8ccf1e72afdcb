package dev.slipway.cloud.runtime;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What is remembered of an unpacked layer.
 *
 * @param bytes of file content
 * @param files of any kind
 * @param whiteouts paths that this layer removes from those below
 * @param opaque directories whose content below is hidden; the empty path is the root
 */
record LayerRecord(long bytes, long files, List<String> whiteouts, List<String> opaque) {
    private static final ObjectMapper JSON = new ObjectMapper();

    LayerRecord {
        whiteouts = List.copyOf(whiteouts);
        opaque = List.copyOf(opaque);
    }

    DiskUse use() {
        return new DiskUse(bytes, files);
    }

    static LayerRecord read(Path file) throws IOException {
        return JSON.readValue(file.toFile(), LayerRecord.class);
    }

    void write(Path file) throws IOException {
        Files.write(file, JSON.writeValueAsBytes(this));
    }
}
