package dev.slipway.cloud.trouble;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whom a trouble strikes; what is null strikes all.
 *
 * @param account twelve digits
 * @param service the signing name, for example {@code ecr}; {@code registry} for the requests of registry clients
 * @param operation for example {@code DescribeRepositories}; any case
 * @param resource an ARN, or a name that is a whole part of one: {@code team/app}, {@code web}
 */
public record Scope(
        @Nullable String account,
        @Nullable String service,
        @Nullable String operation,
        @Nullable String resource) {
    public Scope {
        if (account != null && !account.matches("[0-9]{12}")) {
            throw new IllegalArgumentException("`account`: expected twelve digits, got `" + account + "`");
        }
    }

    /** Everybody. */
    public static final Scope ALL = new Scope(null, null, null, null);

    boolean takes(String ofAccount, String ofService, String ofOperation, Supplier<Collection<String>> resources) {
        return (account == null || account.equals(ofAccount))
                && (service == null || service.equals(ofService))
                && (operation == null
                        || operation.toLowerCase(Locale.ROOT).equals(ofOperation.toLowerCase(Locale.ROOT)))
                && (resource == null || resources.get().stream().anyMatch(this::names));
    }

    boolean takesAccount(String ofAccount) {
        return account == null || account.equals(ofAccount);
    }

    /** @param arn of an App Runner service */
    boolean takesService(String arn) {
        return (resource == null || names(arn)) && (account == null || account.equals(arn.split(":", 6)[4]));
    }

    /** The members that another one lacks, for a message. */
    String without(Scope other) {
        List<String> more = new ArrayList<>();
        if (!Objects.equals(account, other.account)) {
            more.add("an account");
        }
        if (!Objects.equals(service, other.service)) {
            more.add("a service");
        }
        if (!Objects.equals(operation, other.operation)) {
            more.add("an operation");
        }
        if (!Objects.equals(resource, other.resource)) {
            more.add("a resource");
        }
        return String.join(", ", more);
    }

    private boolean names(String arn) {
        if (resource == null || arn.equals(resource)) {
            return true;
        }
        for (int at = arn.indexOf(resource); at >= 0; at = arn.indexOf(resource, at + 1)) {
            int end = at + resource.length();
            if (at > 0 && isEdge(arn.charAt(at - 1)) && (end == arn.length() || isEdge(arn.charAt(end)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isEdge(char c) {
        return c == '/' || c == ':';
    }
}
