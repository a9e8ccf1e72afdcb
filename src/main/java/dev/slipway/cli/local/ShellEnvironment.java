package dev.slipway.cli.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a shell needs so that AWS's and the containers' tools speak to a running local cloud: variables, and the files that some of them
 * name.
 *
 * @param accounts twelve digits each; the shell is the root of the first, images of all can be pulled by their AWS names
 * @param regions the first is the shell's own
 * @param ownLogins whether docker, podman and skopeo keep their logins in the home instead of where they usually do
 */
public record ShellEnvironment(
        LocalHome home, LocalProcess cloud, List<String> accounts, List<String> regions, boolean ownLogins) {
    /** What would win over the variables that are set. */
    public static final List<String> FORGOTTEN = List.of("AWS_SESSION_TOKEN", "AWS_PROFILE", "AWS_DEFAULT_PROFILE");

    public ShellEnvironment {
        accounts = List.copyOf(accounts);
        regions = List.copyOf(regions);
    }

    /** Writes the files and returns the variables, in the order to show them. */
    public Map<String, String> prepare() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("AWS_ENDPOINT_URL", cloud.endpoint().toString());
        variables.put("AWS_REGION", regions.get(0));
        variables.put("AWS_DEFAULT_REGION", regions.get(0));
        variables.put("AWS_ACCESS_KEY_ID", accounts.get(0));
        variables.put("AWS_SECRET_ACCESS_KEY", "local");
        variables.put("SLIPWAY_REGISTRY", cloud.endpoint().getAuthority());
        variables.put(
                "CONTAINERS_REGISTRIES_CONF",
                write("registries.conf", registries()).toString());
        if (ownLogins) {
            variables.put("DOCKER_CONFIG", home.directory().resolve("docker").toString());
            variables.put(
                    "REGISTRY_AUTH_FILE", keep("docker/config.json", "{}\n").toString());
        }
        return variables;
    }

    /** The names that images have on AWS, as addresses of this cloud; podman and skopeo read it. */
    private String registries() {
        String here = cloud.endpoint().getAuthority();
        StringBuilder text = new StringBuilder("# Written by `slipway local env`.\n");
        registry(text, here, here);
        registry(text, "public.ecr.aws", here + "/public.ecr.aws");
        for (String account : accounts) {
            for (String region : regions) {
                registry(text, account + ".dkr.ecr." + region + ".amazonaws.com", here + "/" + account + "/" + region);
            }
        }
        return text.toString();
    }

    private static void registry(StringBuilder text, String prefix, String location) {
        text.append("\n[[registry]]\nprefix = \"")
                .append(prefix)
                .append("\"\nlocation = \"")
                .append(location)
                .append("\"\ninsecure = true\n");
    }

    private Path keep(String name, String text) {
        Path file = home.directory().resolve(name);
        return Files.exists(file) ? file : write(name, text);
    }

    private Path write(String name, String text) {
        Path file = home.directory().resolve(name);
        Path next = home.directory().resolve(name + ".next");
        try {
            Files.createDirectories(home.make().directory().resolve(name).getParent());
            Files.writeString(next, text);
            return Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + file + ": " + e.getMessage(), e);
        }
    }
}
