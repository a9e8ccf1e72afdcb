package dev.slipway.engine.state;

import java.util.regex.Pattern;

/** One deployment of one project. The local state directory knows only the organization {@code organization}, as Pulumi's does. */
public record StackName(String organization, String project, String stack) {
    public static final String LOCAL_ORGANIZATION = "organization";
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_.-]{1,100}");

    public StackName {
        check("organization", organization);
        check("project", project);
        check("stack", stack);
    }

    public static StackName of(String project, String stack) {
        return new StackName(LOCAL_ORGANIZATION, project, stack);
    }

    private static void check(String what, String name) {
        boolean dots = name.chars().allMatch(c -> c == '.');
        if (dots || !PART.matcher(name).matches()) {
            throw new IllegalArgumentException("the " + what + " name `" + name
                    + "` is not usable: expected 1 to 100 letters, digits, hyphens, underscores or periods");
        }
    }

    /** The form {@code organization/project/stack}. */
    @Override
    public String toString() {
        return organization + "/" + project + "/" + stack;
    }
}
