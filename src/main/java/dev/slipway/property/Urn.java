package dev.slipway.property;

import java.util.Objects;

/**
 * A resource's name that stays the same over its life:
 * {@code urn:pulumi:STACK::PROJECT::[PARENT-TYPE$]TYPE::NAME}. The form is Pulumi's.
 */
public record Urn(String text) {
    private static final String PREFIX = "urn:pulumi:";
    private static final String SEPARATOR = "::";
    private static final int LAST = 3;
    public static final String STACK_TYPE = "pulumi:pulumi:Stack";

    public Urn {
        Objects.requireNonNull(text, "text is null");
        if (!text.startsWith(PREFIX) || start(text, LAST) < 0) {
            throw new IllegalArgumentException("expected urn:pulumi:STACK::PROJECT::TYPE::NAME, got " + text);
        }
    }

    /** The URN of a resource; {@code parentQualifiedType} is empty for none and for the stack itself. */
    public static Urn of(String stack, String project, String parentQualifiedType, String type, String name) {
        boolean topLevel = parentQualifiedType.isEmpty() || parentQualifiedType.equals(STACK_TYPE);
        String qualified = topLevel ? type : parentQualifiedType + "$" + type;
        return new Urn(PREFIX + stack + "::" + project + "::" + qualified + "::" + name);
    }

    public String stack() {
        return part(0).substring(PREFIX.length());
    }

    public String project() {
        return part(1);
    }

    /** The types of all ancestors and the resource, joined by {@code $}. */
    public String qualifiedType() {
        return part(2);
    }

    /** The resource's own type token, for example {@code slipway:index:Service}. */
    public String type() {
        String qualified = qualifiedType();
        return qualified.substring(qualified.lastIndexOf('$') + 1);
    }

    public String name() {
        return part(3);
    }

    private String part(int index) {
        int start = start(text, index);
        return index == LAST ? text.substring(start) : text.substring(start, text.indexOf(SEPARATOR, start));
    }

    /** Where a part begins; negative when there are not so many. */
    private static int start(String text, int index) {
        int start = 0;
        for (int part = 0; part < index; part++) {
            int end = text.indexOf(SEPARATOR, start);
            if (end < 0) {
                return -1;
            }
            start = end + SEPARATOR.length();
        }
        return start;
    }

    @Override
    public String toString() {
        return text;
    }
}
