package dev.slipway.cli.local;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Starts the local cloud as a process of its own that outlives this one: in its own session, so that no terminal's signals reach it,
 * and from its own copy of the program's jars, so that a later build can't pull the classes away from under it.
 */
public final class LocalLauncher {
    /**
     * Flags for a process that serves for days. It starts small; what is hot is compiled well, which is half the time of a request and an
     * eighth of a layer's digest. The better compiler waits ten times as long as usual until it looks at a method, so that the start has
     * the processors. What is allocated goes round in a small space that stays near the processor, which is a thirtieth of the time of a
     * proxied request.
     */
    public static final List<String> JVM = List.of(
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-XX:-UsePerfData",
            "-Xmx512m",
            "-Xmn32m",
            "-XX:Tier4InvocationThreshold=50000",
            "-XX:Tier4MinInvocationThreshold=20000",
            "-XX:Tier4CompileThreshold=100000",
            "-XX:Tier4BackEdgeThreshold=400000");

    private final String mainClass;
    private final String build;

    /** @param build which build of Slipway this is; names the directory of the jars */
    public LocalLauncher(String mainClass, String build) {
        this.mainClass = mainClass;
        this.build = build;
    }

    Process launch(LocalHome home, LocalOptions options) {
        var command = new ArrayList<String>();
        if (onPath("setsid")) {
            command.add("setsid");
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        String archive = System.getProperty("slipway.archive", "");
        if (!archive.isEmpty()) {
            // The script `slipway` says why.
            command.addAll(
                    List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:disable", "-XX:+IgnoreUnrecognizedVMOptions"));
            command.addAll(List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:ArchiveRelocationMode=0"));
        }
        command.addAll(List.of("-Dslipway.build=" + build, "-cp", classPath(home), mainClass));
        command.addAll(options.words());
        try {
            var builder = new ProcessBuilder(command)
                    .directory(home.directory().toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(Redirect.appendTo(home.log().toFile()))
                    .redirectErrorStream(true);
            builder.environment().put("SLIPWAY_HOME", home.directory().toString());
            // Without a UTF-8 locale JDK 17 cannot write the names of some files in images.
            builder.environment().put("LC_ALL", "C.UTF-8");
            return builder.start();
        } catch (IOException e) {
            throw new LocalFailure("can't start the local cloud: " + e.getMessage());
        }
    }

    private String classPath(LocalHome home) {
        Path directory = home.programs().resolve(build);
        var entries = new ArrayList<String>();
        try {
            forgetOtherBuilds(home.programs());
            Files.createDirectories(directory);
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
                Path path = Path.of(entry).toAbsolutePath();
                entries.add((Files.isRegularFile(path) ? keep(directory, path) : path).toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't copy the program to " + directory + ": " + e.getMessage(), e);
        }
        return String.join(File.pathSeparator, entries);
    }

    /**
     * A second name for the same file where that is possible, else a copy with the same time, in a directory of the same name: then an
     * archive of the classes is good for both (newer JDKs compare place and time, JDK 17 takes no copies).
     */
    static Path keep(Path programs, Path jar) throws IOException {
        Path parent = jar.getParent() == null ? null : jar.getParent().getFileName();
        Path directory = parent == null ? programs : programs.resolve(parent);
        Path kept = directory.resolve(jar.getFileName());
        if (Files.exists(kept)) {
            return kept;
        }
        Files.createDirectories(directory);
        try {
            return Files.createLink(kept, jar);
        } catch (IOException | UnsupportedOperationException otherDisk) {
            Path fresh = Files.createTempFile(directory, "new", "");
            Files.copy(jar, fresh, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
            return Files.move(fresh, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void forgetOtherBuilds(Path programs) throws IOException {
        if (!Files.isDirectory(programs)) {
            return;
        }
        try (Stream<Path> builds = Files.list(programs)) {
            for (Path other :
                    builds.filter(directory -> !directory.endsWith(build)).toList()) {
                try (Stream<Path> files = Files.walk(other)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
        }
    }

    private static boolean onPath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
