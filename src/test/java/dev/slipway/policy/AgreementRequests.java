package dev.slipway.policy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes requests with policies that have something to do with them, so that neither yes nor no is rare. */
final class AgreementRequests {
    private static final String HOME = "111122223333";
    private static final String AWAY = "444455556666";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<Principal> PRINCIPALS = List.of(
            Principal.user(
                    HOME,
                    "arn:aws:iam::" + HOME + ":user/ann",
                    "AIDAANNANNANNANNANN1",
                    Map.of("team", "app", "star", "*")),
            Principal.user(AWAY, "arn:aws:iam::" + AWAY + ":user/bob", "AIDABOBBOBBOBBOBBOB1", Map.of("team", "web")),
            session(HOME, "app"),
            session(AWAY, "far"));

    private static final List<Ask> ASKS = List.of(
            new Ask("ecr:BatchGetImage", "arn:aws:ecr:eu-west-1:" + HOME + ":repository/team/app"),
            new Ask("ecr:DescribeImages", "arn:aws:ecr:eu-west-1:" + HOME + ":repository/team/app"),
            new Ask("ecr:PutImage", "arn:aws:ecr:eu-west-1:" + HOME + ":repository/ann"),
            new Ask("ecr:CreateRepository", "arn:aws:ecr:eu-west-1:" + HOME + ":repository/new"),
            new Ask("ecr:GetAuthorizationToken", "*"),
            new Ask(
                    "apprunner:DescribeService",
                    "arn:aws:apprunner:eu-west-1:" + HOME + ":service/web/0123456789abcdef"),
            new Ask("iam:PassRole", "arn:aws:iam::" + HOME + ":role/app"),
            new Ask("iam:GetRole", "arn:aws:iam::" + HOME + ":role/app"),
            new Ask("sts:AssumeRole", "arn:aws:iam::" + HOME + ":role/next"),
            new Ask("sts:AssumeRole", "arn:aws:iam::" + HOME + ":role/next"));

    private final Random random;
    private Map<String, List<String>> keys = Map.of();
    private Ask ask = ASKS.get(0);
    private Principal principal = PRINCIPALS.get(0);

    AgreementRequests(Random random) {
        this.random = random;
    }

    private record Ask(String action, String resource) {}

