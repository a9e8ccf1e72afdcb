package dev.slipway.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a statement of a resource or trust policy names the principal; the strongest way that applies. */
enum Grant {
    /** The account: it may delegate to its principals, no more. */
    ACCOUNT,
    /** The role behind a session: what caps the session caps this too. */
    ROLE,
    /** The principal itself, a service, or everyone. */
    DIRECT;

    /** Empty when the statement does not speak of the principal. */
    static Optional<Grant> of(Statement statement, Principal principal) {
        Principals named = statement.principals();
        if (named != null) {
            return named(named, principal);
        }
        Principals excepted = statement.notPrincipals();
        // A principal is excepted only when each of its identities is: the account, the role and the session.
        return excepted == null || identities(principal).stream().allMatch(id -> names(excepted, id))
                ? Optional.empty()
                : Optional.of(DIRECT);
    }

    private static Optional<Grant> named(Principals named, Principal principal) {
        if (principal.kind() == Principal.Kind.SERVICE) {
            return named.services().contains(principal.arn()) ? Optional.of(DIRECT) : Optional.empty();
        }
        List<String> aws = named.aws();
        boolean session = principal.kind() == Principal.Kind.SESSION;
        boolean entity = aws.contains(principal.roleArn()) || aws.contains(principal.entityId());
        if (aws.contains(Principals.ANYONE)
                || aws.contains(principal.arn())
                || aws.contains(principal.userId())
                || (entity && !session)) {
            return Optional.of(isAccount(principal, aws) ? ACCOUNT : DIRECT);
        }
        if (entity) {
            return Optional.of(ROLE);
        }
        return namesAccount(aws, principal.account()) ? Optional.of(ACCOUNT) : Optional.empty();
    }

    /** The root's ARN and id are the account's: a grant to them is one to the account. */
    private static boolean isAccount(Principal principal, List<String> aws) {
        return principal.kind() == Principal.Kind.ROOT && !aws.contains(Principals.ANYONE);
    }

    private static boolean namesAccount(List<String> aws, String account) {
        return aws.contains(account) || aws.contains(Principal.rootArn(account));
    }

    private static List<List<String>> identities(Principal principal) {
        if (principal.kind() == Principal.Kind.SERVICE) {
            return List.of(List.of(principal.arn()));
        }
        List<List<String>> identities = new ArrayList<>();
        identities.add(List.of(principal.account(), Principal.rootArn(principal.account())));
        identities.add(List.of(principal.roleArn(), principal.entityId()));
        identities.add(List.of(principal.arn(), principal.userId()));
        return identities;
    }

    private static boolean names(Principals principals, List<String> spellings) {
        return principals.aws().contains(Principals.ANYONE)
                || spellings.stream()
                        .anyMatch(spelling -> principals.aws().contains(spelling)
                                || principals.services().contains(spelling));
    }
}
