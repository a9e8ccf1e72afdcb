package dev.slipway.cloud.gallery;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the shared libraries of this machine that a Java runtime needs, by asking the dynamic loader that will load them. */
final class SharedLibraries {
    private static final Pattern LOADED = Pattern.compile("(?m)^\\s*(?:.* => )?(/.*) \\(0x[0-9a-f]+\\)$");
    private static final int INTERPRETER = 3;

    private SharedLibraries() {}

    /** Absolute path inside the image → file of this machine. The loader itself is among them. */
    static Map<String, Path> of(Path runtime) throws IOException {
        String loader = interpreter(runtime.resolve("bin/java"));
        Map<String, Path> needed = new TreeMap<>();
        needed.put(loader, Path.of(loader).toRealPath());
        try (Stream<Path> all = Files.walk(runtime)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                if (isElf(file)) {
                    // Relative, because the loader splits its library path at colons and the directory may have one.
                    Matcher lines = LOADED.matcher(Tool.run(
                            "list the libraries of " + file,
                            runtime,
                            loader,
                            "--library-path",
                            "lib:lib/server",
                            "--list",
                            runtime.relativize(file).toString()));
                    while (lines.find()) {
                        Path library = Path.of(lines.group(1));
                        if (!library.startsWith(runtime)
                                && !library.toRealPath().startsWith(runtime.toRealPath())) {
                            needed.put(library.toString(), library.toRealPath());
                        }
                    }
                }
            }
        }
        return needed;
    }

    private static boolean isElf(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            byte[] magic = in.readNBytes(4);
            return magic.length == 4 && magic[0] == 0x7f && magic[1] == 'E' && magic[2] == 'L' && magic[3] == 'F';
        }
    }

    /** The dynamic loader that an executable names. */
    private static String interpreter(Path executable) throws IOException {
        ByteBuffer elf = ByteBuffer.wrap(Files.readAllBytes(executable)).order(ByteOrder.LITTLE_ENDIAN);
        long headers = elf.getLong(32);
        int size = elf.getShort(54);
        for (int i = 0; i < elf.getShort(56); i++) {
            int at = (int) headers + i * size;
            if (elf.getInt(at) == INTERPRETER) {
                int from = (int) elf.getLong(at + 8);
                int length = (int) elf.getLong(at + 32) - 1;
                return new String(elf.array(), from, length, StandardCharsets.US_ASCII);
            }
        }
        throw new IOException(executable + " names no dynamic loader, so its libraries are not known");
    }
}
