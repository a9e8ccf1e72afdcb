package dev.slipway.cloud.registry;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a request is about.
 *
 * @param base the path up to and with the repository's name, as the client addressed it: answers that name a place begin with it
 * @param last the reference, digest or upload id; may be empty
 */
record Route(Kind kind, RepositoryId repository, String base, String last) {
    enum Kind {
        MANIFEST,
        BLOB,
        UPLOAD,
        TAGS,
        REFERRERS
    }

    private static final String REGION = "[a-z]{2,}(?:-[a-z]+)+-[0-9]";
    private static final Pattern PRIVATE_HOST =
            Pattern.compile("([0-9]{12})\\.dkr\\.ecr\\.(" + REGION + ")\\.(?:amazonaws\\.com|localhost)");
    private static final Pattern PRIVATE_PATH = Pattern.compile("([0-9]{12})/(" + REGION + ")/(.+)");
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*");
    private static final int LONGEST_NAME = 256;
    /** With an account and a region before it. What is longer is not even looked at: a long text could exhaust a pattern's stack. */
    private static final int LONGEST_PATH = 320;
    // The name is greedy: a repository may be called a/blobs/b.
    private static final Pattern UPLOAD = Pattern.compile("(.+)/blobs/uploads(?:/([A-Za-z0-9-]*))?");
    private static final Pattern BLOB = Pattern.compile("(.+)/blobs/([^/]+)");
    private static final Pattern MANIFEST = Pattern.compile("(.+)/manifests/([^/]+)");
    private static final Pattern TAGS = Pattern.compile("(.+)/tags/list()");
    private static final Pattern REFERRERS = Pattern.compile("(.+)/referrers/([^/]+)");

    /**
     * Reads the path after {@code /v2/}; empty when it is none that the registry knows.
     *
     * @throws RegistryException {@code NAME_INVALID} or {@code NAME_UNKNOWN} with the form that is expected
     */
    static Optional<Route> parse(String host, String encodedPath) {
        String rest = decode(encodedPath).substring("/v2/".length());
        Matcher match = UPLOAD.matcher(rest);
        if (match.matches()) {
            String id = match.group(2) == null ? "" : match.group(2);
            return Optional.of(route(Kind.UPLOAD, host, match.group(1), id));
        }
        for (Kind kind : new Kind[] {Kind.MANIFEST, Kind.BLOB, Kind.TAGS, Kind.REFERRERS}) {
            match = pattern(kind).matcher(rest);
            if (match.matches()) {
                return Optional.of(route(kind, host, match.group(1), match.group(2)));
            }
        }
        return Optional.empty();
    }

    private static Pattern pattern(Kind kind) {
        return switch (kind) {
            case MANIFEST -> MANIFEST;
            case BLOB -> BLOB;
            case UPLOAD -> UPLOAD;
            case TAGS -> TAGS;
            case REFERRERS -> REFERRERS;
        };
    }

    private static Route route(Kind kind, String host, String name, String last) {
        return new Route(kind, repository(host, name), "/v2/" + name, last);
    }

    /** The repository that a name means, for a client that speaks to {@code host}. */
    static RepositoryId repository(String host, String name) {
        if (name.length() > LONGEST_PATH || host.length() > LONGEST_PATH) {
            throw new RegistryException(
                    400, "NAME_INVALID", "the repository's name has more than " + LONGEST_NAME + " characters");
        }
        String bare = bare(host);
        Matcher match = PRIVATE_HOST.matcher(bare);
        if (match.matches()) {
            return RepositoryId.of(match.group(1), match.group(2), valid(name));
        }
        if (bare.equals(RepositoryId.GALLERY_HOST)) {
            return RepositoryId.gallery(valid(name));
        }
        if (name.startsWith(RepositoryId.GALLERY_HOST + "/")) {
            return RepositoryId.gallery(valid(name.substring(RepositoryId.GALLERY_HOST.length() + 1)));
        }
        match = PRIVATE_PATH.matcher(name);
        if (match.matches()) {
            return RepositoryId.of(match.group(1), match.group(2), valid(match.group(3)));
        }
        throw RegistryException.nameUnknown("`" + name + "` names no repository here; expected " + host
                + "/ACCOUNT/REGION/NAME, for example " + host + "/111122223333/us-east-1/" + example(name)
                + ", or " + host + "/public.ecr.aws/ALIAS/NAME");
    }

    /** Whether the host itself names an account's registry, as on AWS. */
    static boolean isPrivateRegistry(String host) {
        return host.length() <= LONGEST_PATH && PRIVATE_HOST.matcher(bare(host)).matches();
    }

    private static String bare(String host) {
        return host.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]+$", "");
    }

    private static String example(String name) {
        return NAME.matcher(name).matches() ? name : "app";
    }

    private static String valid(String name) {
        if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
            throw new RegistryException(
                    400,
                    "NAME_INVALID",
                    "`" + name + "` is no repository name; expected lower-case letters and digits, single separators"
                            + " (. _ - /) between them, at most " + LONGEST_NAME + " characters");
        }
        return name;
    }

    private static String decode(String path) {
        try {
            String decoded = URI.create(path).getPath();
            if (decoded != null && decoded.startsWith("/v2/")) {
                return decoded;
            }
        } catch (IllegalArgumentException e) {
            throw new RegistryException(400, "NAME_INVALID", "the request's path is not a valid URL path");
        }
        throw new RegistryException(400, "NAME_INVALID", "the request's path is not a valid URL path");
    }
}
