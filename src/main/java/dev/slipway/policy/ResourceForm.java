package dev.slipway.policy;

import java.util.List;

/** The form that IAM wants of a resource in an identity policy. The words are IAM's. */
final class ResourceForm {
    private static final int PARTS = 6;
    private static final List<String> PATHS = List.of(
            "user/",
            "federated-user/",
            "role/",
            "group/",
            "instance-profile/",
            "mfa/",
            "server-certificate/",
            "policy/",
            "sms-mfa/",
            "saml-provider/",
            "oidc-provider/",
            "report/",
            "access-report/");

    private ResourceForm() {}

    /** @throws MalformedPolicy when it is neither {@code *} nor an ARN; an ARN may lack its last parts */
    static void require(String resource, String where) {
        if (resource.equals("*")) {
            return;
        }
        List<String> parts = Variables.splitOutside(resource, PARTS);
        String wrong = wrong(resource, parts);
        if (!wrong.isEmpty()) {
            throw new MalformedPolicy(wrong + " (" + where + ")");
        }
    }

    private static String wrong(String resource, List<String> parts) {
        if (parts.size() == 1) {
            return "Resource " + resource + " must be in ARN format or \"*\".";
        }
        String partition = parts.get(1);
        if (!parts.get(0).equals("arn") || !(partition.equals("*") || partition.startsWith("aws"))) {
            return "Partition \"" + partition + "\" is not valid for resource \"" + completed(parts) + "\".";
        }
        if (parts.size() == 2 || parts.get(2).contains("*") || parts.get(2).contains("?")) {
            return "Resource vendor must be fully qualified and cannot contain regexes.";
        }
        boolean cut = parts.size() < PARTS && resource.contains("::");
        return cut || parts.get(2).isEmpty() ? PolicyReader.LEGACY : wrongInService(resource, parts);
    }

    private static String wrongInService(String resource, List<String> parts) {
        boolean region = parts.size() > 3 && !parts.get(3).isEmpty();
        return switch (parts.get(2)) {
            case "s3" -> region ? "Resource " + resource + " can not contain region information." : "";
            case "iam" -> region ? "IAM resource " + resource + " cannot contain region information." : path(parts);
            default -> "";
        };
    }

    private static String path(List<String> parts) {
        String path = parts.size() < PARTS ? "" : parts.get(PARTS - 1);
        boolean known =
                path.equals("*") || path.equals("root") || PATHS.stream().anyMatch(path::startsWith);
        return known
                ? ""
                : "IAM resource path must either be \"*\", root, or start with " + String.join(", ", PATHS) + ".";
    }

    /** The ARN that IAM takes it for. */
    private static String completed(List<String> parts) {
        StringBuilder arn = new StringBuilder("arn");
        for (int i = 1; i < PARTS; i++) {
            arn.append(':').append(i < parts.size() ? parts.get(i) : "*");
        }
        return arn.toString();
    }
}
