package dev.slipway.cloud.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The files of an image as an instance will see them, without mounting anything; every name stays inside the image. */
final class ImageFiles {
    private static final int MOST_LINKS = 40;

    private final List<Layer> layers;

    private record Layer(Path root, Set<String> whiteouts, Set<String> opaque) {}

    /** @param place inside the image, absolute and without links; {@code file} is where its bytes are */
    record Found(String place, Path file, BasicFileAttributes attributes) {}

    private ImageFiles(List<Layer> layers) {
        this.layers = layers;
    }

    /** @param names topmost first */
    static ImageFiles of(LayerStore store, List<String> names) throws IOException {
        List<Layer> layers = new java.util.ArrayList<>();
        for (String name : names) {
            LayerRecord record = store.record(name);
            layers.add(new Layer(
                    store.directory().resolve(name), Set.copyOf(record.whiteouts()), Set.copyOf(record.opaque())));
        }
        return new ImageFiles(layers);
    }

    /** Follows links inside the image; empty when there is nothing. */
    Optional<Found> find(String name) {
        Deque<String> todo = new ArrayDeque<>(List.of(name.split("/", -1)));
        Deque<String> at = new ArrayDeque<>();
        int links = 0;
        Optional<Found> found = look("");
        while (!todo.isEmpty()) {
            String part = todo.removeFirst();
            if (part.isEmpty() || part.equals(".")) {
                continue;
            }
            if (part.equals("..")) {
                at.pollLast();
                found = look(String.join("/", at));
                continue;
            }
            at.addLast(part);
            found = look(String.join("/", at));
            if (found.isEmpty()) {
                return found;
            }
            if (found.get().attributes().isSymbolicLink()) {
                if (++links > MOST_LINKS) {
                    return Optional.empty();
                }
                at.removeLast();
                String target = target(found.get().file());
                if (target.startsWith("/")) {
                    at.clear();
                }
                String[] parts = target.split("/", -1);
                for (int i = parts.length - 1; i >= 0; i--) {
                    todo.addFirst(parts[i]);
                }
                found = look(String.join("/", at));
            }
        }
        return found;
    }

    /** The content of a file of at most a mebibyte as lines; none when it is not there or not readable. */
    List<String> lines(String name) {
        Optional<Found> found = find(name);
        if (found.isEmpty()
                || !found.get().attributes().isRegularFile()
                || found.get().attributes().size() > 1 << 20) {
            return List.of();
        }
        try {
            return new String(Files.readAllBytes(found.get().file()), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private Optional<Found> look(String place) {
        for (Layer layer : layers) {
            Path file = layer.root();
            String at = "";
            boolean hidesBelow = layer.opaque().contains("");
            boolean here = true;
            BasicFileAttributes attributes = LayerTree.attributes(file);
            for (String part : place.isEmpty() ? new String[0] : place.split("/")) {
                if (attributes == null || !attributes.isDirectory()) {
                    return Optional.empty(); // A file where a directory is asked for hides what is below.
                }
                at = at.isEmpty() ? part : at + "/" + part;
                if (layer.whiteouts().contains(at)) {
                    return Optional.empty();
                }
                file = file.resolve(part);
                attributes = LayerTree.attributes(file);
                if (attributes == null) {
                    here = false;
                    break;
                }
                hidesBelow |= layer.opaque().contains(at) && !at.equals(place);
            }
            if (here && attributes != null) {
                return Optional.of(new Found("/" + place, file, attributes));
            }
            if (hidesBelow) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }
}
