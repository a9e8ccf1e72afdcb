package dev.slipway.provider;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import dev.slipway.protocol.Autonaming;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Physical names for resources that were given none: the resource's name, a dash and seven hexadecimal digits. */
final class AutoName {
    private static final int DIGITS = 7;

    /** Where Pulumi's providers keep the names of inputs that they filled in. */
    private static final String DEFAULTS = "__defaults";

    private AutoName() {}

    /** The same for one preview and its update, because both have the same seed. */
    static String of(Urn urn, String randomSeed, int longest) {
        return base(urn, longest) + "-" + digits(randomSeed + "\n" + urn.text());
    }

    /** Whether {@code name} was made by {@link #of} for this resource, with whatever seed. */
    static boolean made(String name, Urn urn, int longest) {
        String start = base(urn, longest) + "-";
        return name.startsWith(start) && name.substring(start.length()).matches("[0-9a-f]{" + DIGITS + "}");
    }

    /** Whether the checked inputs {@code olds} have a name at {@code property} that no program gave. */
    static boolean madeIn(PropertyMap olds, String property, Urn urn, int longest) {
        boolean remembered =
                olds.get(DEFAULTS).filter(made -> made.equals(only(property))).isPresent();
        return remembered
                || olds.text(property).filter(name -> made(name, urn, longest)).isPresent();
    }

    /** Notes in checked inputs that a program did not give {@code property}, because its value does not show that. */
    static PropertyMap remember(PropertyMap checked, String property) {
        return checked.with(DEFAULTS, only(property));
    }

    private static PropertyValue only(String property) {
        return PropertyValue.of(List.of(PropertyValue.of(property)));
    }

    /** The name that an engine proposes; when it may be fitted, with no other characters and no longer than the service allows. */
    static String fitted(Autonaming wish, int longest) {
        if (wish.mode() == Autonaming.Mode.ENFORCE) {
            return wish.proposedName();
        }
        String plain = plain(wish.proposedName());
        return plain.substring(0, Math.min(plain.length(), longest));
    }

    /** Seven digits that only this text has. */
    static String digits(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String base(Urn urn, int longest) {
        String base = plain(urn.name());
        return base.substring(0, Math.min(base.length(), longest - DIGITS - 1));
    }

    private static String plain(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9_-]", "-").replaceFirst("^[^A-Za-z0-9]+", "");
        return plain.isEmpty() ? "resource" : plain;
    }
}
