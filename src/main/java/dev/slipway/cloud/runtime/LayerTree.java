package dev.slipway.cloud.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A directory into which untrusted names are resolved as if it were the root of the file system: an absolute name, a {@code ..} and any symbolic
 * link stay inside. Only for one writer at a time.
 */
final class LayerTree {
    private static final int MOST_LINKS = 40;

    private final Path root;
    private final Map<String, Path> known = new HashMap<>();

    LayerTree(Path root) {
        this.root = root;
    }

    /** The name's parts without empty ones and {@code .}; {@code ..} takes one back, at the root nothing. */
    static List<String> parts(String name) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : name.split("/", -1)) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return List.copyOf(parts);
    }

    /** The directory in which the last part of a name lives; made where missing, and in place of what is no directory. */
    Path parentOf(List<String> parts) throws IOException {
        String key = String.join("/", parts.subList(0, parts.size() - 1));
        Path cached = known.get(key);
        if (cached == null) {
            cached = directory(parts.subList(0, parts.size() - 1));
            known.put(key, cached);
        }
        return cached;
    }

    /** Removes what is at a place in this tree, with all that is in it; links are removed, not followed. */
    void remove(Path place) throws IOException {
        BasicFileAttributes attributes = attributes(place);
        if (attributes == null) {
            return;
        }
        if (attributes.isDirectory() || attributes.isSymbolicLink()) {
            known.clear();
        }
        TreeRemoval.of(place);
    }

    private Path directory(List<String> names) throws IOException {
        Deque<String> todo = new ArrayDeque<>(names);
        Path at = root;
        int links = 0;
        while (!todo.isEmpty()) {
            String part = todo.removeFirst();
            if (part.equals("..")) {
                at = above(at);
                continue;
            }
            Path child = at.resolve(part);
            BasicFileAttributes attributes = attributes(child);
            if (attributes != null && attributes.isSymbolicLink()) {
                if (++links > MOST_LINKS) {
                    throw new IOException("too many symbolic links in `" + String.join("/", names) + "`");
                }
                String target = Files.readSymbolicLink(child).toString();
                at = target.startsWith("/") ? root : at;
                prepend(todo, target);
            } else {
                if (attributes != null && !attributes.isDirectory()) {
                    Files.delete(child);
                }
                if (attributes == null || !attributes.isDirectory()) {
                    Files.createDirectory(child);
                    Files.setPosixFilePermissions(child, PosixFilePermissions.fromString("rwxr-xr-x"));
                }
                at = child;
            }
        }
        return at;
    }

    private Path above(Path place) {
        Path parent = place.getParent();
        return parent == null || place.equals(root) ? root : parent;
    }

    private static void prepend(Deque<String> todo, String target) {
        String[] parts = target.split("/", -1);
        for (int i = parts.length - 1; i >= 0; i--) {
            if (!parts[i].isEmpty() && !parts[i].equals(".")) {
                todo.addFirst(parts[i]);
            }
        }
    }

    /** What is at a place itself, null when nothing. */
    static @Nullable BasicFileAttributes attributes(Path place) {
        try {
            return Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            return null;
        }
    }
}
