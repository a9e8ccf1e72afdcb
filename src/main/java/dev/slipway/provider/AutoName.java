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
import java.util.Locale;

/** Physical names for resources that were given none: the resource's name, a dash and seven hexadecimal digits. */
final class AutoName {
    private static final int DIGITS = 7;

    /** Where Pulumi's providers keep the names of inputs that they filled in. */
    private static final String DEFAULTS = "__defaults";

    private AutoName() {}

    /** The same for one preview and its update, because both have the same seed. */
    static String of(Urn urn, String randomSeed, ResourceHandler.PhysicalName physical) {
        return base(urn, physical) + "-" + digits(randomSeed + "\n" + urn.text());
    }

    /** Whether {@code name} was made by {@link #of} for this resource, with whatever seed. */
    static boolean made(String name, Urn urn, ResourceHandler.PhysicalName physical) {
        String start = base(urn, physical) + "-";
        return name.startsWith(start) && name.substring(start.length()).matches("[0-9a-f]{" + DIGITS + "}");
    }

    /** Whether the checked inputs {@code olds} have a physical name that no program gave. */
    static boolean madeIn(PropertyMap olds, Urn urn, ResourceHandler.PhysicalName physical) {
        String property = physical.property();
        boolean remembered =
                olds.get(DEFAULTS).filter(made -> made.equals(only(property))).isPresent();
        return remembered
                || olds.text(property).filter(name -> made(name, urn, physical)).isPresent();
    }

    /** Notes in checked inputs that a program did not give {@code property}, because its value does not show that. */
    static PropertyMap remember(PropertyMap checked, String property) {
        return checked.with(DEFAULTS, only(property));
    }

    private static PropertyValue only(String property) {
        return PropertyValue.of(List.of(PropertyValue.of(property)));
    }

    /** The name that an engine proposes; when it may be fitted, with no other characters and no longer than the service allows. */
    static String fitted(Autonaming wish, ResourceHandler.PhysicalName physical) {
        if (wish.mode() == Autonaming.Mode.ENFORCE) {
            return wish.proposedName();
        }
        return cut(plain(wish.proposedName(), physical), physical.longest(), physical);
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

    private static String base(Urn urn, ResourceHandler.PhysicalName physical) {
        return cut(plain(urn.name(), physical), physical.longest() - DIGITS - 1, physical);
    }

    private static String plain(String name, ResourceHandler.PhysicalName physical) {
        String allowed = physical.small()
                ? name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-")
                : name.replaceAll("[^A-Za-z0-9_-]", "-");
        String plain = allowed.replaceFirst("^[^A-Za-z0-9]+", "");
        return plain.isEmpty() ? "resource" : plain;
    }

    private static String cut(String plain, int longest, ResourceHandler.PhysicalName physical) {
        String cut = plain.substring(0, Math.min(plain.length(), longest));
        return physical.small() ? cut.replaceFirst("-$", "") : cut;
    }
}
