package dev.slipway.packing;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipFile;

/**
 * Writes one jar that holds what many hold. Compressed content is copied as it is. Of a name that several jars have, the first counts, as in a class
 * path; lists of services are joined, and everybody's licence is kept. Signatures, which no longer fit, and classes for special versions of Java are
 * left out.
 */
final class JarMerger {
    private static final Pattern LEFT_OUT =
            Pattern.compile("META-INF/(MANIFEST\\.MF|INDEX\\.LIST|[^/]+\\.(SF|RSA|DSA|EC)"
                    + "|versions/.*|maven/.*|native-image/.*|proguard/.*)|(.*/)?module-info\\.class|.*/");
    private static final Pattern JOINED = Pattern.compile("META-INF/services/[^/]+");
    private static final Pattern LEGAL = Pattern.compile("(?i)(META-INF/)?(LICEN[CS]E|NOTICE|COPYING|AUTHORS)[^/]*");
    private static final int MOST_ENTRIES = 0xFFFE;

    private final List<Path> jars;
    /** The entries that are copied, by their new names. */
    private final Map<String, ZipEntries.Entry> copied = new LinkedHashMap<>();

    private final Map<String, ByteArrayOutputStream> joined = new TreeMap<>();

    JarMerger(List<Path> jars) {
        this.jars = jars;
    }

    /** What tells two sets of libraries from one another: names, sizes and times. */
    static String fingerprint(List<Path> jars) throws IOException {
        var text = new StringBuilder();
        for (Path jar : jars) {
            text.append(jar.getFileName())
                    .append(' ')
                    .append(Files.size(jar))
                    .append(' ')
                    .append(Files.getLastModifiedTime(jar).toMillis())
                    .append('\n');
        }
        var sum = new CRC32();
        sum.update(text.toString().getBytes(StandardCharsets.UTF_8));
        return jars.size() + " libraries, " + Long.toHexString(sum.getValue());
    }

    /** The fingerprint that a jar was written with; empty when there is no such jar. */
    static String fingerprintOf(Path jar) {
        try (var file = new ZipFile(jar.toFile())) {
            return file.getComment() == null ? "" : file.getComment();
        } catch (IOException noJar) {
            return "";
        }
    }

    void write(Path target, String comment) throws IOException {
        for (Path jar : jars) {
            collect(jar);
        }
        if (copied.size() + joined.size() > MOST_ENTRIES) {
            throw new IOException("the libraries hold more files than one jar can: " + copied.size());
        }
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target), 1 << 20)) {
            var zip = new ZipWriter(out);
            zip.add("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            for (Map.Entry<String, ByteArrayOutputStream> list : joined.entrySet()) {
                zip.add(list.getKey(), list.getValue().toByteArray());
            }
            for (Map.Entry<String, ZipEntries.Entry> entry : copied.entrySet()) {
                zip.copy(entry.getKey(), entry.getValue());
            }
            zip.finish(comment);
        }
    }

    private void collect(Path jar) throws IOException {
        String name = jar.getFileName().toString().replaceFirst("\\.jar$", "");
        for (ZipEntries.Entry entry : ZipEntries.of(jar)) {
            if (LEFT_OUT.matcher(entry.name()).matches()) {
                continue;
            }
            if (JOINED.matcher(entry.name()).matches()) {
                ByteArrayOutputStream list = joined.computeIfAbsent(entry.name(), any -> new ByteArrayOutputStream());
                list.writeBytes(content(jar, entry.name()));
                list.write('\n');
            } else if (LEGAL.matcher(entry.name()).matches()) {
                copied.putIfAbsent("META-INF/legal/" + name + "/" + entry.name(), entry);
            } else {
                copied.putIfAbsent(entry.name(), entry);
            }
        }
    }

    private static byte[] content(Path jar, String name) throws IOException {
        try (var file = new ZipFile(jar.toFile());
                var stream = file.getInputStream(file.getEntry(name))) {
            return stream.readAllBytes();
        }
    }
}
