package dev.slipway.policy;

import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A policy: what {@link #parse} accepted. Immutable.
 *
 * @param version {@code 2012-10-17} or {@code 2008-10-17}, which is also what a document without a version has
 */
public record PolicyDocument(String version, @Nullable String id, List<Statement> statements) {
    static final String CURRENT = "2012-10-17";
    static final String LEGACY = "2008-10-17";

    public PolicyDocument {
        Objects.requireNonNull(version, "version is null");
        statements = List.copyOf(statements);
    }

    /** @throws MalformedPolicy when the text is no policy, with the element that is wrong */
    public static PolicyDocument parse(String json) {
        return PolicyReader.read(json);
    }

    /** A policy of several policies' statements: it allows and denies what any of them does. */
    public static PolicyDocument union(List<PolicyDocument> documents) {
        return new PolicyDocument(
                CURRENT,
                null,
                documents.stream()
                        .flatMap(document -> document.statements().stream())
                        .toList());
    }

    /** The document as JSON text: elements in one order, everything that may be a list is one. */
    public String toJson() {
        return PolicyWriter.write(this);
    }

    /**
     * Text that is equal for documents that mean the same: one value or a list, the order of lists and statements, the case of actions and
     * condition keys, an account's number or its root's ARN. {@code Sid} and {@code Id} are kept.
     */
    public String canonical() {
        return PolicyWriter.write(Canonical.of(this));
    }

    /** The same policy with each AWS principal (not services, not {@code *}) replaced. */
    public PolicyDocument withAwsPrincipals(UnaryOperator<String> change) {
        return new PolicyDocument(
                version,
                id,
                statements.stream()
                        .map(statement -> statement.withPrincipals(
                                changed(statement.principals(), change), changed(statement.notPrincipals(), change)))
                        .toList());
    }

    /** Every AWS principal that the policy names, in order, without {@code *}. */
    public List<String> awsPrincipals() {
        return PolicyRules.principals(this)
                .flatMap(named -> named.aws().stream())
                .filter(name -> !name.equals(Principals.ANYONE))
                .distinct()
                .toList();
    }

    /** Every service principal that the policy names, in order. */
    public List<String> servicePrincipals() {
        return PolicyRules.principals(this)
                .flatMap(named -> named.services().stream())
                .distinct()
                .toList();
    }

    /** @throws MalformedPolicy when this cannot stand on a user or role: it names principals, or lacks resources */
    public PolicyDocument requireIdentityPolicy() {
        PolicyRules.identity(this);
        return this;
    }

    /** @throws MalformedPolicy when this cannot be a managed policy: one that can't stand on a user or role, or is in the old version */
    public PolicyDocument requireManagedPolicy() {
        PolicyRules.managed(this);
        return this;
    }

    /** @throws MalformedPolicy when this cannot be a role's trust policy: it lacks principals, names resources, or is not about assuming */
    public PolicyDocument requireTrustPolicy() {
        PolicyRules.trust(this);
        return this;
    }

    /** @throws MalformedPolicy when this cannot stand on a resource: a statement names nobody */
    public PolicyDocument requireResourcePolicy() {
        PolicyRules.resource(this);
        return this;
    }

    /** The condition keys that the document asks for, in conditions and variables, as first written there. */
    public List<String> contextKeys() {
        return ContextKeys.of(this);
    }

    boolean hasVariables() {
        return version.equals(CURRENT);
    }

    private static @Nullable Principals changed(@Nullable Principals principals, UnaryOperator<String> change) {
        return principals == null ? null : principals.withAws(change);
    }
}
