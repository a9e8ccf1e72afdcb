package dev.slipway.cloud.runtime;

import dev.slipway.cloud.runtime.RuntimeFailure.Kind;
import dev.slipway.oci.ImageConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides what an instance executes, and says before it is started when that can't work. */
final class CommandResolver {
    private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final int X86_64 = 62;

    private final ImageConfig config;
    private final ImageFiles files;
    private final Map<String, String> found;

    /** @param found variables that tell of the instance's surroundings */
    CommandResolver(ImageConfig config, ImageFiles files, Map<String, String> found) {
        this.config = config;
        this.files = files;
        this.found = found;
    }

    InstancePlan.Command resolve(InstanceSpec spec) throws RuntimeFailure {
        List<String> arguments = new ArrayList<>(config.entrypoint());
        arguments.addAll(spec.startCommand().isEmpty() ? config.command() : spec.startCommand());
        if (arguments.isEmpty()) {
            throw new RuntimeFailure(
                    Kind.BAD_COMMAND,
                    "the image has no ENTRYPOINT and no CMD, and no start command was given; set one of them");
        }
        if (config.workingDirectory().indexOf('\0') >= 0
                || arguments.stream().anyMatch(part -> part.indexOf('\0') >= 0)) {
            throw new RuntimeFailure(Kind.BAD_COMMAND, "the image's command or working directory has a zero byte");
        }
        ImageUser user = ImageUser.of(config.user(), files);
        Map<String, String> environment = environment(spec, user);
        String directory = "/" + String.join("/", LayerTree.parts(config.workingDirectory()));
        String path = executable(arguments.get(0), directory, environment.getOrDefault("PATH", DEFAULT_PATH));
        return new InstancePlan.Command(
                path,
                arguments,
                environment.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toList(),
                directory,
                user);
    }

    private Map<String, String> environment(InstanceSpec spec, ImageUser user) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PATH", DEFAULT_PATH);
        environment.put("HOSTNAME", spec.id());
        environment.put("HOME", user.home());
        environment.put("PORT", Integer.toString(spec.port()));
        for (String entry : config.env()) {
            int equals = entry.indexOf('=');
            environment.put(entry.substring(0, equals), entry.substring(equals + 1));
        }
        environment.putAll(found);
        environment.putAll(spec.environment());
        return environment;
    }

    private String executable(String command, String directory, String path) throws RuntimeFailure {
        if (command.contains("/")) {
            String absolute = command.startsWith("/") ? command : directory + "/" + command;
            check(command, files.find(absolute));
            return absolute;
        }
        for (String candidate : path.split(":", -1)) {
            String absolute = candidate + "/" + command;
            Optional<ImageFiles.Found> found = files.find(absolute);
            if (found.isPresent() && isExecutable(found.get())) {
                check(command, found);
                return absolute;
            }
        }
        throw new RuntimeFailure(
                Kind.BAD_COMMAND,
                "the command `" + command + "` is not in the image (looked in " + path
                        + "); correct the start command or the image's ENTRYPOINT");
    }

    private void check(String command, Optional<ImageFiles.Found> found) throws RuntimeFailure {
        if (found.isEmpty()) {
            throw new RuntimeFailure(
                    Kind.BAD_COMMAND,
                    "the command `" + command
                            + "` is not in the image; correct the start command or the image's ENTRYPOINT");
        }
        if (!isExecutable(found.get())) {
            throw new RuntimeFailure(
                    Kind.BAD_COMMAND,
                    "the command `" + command
                            + "` is in the image but is not an executable file; set its mode (chmod +x)");
        }
        byte[] head = head(found.get());
        if (head.length >= 20 && head[0] == 0x7f && head[1] == 'E' && head[2] == 'L' && head[3] == 'F') {
            int machine = head[18] & 0xff | (head[19] & 0xff) << 8;
            if (machine != X86_64 || head[4] != 2) {
                throw new RuntimeFailure(
                        Kind.WRONG_PLATFORM,
                        "the command `" + command + "` is a program for another processor than linux/amd64; "
                                + "build the image with --platform linux/amd64");
            }
        } else if (head.length >= 2 && head[0] == '#' && head[1] == '!') {
            String line = new String(head, 2, head.length - 2, StandardCharsets.UTF_8).split("\n", 2)[0];
            String interpreter = line.strip().split("\\s+", 2)[0].replace("\r", "");
            if (files.find(interpreter).isEmpty() || line.endsWith("\r")) {
                throw new RuntimeFailure(
                        Kind.BAD_COMMAND,
                        "the command `" + command + "` is a script for `" + interpreter + "`, which is not in the image"
                                + (line.endsWith("\r") ? " (the script has Windows line ends)" : ""));
            }
        } else {
            throw new RuntimeFailure(
                    Kind.BAD_COMMAND,
                    "the command `" + command + "` is neither a program nor a script that begins with #!");
        }
    }

    private static boolean isExecutable(ImageFiles.Found found) {
        try {
            return found.attributes().isRegularFile()
                    && ((Integer) Files.getAttribute(found.file(), "unix:mode") & 0111) != 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static byte[] head(ImageFiles.Found found) {
        try (InputStream in = Files.newInputStream(found.file())) {
            return in.readNBytes(256);
        } catch (IOException e) {
            return new byte[0];
        }
    }
}
