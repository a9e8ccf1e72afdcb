package dev.slipway.cloud.runtime;

import dev.slipway.cloud.runtime.RuntimeFailure.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The user an image asks for, as numbers, with all groups and the home directory that the image's own files say. */
record ImageUser(int uid, int gid, List<Integer> groups, String home) {
    ImageUser {
        groups = List.copyOf(groups);
    }

    /**
     * Reads {@code uid}, {@code uid:gid}, {@code name} or {@code name:group}; empty is root.
     *
     * @throws RuntimeFailure when a name is not in the image's {@code /etc/passwd} or {@code /etc/group}
     */
    static ImageUser of(String text, ImageFiles files) throws RuntimeFailure {
        int colon = text.indexOf(':');
        String user = colon < 0 ? text : text.substring(0, colon);
        String group = colon < 0 ? "" : text.substring(colon + 1);
        String wanted = user.isEmpty() ? "0" : user;
        List<List<String>> accounts = table(files, "/etc/passwd", 6);
        Optional<List<String>> account = accounts.stream()
                .filter(fields -> fields.get(0).equals(wanted))
                .findFirst()
                .or(() -> accounts.stream()
                        .filter(fields -> fields.get(2).equals(wanted))
                        .findFirst());
        int uid = number(account.map(fields -> fields.get(2)).orElse(wanted))
                .orElseThrow(() -> unknown("user", user, "/etc/passwd"));
        String name = account.map(fields -> fields.get(0)).orElse("");
        String home = account.map(fields -> fields.get(5))
                .filter(value -> !value.isEmpty())
                .orElse("/");
        List<List<String>> all = table(files, "/etc/group", 4);
        if (!group.isEmpty()) {
            int gid = number(all.stream()
                            .filter(fields -> fields.get(0).equals(group))
                            .map(fields -> fields.get(2))
                            .findFirst()
                            .orElse(group))
                    .orElseThrow(() -> unknown("group", group, "/etc/group"));
            return new ImageUser(uid, gid, List.of(gid), home);
        }
        int gid = account.flatMap(fields -> number(fields.get(3))).orElse(0);
        List<Integer> groups = new ArrayList<>(List.of(gid));
        all.stream()
                .filter(fields ->
                        !name.isEmpty() && List.of(fields.get(3).split(",")).contains(name))
                .flatMap(fields -> number(fields.get(2)).stream())
                .filter(id -> !groups.contains(id))
                .forEach(groups::add);
        return new ImageUser(uid, gid, groups, home);
    }

    /** Rows with a name, a password and a number; what else a row lacks, as those written by hand often do, is empty. */
    private static List<List<String>> table(ImageFiles files, String name, int fields) {
        return files.lines(name).stream()
                .map(line -> List.of(line.split(":", -1)))
                .filter(row -> row.size() > 2)
                .map(row -> Stream.concat(row.stream(), Collections.nCopies(fields, "").stream())
                        .limit(Math.max(fields, row.size()))
                        .toList())
                .toList();
    }

    private static Optional<Integer> number(String text) {
        try {
            int value = Integer.parseInt(text);
            return value < 0 ? Optional.empty() : Optional.of(value);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static RuntimeFailure unknown(String what, String name, String file) {
        return new RuntimeFailure(
                Kind.BAD_COMMAND,
                "the image wants to run as the " + what + " `" + name + "`, which its " + file + " does not have; "
                        + "correct USER in the image's build file");
    }
}
