package dev.slipway.cloud.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.oci.ImageConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommandResolverTest {
    private static final byte[] X86 = elf(62);

    @TempDir
    private Path temporary;

    private final TestLayer layer = new TestLayer()
            .entry("usr/bin/run", '0', 0755, X86, "")
            .entry("arm", '0', 0755, elf(183), "")
            .entry("plain", '0', 0644, X86, "")
            .entry("noise", '0', 0755, "echo hello".getBytes(UTF_8), "")
            .entry("script", '0', 0755, "#!/bin/sh -e\necho".getBytes(UTF_8), "")
            .entry("windows", '0', 0755, "#!/usr/bin/run\r\necho".getBytes(UTF_8), "")
            .file("etc/passwd", "root:x:0:0:root:/root:/bin/sh\napp:x:1000:1001::/home/app:/bin/sh\nshort:x:1002\n")
            .file("etc/group", "root:x:0:\napp:x:1001:\nextra:x:7:other,app\nbrief:x:8\n");

    private InstancePlan.Command resolve(String user, List<String> entrypoint, List<String> command, String... start)
            throws Exception {
        TestLayer.Image image = TestLayer.image(layer);
        LayerStore store =
                new LayerStore(temporary.resolve("layers"), DiskUse.APP_RUNNER, false, (directory, paths) -> {});
        store.prepare(image.manifest(), image.config(), image);
        ImageConfig config = new ImageConfig(
                "amd64",
                "linux",
                entrypoint,
                command,
                List.of("A=image", "B=image", "C=image"),
                user,
                "srv/../work",
                List.of(),
                "",
                image.config().diffIds());
        InstanceSpec spec = new InstanceSpec("i1", List.of(start), Map.of("B", "spec"), 8080, 1024, 512, line -> {});
        return new CommandResolver(
                        config, ImageFiles.of(store, store.names(config)), Map.of("C", "around", "B", "around"))
                .resolve(spec);
    }

    private void refuses(RuntimeFailure.Kind kind, String command, String... words) {
        assertThatThrownBy(() -> resolve("", List.of(command), List.of()))
                .isInstanceOf(RuntimeFailure.class)
                .hasMessageContainingAll(words)
                .satisfies(e -> assertThat(((RuntimeFailure) e).kind()).isEqualTo(kind));
    }

    @Test
    void findsTheCommandOnThePathOfTheImage() throws Exception {
        InstancePlan.Command command = resolve("", List.of("run"), List.of("-x"));
        assertThat(command.path()).isEqualTo("/usr/bin/run");
        assertThat(command.arguments()).containsExactly("run", "-x");
        assertThat(command.workingDirectory()).isEqualTo("/work");
    }

    @Test
    void theSpecificationWinsOverTheSurroundingsAndThoseOverTheImage() throws Exception {
        assertThat(resolve("", List.of("run"), List.of()).environment())
                .contains("A=image", "B=spec", "C=around", "PORT=8080", "HOSTNAME=i1", "HOME=/root");
    }

    @Test
    void theStartCommandReplacesTheImagesCommand() throws Exception {
        assertThat(resolve("", List.of(), List.of("gone"), "run", "now").arguments())
                .containsExactly("run", "now");
    }

    @Test
    void readsUserAndGroupsFromTheImage() throws Exception {
        assertThat(resolve("app", List.of("run"), List.of()).user())
                .isEqualTo(new ImageUser(1000, 1001, List.of(1001, 7), "/home/app"));
        assertThat(resolve("app:extra", List.of("run"), List.of()).user().gid()).isEqualTo(7);
        assertThat(resolve("1234:5", List.of("run"), List.of()).user())
                .isEqualTo(new ImageUser(1234, 5, List.of(5), "/"));
        assertThat(resolve("short:brief", List.of("run"), List.of()).user())
                .isEqualTo(new ImageUser(1002, 8, List.of(8), "/"));
        assertThat(resolve("short", List.of("run"), List.of()).user())
                .isEqualTo(new ImageUser(1002, 0, List.of(0), "/"));
        assertThatThrownBy(() -> resolve("nobody", List.of("run"), List.of()))
                .hasMessageContainingAll("`nobody`", "/etc/passwd", "USER");
    }

    @Test
    void saysBeforeStartingWhatCannotWork() {
        refuses(RuntimeFailure.Kind.BAD_COMMAND, "missing", "`missing`", "/usr/bin");
        refuses(RuntimeFailure.Kind.BAD_COMMAND, "/missing", "`/missing`", "not in the image");
        refuses(RuntimeFailure.Kind.BAD_COMMAND, "/plain", "chmod +x");
        refuses(RuntimeFailure.Kind.BAD_COMMAND, "/noise", "#!");
        refuses(RuntimeFailure.Kind.BAD_COMMAND, "/script", "`/bin/sh`", "not in the image");
        refuses(RuntimeFailure.Kind.BAD_COMMAND, "/windows", "Windows line ends");
        refuses(RuntimeFailure.Kind.WRONG_PLATFORM, "/arm", "another processor", "--platform linux/amd64");
    }

    private static byte[] elf(int machine) {
        byte[] elf = new byte[64];
        elf[0] = 0x7f;
        elf[1] = 'E';
        elf[2] = 'L';
        elf[3] = 'F';
        elf[4] = 2;
        elf[18] = (byte) machine;
        return elf;
    }
}
