package dev.slipway.provider.aws;

import dev.slipway.property.Urn;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/**
 * The tag by which a resource is known to be ours, so that a create whose answer was lost finds what it made, and a stranger's resource
 * of the same name is never taken over.
 */
final class OwnershipTag {
    static final String KEY = "slipway:urn";
    private static final int LONGEST = 256;

    private OwnershipTag() {}

    /** The URN in the letters that every AWS service takes in a tag; a longer one is replaced by a digest of it. */
    static String valueOf(Urn urn) {
        String plain = urn.text().replace('$', '/').replaceAll("[^A-Za-z0-9_.:/=+@-]", "_");
        boolean same = plain.equals(urn.text().replace('$', '/'));
        if (same && plain.length() <= LONGEST) {
            return plain;
        }
        String digest = UUID.nameUUIDFromBytes(urn.text().getBytes(StandardCharsets.UTF_8))
                .toString();
        return plain.substring(0, Math.min(plain.length(), LONGEST - 1 - digest.length())) + "=" + digest;
    }

    static boolean isOf(Map<String, String> tags, Urn urn) {
        return valueOf(urn).equals(tags.get(KEY));
    }
}
