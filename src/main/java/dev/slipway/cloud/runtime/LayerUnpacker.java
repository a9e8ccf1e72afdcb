package dev.slipway.cloud.runtime;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Writes one layer into an empty directory. The layer is not trusted: nothing is written or read outside the directory, devices are left out, and
 * there is a limit on bytes and files. Whiteouts are collected, not made, because making them needs system calls that Java does not have.
 */
final class LayerUnpacker {
    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";

    private final LayerTree tree;
    private final Path root;
    private final DiskUse limits;
    private final DiskUse below;
    private final boolean setOwners;
    private final Set<String> whiteouts = new LinkedHashSet<>();
    private final Set<String> opaque = new LinkedHashSet<>();
    private final Deque<Later> directories = new ArrayDeque<>();
    private final byte[] buffer = new byte[1 << 16];
    private DiskUse use = DiskUse.NONE;

    /** Attributes of a directory, set last, so that one without the right to write can be filled. */
    private record Later(Path directory, TarEntry entry) {}

    /**
     * @param limits of the whole image
     * @param below what the layers below take of that
     * @param setOwners give files the owners that the layer says; only root can
     */
    LayerUnpacker(Path root, DiskUse limits, DiskUse below, boolean setOwners) {
        this.root = root;
        this.tree = new LayerTree(root);
        this.limits = limits;
        this.below = below;
        this.setOwners = setOwners;
    }

    /** @throws IOException with a message for people when the layer is broken, hostile or too large */
    LayerRecord unpack(TarReader tar) throws IOException {
        TarEntry entry;
        while ((entry = tar.next()) != null) {
            use = use.plus(new DiskUse(entry.size(), 1));
            limits.mustHold(below.plus(use));
            if (entry.name().indexOf('\0') >= 0 || entry.linkName().indexOf('\0') >= 0) {
                throw new IOException("the layer has a file name with a zero byte in it");
            }
            try {
                write(entry, tar);
            } catch (InvalidPathException e) {
                throw new IOException(
                        "the file name `" + entry.name() + "` can't be written in this process's locale; "
                                + "set LC_ALL=C.UTF-8 and start the local cloud again",
                        e);
            }
        }
        while (!directories.isEmpty()) {
            Later later = directories.removeLast();
            BasicFileAttributes now = LayerTree.attributes(later.directory());
            if (now != null && now.isDirectory()) {
                setAttributes(later.directory(), later.entry());
            }
        }
        settleWhiteouts();
        return new LayerRecord(use.bytes(), use.files(), List.copyOf(whiteouts), List.copyOf(opaque));
    }

    private void write(TarEntry entry, TarReader tar) throws IOException {
        List<String> parts = LayerTree.parts(entry.name());
        if (parts.isEmpty()) {
            if (entry.type() == '5') {
                directories.add(new Later(root, entry));
            }
            return;
        }
        Path parent = tree.parentOf(parts);
        String name = parts.get(parts.size() - 1);
        if (name.equals(OPAQUE)) {
            opaque.add(relative(parent));
        } else if (name.startsWith(WHITEOUT)) {
            whiteout(parent, name.substring(WHITEOUT.length()));
        } else {
            place(entry, tar, parent.resolve(name));
        }
    }

    private void whiteout(Path parent, String name) throws IOException {
        if (name.startsWith(WHITEOUT)) {
            return; // Bookkeeping of other storage drivers.
        }
        if (name.isEmpty() || name.equals(".") || name.equals("..")) {
            throw new IOException("the layer removes the file `" + name + "`, which is no name");
        }
        whiteouts.add(relative(parent.resolve(name)));
    }

    /** What the layer both removes and makes again is a directory that hides the one below. */
    private void settleWhiteouts() {
        for (String removed : List.copyOf(whiteouts)) {
            BasicFileAttributes made = LayerTree.attributes(root.resolve(removed));
            if (made != null) {
                whiteouts.remove(removed);
                if (made.isDirectory()) {
                    opaque.add(removed);
                }
            }
        }
    }

    private void place(TarEntry entry, TarReader tar, Path place) throws IOException {
        switch (entry.type()) {
            case '0' -> {
                tree.remove(place);
                file(tar, place);
                setAttributes(place, entry);
            }
            case '1' -> hardLink(entry, place);
            case '2' -> {
                tree.remove(place);
                Files.createSymbolicLink(place, place.getFileSystem().getPath(entry.linkName()));
                own(place, entry);
            }
            case '5' -> {
                BasicFileAttributes now = LayerTree.attributes(place);
                if (now == null || !now.isDirectory()) {
                    tree.remove(place);
                    Files.createDirectory(place);
                }
                directories.add(new Later(place, entry));
            }
            case '3', '4', '6' -> tree.remove(place); // Devices and pipes: the instance gets its own /dev.
            default ->
                throw new IOException(
                        "the layer has an entry of the unknown type `" + entry.type() + "` (`" + entry.name() + "`)");
        }
    }

    private void file(TarReader tar, Path place) throws IOException {
        try (OutputStream out = Files.newOutputStream(
                place, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            int count;
            while ((count = tar.read(buffer)) >= 0) {
                out.write(buffer, 0, count);
            }
        }
    }

    private void hardLink(TarEntry entry, Path place) throws IOException {
        List<String> parts = LayerTree.parts(entry.linkName());
        Path target = parts.isEmpty() ? root : tree.parentOf(parts).resolve(parts.get(parts.size() - 1));
        BasicFileAttributes attributes = LayerTree.attributes(target);
        if (attributes == null || attributes.isDirectory()) {
            throw new IOException("the layer links `" + entry.name() + "` to `" + entry.linkName()
                    + "`, which is no file of the layer");
        }
        if (!target.equals(place)) {
            tree.remove(place);
            Files.createLink(place, target);
        }
    }

    private void setAttributes(Path place, TarEntry entry) throws IOException {
        own(place, entry);
        // After the owner, because changing that clears the set-user-id bit.
        Files.setAttribute(place, "unix:mode", entry.mode(), LinkOption.NOFOLLOW_LINKS);
        Files.setLastModifiedTime(place, FileTime.from(entry.modified(), TimeUnit.SECONDS));
    }

    private void own(Path place, TarEntry entry) throws IOException {
        if (setOwners) {
            Files.setAttribute(place, "unix:uid", entry.uid(), LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(place, "unix:gid", entry.gid(), LinkOption.NOFOLLOW_LINKS);
        }
    }

    private String relative(Path place) {
        return root.relativize(place).toString();
    }
}
