package dev.slipway.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The git checkout around a project, as Pulumi's history tells it; nothing where there is none, or no {@code git}. */
final class Checkout {
    private static final Pattern SSH = Pattern.compile("(?:ssh://)?[^@/]+@([^:/]+)(?::\\d+/|[:/])(.+)");

    private final Map<String, String> facts = new TreeMap<>();
    private String title = "";

    /** Asks git, which takes some milliseconds. */
    static Checkout around(Path project) {
        var checkout = new Checkout();
        for (Path at = project.toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(".git"))) {
                checkout.ask(project, at);
                break;
            }
        }
        return checkout;
    }

    /** By Pulumi's names: {@code git.head}, {@code vcs.repo}, …. */
    Map<String, String> facts() {
        return facts;
    }

    /** The first line of the last commit's message; may be empty. */
    String title() {
        return title;
    }

    private void ask(Path project, Path top) {
        Optional<Process> log = start(project, "log", "-1", "--format=%H%n%an%n%ae%n%cn%n%ce%n%B");
        Optional<Process> head = start(project, "symbolic-ref", "-q", "HEAD");
        Optional<Process> status = start(project, "status", "--porcelain");
        Optional<Process> remote = start(project, "config", "--get", "remote.origin.url");
        answer(remote).ifPresent(url -> remote(url, project, top));
        answer(log)
                .map(text -> text.split("\n", 7))
                .filter(lines -> lines.length > 5)
                .ifPresent(lines -> {
                    facts.put("git.head", lines[0]);
                    facts.put("git.author", lines[1]);
                    facts.put("git.author.email", lines[2]);
                    facts.put("git.committer", lines[3]);
                    facts.put("git.committer.email", lines[4]);
                    title = lines[5];
                });
        answer(head).filter(name -> !title.isEmpty()).ifPresent(name -> facts.put("git.headName", name));
        answer(status).ifPresent(changes -> facts.put("git.dirty", Boolean.toString(!changes.isEmpty())));
    }

    private void remote(String url, Path project, Path top) {
        facts.put(
                "vcs.root",
                Optional.of(top.relativize(project.toAbsolutePath()).toString())
                        .filter(path -> !path.isEmpty())
                        .orElse("."));
        repository(url).ifPresent(facts::putAll);
    }

    /** Whose repository it is, and where, by its remote address; credentials in it are left out. */
    static Optional<Map<String, String>> repository(String url) {
        Matcher ssh = SSH.matcher(url);
        String host;
        String path;
        if (url.startsWith("http://") || url.startsWith("https://")) {
            try {
                URI address = URI.create(url);
                host = address.getHost() == null ? "" : address.getHost();
                path = address.getPath().replaceFirst("^/", "");
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        } else if (ssh.matches()) {
            host = ssh.group(1);
            path = ssh.group(2);
        } else {
            return Optional.empty();
        }
        String name = path.replaceFirst("\\.git$", "");
        int slash = name.indexOf('/');
        return host.isEmpty() || slash < 1
                ? Optional.empty()
                : Optional.of(Map.of(
                        "vcs.kind",
                        host,
                        "vcs.owner",
                        name.substring(0, slash),
                        "vcs.repo",
                        name.substring(slash + 1)));
    }

    private static Optional<Process> start(Path directory, String... arguments) {
        var command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        // Looking must not wait for, or take, the lock of the index.
        builder.environment().put("GIT_OPTIONAL_LOCKS", "0");
        try {
            return Optional.of(builder.start());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> answer(Optional<Process> process) {
        if (process.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream out = process.get().getInputStream()) {
            String text = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.get().waitFor() == 0 ? Optional.of(text) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