    AgreementRequest next() {
        principal = any(PRINCIPALS);
        ask = any(ASKS);
        keys = context();
        String owner = ask.resource.equals("*") ? principal.account() : HOME;
        AccessRequest request = new AccessRequest(principal, ask.action, ask.resource, owner, keys);
        List<ObjectNode> identity = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            identity.add(identityPolicy());
        }
        boolean session = principal.kind() == Principal.Kind.SESSION;
        boolean resource =
                ask.action.startsWith("ecr:") && !ask.resource.equals("*") || ask.action.equals("sts:AssumeRole");
        boolean trust = ask.action.equals("sts:AssumeRole");
        return new AgreementRequest(
                request,
                identity,
                random.nextInt(4) == 0 ? identityPolicy() : null,
                session && random.nextInt(3) == 0 ? identityPolicy() : null,
                trust || (resource && random.nextInt(3) > 0) ? resourcePolicy(trust) : null);
    }

    private Map<String, List<String>> context() {
        Map<String, List<String>> context = new LinkedHashMap<>();
        maybe(context, "aws:SourceIp", "203.0.113.7", "198.51.100.1", "2001:db8::1");
        maybe(context, "aws:RequestedRegion", "eu-west-1", "us-east-1");
        maybe(context, "aws:SecureTransport", "true", "false");
        maybe(context, "aws:ViaAWSService", "true", "false");
        maybe(context, "aws:CurrentTime", "2026-01-31T12:00:00Z", "2020-06-01T00:00:00Z");
        maybe(context, "aws:EpochTime", "1769860800", "1500000000");
        maybe(context, "aws:MultiFactorAuthAge", "10", "3600");
        maybe(context, "aws:PrincipalOrgID", "o-abcdefghij", "o-zzzzzzzzzz");
        maybe(context, "aws:UserAgent", "aws-cli/2", "Mozilla");
        switch (ask.action) {
            case "ecr:CreateRepository" -> {
                maybe(context, "aws:RequestTag/team", "app", "web");
                if (random.nextBoolean()) {
                    context.put("aws:TagKeys", any(List.of(List.of("team"), List.of("team", "cost"), List.of("x"))));
                }
            }
            case "ecr:BatchGetImage", "ecr:DescribeImages", "ecr:PutImage" -> {
                maybe(context, "aws:ResourceTag/team", "app", "web");
                maybe(context, "ecr:ResourceTag/team", "app", "web");
            }
            case "apprunner:DescribeService" -> maybe(context, "aws:ResourceTag/team", "app", "web");
            case "iam:PassRole" ->
                maybe(context, "iam:PassedToService", "apprunner.amazonaws.com", "ec2.amazonaws.com");
            case "sts:AssumeRole" -> {
                maybe(context, "sts:ExternalId", "secret-1", "other");
                maybe(context, "sts:RoleSessionName", "work", "ann");
            }
            default -> {}
        }
        return context;
    }

    private ObjectNode identityPolicy() {
        ObjectNode policy = policy();
        ArrayNode statements = policy.putArray("Statement");
        for (int i = random.nextInt(3); i >= 0; i--) {
            ObjectNode statement = statement(statements);
            if (random.nextInt(8) == 0) {
                statement.set("NotResource", some(resources()));
            } else {
                statement.set("Resource", some(resources()));
            }
        }
        return policy;
    }

    private ObjectNode resourcePolicy(boolean trust) {
        ObjectNode policy = policy();
        ArrayNode statements = policy.putArray("Statement");
        for (int i = random.nextInt(3); i >= 0; i--) {
            ObjectNode statement = statement(statements);
            if (trust) {
                statement.remove(List.of("NotAction"));
                statement.put("Action", "sts:AssumeRole");
            }
            ObjectNode named = JSON.createObjectNode();
            named.set("AWS", some(principals()));
            boolean deny = statement.get("Effect").asText().equals("Deny");
            if (random.nextInt(8) == 0 && deny) {
                statement.set("NotPrincipal", named);
            } else if (random.nextInt(8) == 0) {
                statement.put("Principal", "*");
            } else {
                statement.set("Principal", named);
            }
        }
        return policy;
    }

    private ObjectNode policy() {
        ObjectNode policy = JSON.createObjectNode();
        int form = random.nextInt(12);
        if (form > 0) {
            policy.put("Version", form == 1 ? "2008-10-17" : "2012-10-17");
        }
        return policy;
    }

    private ObjectNode statement(ArrayNode statements) {
        ObjectNode statement = statements.addObject();
        statement.put("Effect", random.nextInt(5) == 0 ? "Deny" : "Allow");
        statement.set(random.nextInt(8) == 0 ? "NotAction" : "Action", some(actions()));
        if (random.nextInt(3) == 0) {
            ObjectNode conditions = statement.putObject("Condition");
            for (int i = random.nextInt(2); i >= 0; i--) {
                condition(conditions);
            }
        }
        return statement;
    }

    private List<String> actions() {
        String service = ask.action.substring(0, ask.action.indexOf(':'));
        return List.of(
                ask.action,
                ask.action,
                ask.action
                        .toUpperCase(java.util.Locale.ROOT)
                        .replace(service.toUpperCase(java.util.Locale.ROOT), service),
                service + ":*",
                "*",
                service + ":" + ask.action.charAt(service.length() + 1) + "*",
                ask.action.substring(0, ask.action.length() - 1) + "?",
                "ecr:ListImages",
                "apprunner:ListServices");
    }

    private List<String> resources() {
        if (ask.resource.equals("*")) {
            return List.of("*", "*", "arn:aws:ecr:eu-west-1:" + HOME + ":repository/team/app");
        }
        String upper = ask.resource.substring(0, ask.resource.length() - 1)
                + Character.toUpperCase(ask.resource.charAt(ask.resource.length() - 1));
        return List.of(
                "*",
                ask.resource,
                ask.resource,
                ask.resource.substring(0, ask.resource.length() - 2) + "*",
                ask.resource.substring(0, ask.resource.length() - 1) + "?",
                ask.resource.substring(0, ask.resource.lastIndexOf('/') + 1) + "*",
                ask.resource.substring(0, ask.resource.lastIndexOf('/') + 1) + "${aws:username}",
                ask.resource.substring(0, ask.resource.lastIndexOf('/') + 1) + "${aws:PrincipalTag/team, 'app'}",
                ask.resource.substring(0, ask.resource.lastIndexOf('/') + 1) + "${aws:PrincipalTag/star}",
                ask.resource + "${*}",
                upper,
                "arn:aws:ecr:*:" + HOME + ":*",
                "arn:aws:ecr:*:" + AWAY + ":repository/*");
    }

    private List<String> principals() {
        List<String> names = new ArrayList<>(List.of(
                principal.arn(),
                principal.arn(),
                principal.roleArn(),
                principal.account(),
                "arn:aws:iam::" + principal.account() + ":root",
                "arn:aws:iam::" + HOME + ":root",
                "arn:aws:iam::" + AWAY + ":user/bob",
                "arn:aws:iam::" + HOME + ":role/app",
                "*"));
        if (principal.kind() == Principal.Kind.SESSION) {
            names.add("arn:aws:sts::" + principal.account() + ":assumed-role/"
                    + principal.roleArn().substring(principal.roleArn().lastIndexOf('/') + 1) + "/other");
        }
        return names;
    }

    private void condition(ObjectNode conditions) {
        Line line = any(LINES);
        String key = line.keys.get(random.nextInt(line.keys.size()));
        String operator = any(line.operators);
        boolean many = key.equals("aws:TagKeys") && !operator.equals("Null");
        String prefix = many ? any(List.of("ForAllValues:", "ForAnyValue:")) : "";
        String suffix = !operator.equals("Null") && random.nextInt(4) == 0 ? "IfExists" : "";
        ObjectNode block = conditions.withObject("/" + prefix + operator + suffix);
        List<String> values = new ArrayList<>(line.values);
        // A value that the request has, so that conditions often hold.
        if (keys.containsKey(key) && line.usesActual) {
            values.add(keys.get(key).get(0));
            values.add(keys.get(key).get(0));
        }
        block.set(key, some(values));
    }

    private record Line(List<String> operators, List<String> keys, List<String> values, boolean usesActual) {}

    private static final List<Line> LINES = List.of(
            new Line(
                    List.of(
                            "StringEquals",
                            "StringNotEquals",
                            "StringLike",
                            "StringNotLike",
                            "StringEqualsIgnoreCase",
                            "StringNotEqualsIgnoreCase"),
                    List.of(
                            "aws:RequestedRegion",
                            "aws:PrincipalTag/team",
                            "aws:username",
                            "aws:PrincipalAccount",
                            "aws:PrincipalOrgID",
                            "aws:UserAgent",
                            "aws:ResourceTag/team",
                            "aws:RequestTag/team",
                            "ecr:ResourceTag/team",
                            "iam:PassedToService",
                            "sts:ExternalId",
                            "sts:RoleSessionName",
                            "aws:userid",
                            "aws:PrincipalType"),
                    List.of(
                            "eu-west-1",
                            "EU-*",
                            "app",
                            "APP",
                            "a?p",
                            "*",
                            HOME,
                            "o-abcdefghij",
                            "ann",
                            "${aws:username}",
                            "${aws:PrincipalTag/team}",
                            "${aws:PrincipalTag/none, 'app'}",
                            "apprunner.amazonaws.com",
                            "secret-1"),
                    true),
            new Line(
                    List.of("StringEquals", "StringNotEquals", "StringLike", "StringNotLike"),
                    List.of("aws:TagKeys"),
                    List.of("team", "cost", "t*"),
                    true),
            new Line(
                    List.of("IpAddress", "NotIpAddress"),
                    List.of("aws:SourceIp"),
                    List.of("203.0.113.0/24", "198.51.100.1", "0.0.0.0/0", "2001:db8::/32", "::/0"),
                    true),
            new Line(
                    List.of("Bool"),
                    List.of("aws:SecureTransport", "aws:ViaAWSService", "aws:PrincipalIsAWSService"),
                    List.of("true", "false"),
                    true),
            new Line(
                    List.of(
                            "DateEquals",
                            "DateNotEquals",
                            "DateLessThan",
                            "DateLessThanEquals",
                            "DateGreaterThan",
                            "DateGreaterThanEquals"),
                    List.of("aws:CurrentTime"),
                    List.of("2026-01-31T12:00:00Z", "2021-01-01T00:00:00Z", "2030-01-01T00:00:00Z"),
                    true),
            new Line(
                    List.of(
                            "NumericEquals",
                            "NumericNotEquals",
                            "NumericLessThan",
                            "NumericLessThanEquals",
                            "NumericGreaterThan",
                            "NumericGreaterThanEquals"),
                    List.of("aws:MultiFactorAuthAge"),
                    List.of("10", "300", "3600"),
                    true),
            new Line(
                    List.of("ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"),
                    List.of("aws:PrincipalArn"),
                    List.of(
                            "arn:aws:iam::" + HOME + ":user/ann",
                            "arn:aws:iam::*:user/*",
                            "arn:aws:iam::" + HOME + ":role/app",
                            "arn:aws:iam::" + AWAY + ":*",
                            "arn:aws:*:*:*:role/?pp"),
                    true),
            new Line(
                    List.of("Null"),
                    List.of("aws:SourceIp", "aws:username", "aws:PrincipalTag/team", "sts:ExternalId", "aws:TagKeys"),
                    List.of("true", "false"),
                    false));

    private com.fasterxml.jackson.databind.JsonNode some(List<String> values) {
        int count = random.nextInt(4) == 0 ? 2 : 1;
        if (count == 1 && random.nextBoolean()) {
            return JSON.getNodeFactory().textNode(any(values));
        }
        ArrayNode list = JSON.createArrayNode();
        for (int i = 0; i < count; i++) {
            list.add(any(values));
        }
        return list;
    }

    private void maybe(Map<String, List<String>> context, String key, String... values) {
        if (random.nextInt(3) > 0) {
            context.put(key, List.of(values[random.nextInt(values.length)]));
        }
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private static Principal session(String account, String role) {
        return Principal.session(
                account,
                "arn:aws:sts::" + account + ":assumed-role/" + role + "/work",
                "arn:aws:iam::" + account + ":role/" + role,
                "AROA" + role.toUpperCase(java.util.Locale.ROOT) + "AAAAAAAAAAAA:work",
                Map.of("team", "app"));
    }
}
