package dev.slipway.cloud.runtime;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts an image's layers together by copying, where the kernel can't lay them over one another. */
final class RootCopy {
    private RootCopy() {}

    /** @param names topmost first */
    static void make(LayerStore store, List<String> names, Path root, boolean setOwners) throws IOException {
        List<String> baseFirst = new ArrayList<>(names);
        Collections.reverse(baseFirst);
        for (String name : baseFirst) {
            LayerRecord record = store.record(name);
            LayerTree tree = new LayerTree(root);
            for (String removed : record.whiteouts()) {
                List<String> parts = LayerTree.parts(removed);
                tree.remove(tree.parentOf(parts).resolve(parts.get(parts.size() - 1)));
            }
            for (String emptied : record.opaque()) {
                Path directory = root.resolve(emptied);
                if (isDirectory(directory)) {
                    TreeRemoval.of(directory);
                    Files.createDirectory(directory);
                }
            }
            copy(store.directory().resolve(name), root, setOwners);
        }
    }

    private static void copy(Path layer, Path root, boolean setOwners) throws IOException {
        Files.walkFileTree(layer, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Path place = root.resolve(layer.relativize(directory).toString());
                if (!isDirectory(place)) {
                    TreeRemoval.of(place);
                    Files.createDirectory(place);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isOther()) {
                    return FileVisitResult.CONTINUE; // A whiteout.
                }
                Path place = root.resolve(layer.relativize(file).toString());
                TreeRemoval.of(place);
                Files.copy(file, place, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
                own(file, place);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException cause) throws IOException {
                Path place = root.resolve(layer.relativize(directory).toString());
                own(directory, place);
                return FileVisitResult.CONTINUE;
            }

            private void own(Path from, Path to) throws IOException {
                for (String attribute : setOwners ? List.of("uid", "gid", "mode") : List.of("mode")) {
                    if (!attribute.equals("mode") || !Files.isSymbolicLink(to)) {
                        Object value = Files.getAttribute(from, "unix:" + attribute, LinkOption.NOFOLLOW_LINKS);
                        Object set = attribute.equals("mode") ? (Object) ((Integer) value & 07777) : value;
                        Files.setAttribute(to, "unix:" + attribute, set, LinkOption.NOFOLLOW_LINKS);
                    }
                }
            }
        });
    }

    private static boolean isDirectory(Path place) {
        BasicFileAttributes attributes = LayerTree.attributes(place);
        return attributes != null && attributes.isDirectory();
    }
}
