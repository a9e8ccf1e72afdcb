package dev.slipway.cloud.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Manifest;
import dev.slipway.testing.Cases;
import dev.slipway.testing.Leaks;
import io.netty.channel.epoll.Epoll;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can only be seen from outside of the process that has the runtime. */
final class ChildCloudIT {
    private static final int NOBODY = 65534;

    @TempDir
    private Path temporary;

    private Path image;
    private Path data;

    @BeforeEach
    void layOutTheImage() throws IOException {
        assumeTrue(Epoll.isAvailable(), "needs Linux with Netty's epoll");
        Path jdk = Path.of(System.getProperty("java.home"));
        assumeTrue(Files.isReadable(jdk), "the JDK is not readable");
        image = Files.createDirectory(temporary.resolve("image"));
        data = Files.createDirectory(temporary.resolve("data"));
        layOut(HelloForTests.MANIFEST, HelloForTests.BLOBS);
        Files.setAttribute(temporary, "unix:mode", 0755);
    }

    private void layOut(Manifest manifest, BlobSource blobs) throws IOException {
        Files.write(image.resolve("manifest"), manifest.toJson());
        List<Descriptor> all = new ArrayList<>(manifest.layers());
        all.add(manifest.config());
        for (Descriptor each : all) {
            Path file = image.resolve(each.digest().hex());
            try (InputStream in = blobs.open(each.digest())) {
                Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.setAttribute(file, "unix:mode", 0644);
        }
    }

    private List<String> command(String how) throws Exception {
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                readableClassPath(),
                ChildCloud.class.getName(),
                data.toString(),
                image.toString(),
                how));
    }

    /** What the child needs of this test's class path, where any user can read it. */
    private String readableClassPath() throws Exception {
        Path copies = Files.createDirectory(temporary.resolve("classes"));
        List<String> entries = new ArrayList<>();
        for (String resource : List.of(
                "dev/slipway/cloud/runtime/ChildCloud.class",
                "dev/slipway/cloud/runtime/Runtimes.class",
                "com/github/luben/zstd/ZstdInputStream.class",
                "io/netty/util/concurrent/Future.class",
                "io/netty/buffer/ByteBuf.class",
                "io/netty/channel/Channel.class",
                "io/netty/resolver/NameResolver.class",
                "io/netty/channel/unix/Socket.class",
                "io/netty/channel/epoll/Epoll.class",
                "META-INF/native/libnetty_transport_native_epoll_x86_64.so",
                "com/fasterxml/jackson/core/JsonFactory.class",
                "com/fasterxml/jackson/annotation/JsonCreator.class",
                "com/fasterxml/jackson/databind/ObjectMapper.class",
                "org/jspecify/annotations/NullMarked.class",
                "org/slf4j/Logger.class")) {
            URL found = ChildCloudIT.class.getClassLoader().getResource(resource);
            assertThat(found).as(resource).isNotNull();
            Path to = copies.resolve("entry" + entries.size());
            if (found.openConnection() instanceof JarURLConnection jar) {
                Files.copy(Path.of(jar.getJarFileURL().toURI()), to);
                Files.setAttribute(to, "unix:mode", 0644);
            } else {
                Path root = Path.of(found.toURI());
                for (int i = 0; i < Path.of(resource).getNameCount(); i++) {
                    root = root.getParent();
                }
                copy(root, to);
            }
            entries.add(to.toString());
        }
        return String.join(File.pathSeparator, entries);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.toList()) {
                Path place = to.resolve(from.relativize(file).toString());
                Files.copy(file, place);
                Files.setAttribute(place, "unix:mode", Files.isDirectory(place) ? 0755 : 0644);
            }
        }
    }

    @Test
    void anOrdinaryUserCanRunImagesToo() throws Exception {
        List<String> command = command("stop");
        if (Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
            assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "no setpriv to become another user");
            Files.setAttribute(data, "unix:uid", NOBODY);
            command.addAll(0, List.of("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"));
        }
        Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        child.getOutputStream().close();
        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assumeTrue(!output.contains("gives no way to run containers"), "no user namespaces for users here: " + output);
        assertThat(output.lines())
                .contains("answer Moin", "hello 7 listens on port 8080", "code 0", "closed")
                .anyMatch(line -> line.startsWith("runtime namespaces, as an ordinary user"));
        assertThat(data.resolve("run")).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait", "idle"})
    void nothingSurvivesWhenTheCloudIsKilled(String how) throws Exception {
        Process child =
                new ProcessBuilder(command(how)).redirectErrorStream(true).start();
        List<String> seen = new ArrayList<>();
        long pid = 0;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            String line;
            while (pid == 0 && (line = lines.readLine()) != null) {
                seen.add(line);
                pid = line.startsWith("pid ") ? Long.parseLong(line.substring(4)) : 0;
            }
            if (how.equals("idle")) {
                assertThat(lines.readLine()).isEqualTo("idle");
            }
            assumeTrue(
                    seen.stream().noneMatch(text -> text.contains("gives no way to run containers")), seen.toString());
            assertThat(pid).as(String.join("\n", seen)).isPositive();
            List<ProcessHandle> all = child.descendants().collect(Collectors.toList());
            assertThat(all).hasSizeGreaterThanOrEqualTo(3).anyMatch(process -> process.isAlive());
            child.destroyForcibly().waitFor();
            for (ProcessHandle process : all) {
                process.onExit().get(20, TimeUnit.SECONDS);
            }
        }
        assertThat(data.resolve("run/child")).exists();

        try (ContainerRuntime next = Runtimes.choose(data, "namespaces")) {
            assertThat(data.resolve("run")).isEmptyDirectory();
            PreparedImage prepared =
                    next.prepare(HelloForTests.MANIFEST, HelloForTests.IMAGE.config(), HelloForTests.BLOBS);
            Instance again = next.start(
                    prepared, new InstanceSpec("child", List.of(), java.util.Map.of(), 8080, 512, 512, line -> {}));
            assertThat(again.stop(java.time.Duration.ZERO)
                            .get(20, TimeUnit.SECONDS)
                            .code())
                    .isEqualTo(137);
        }
    }

    @Test
    void nothingSurvivesWhereverTheCloudIsKilled() throws Exception {
        TestLayer.Image tiny = TinyProgram.image(TinyProgram.httpd(8080, "ok\nMoin\n"));
        layOut(tiny.manifest(), tiny);
        List<String> command = command("churn");
        try (ContainerRuntime works = Runtimes.choose(data, "namespaces")) {
            assertThat(works.description()).startsWith("namespaces");
        } catch (RuntimeFailure e) {
            abort(e.getMessage());
        }
        Cases.of(2, 40).run((random, number) -> {
            Process child =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
                String line = lines.readLine();
                while (line != null && !line.startsWith("pid ")) {
                    line = lines.readLine();
                }
                assertThat(line).isNotNull();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(400)));
                child.destroyForcibly().waitFor();
            }
            String launcher = data.toRealPath().resolve("launcher").toString();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (isRunning(launcher) && System.nanoTime() < end) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
            assertThat(isRunning(launcher)).isFalse();
        });
        Runtimes.choose(data, "namespaces").close();
        assertThat(data.resolve("run")).isEmptyDirectory();
        assertThat(Leaks.of(temporary).mounts()).isEmpty();
    }

    private static boolean isRunning(String program) {
        return ProcessHandle.allProcesses()
                .anyMatch(process -> process.info().command().orElse("").equals(program));
    }
}
