package dev.slipway.cloud.trouble;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What can be made to go wrong. */
public enum Kind {
    /** The call is refused as too fast; nothing happens. */
    THROTTLE("throttle"),
    /** The call is answered with an internal error; nothing happens. */
    ERROR("error"),
    /** The call is carried out, and the connection closes without an answer. */
    LOST("lost"),
    /** The call is carried out, and the answer comes late. */
    SLOW("slow"),
    /** The account has not signed up for the service. */
    CLOSED_ACCOUNT("closed-account"),
    /** An App Runner service is in {@code OPERATION_IN_PROGRESS} for a time, without anybody having asked for it. */
    MAINTENANCE("maintenance"),
    /** The deletion of an App Runner service fails: its instances are gone, and it stays in {@code DELETE_FAILED}. */
    DELETE_FAILED("delete-failed"),
    /** Decisions see a change of IAM only after a time; IAM's own answers show it at once. */
    IAM_PROPAGATION("iam-propagation"),
    /** Time in the cloud runs faster, or is another; signatures are still judged by the machine's clock. */
    CLOCK("clock"),
    /** Signatures are judged by a clock that is wrong. */
    SKEW("skew");

    private final String word;

    Kind(String word) {
        this.word = word;
    }

    /** The name that people and JSON use, for example {@code closed-account}. */
    public String word() {
        return word;
    }

    /** The kind of a name; empty when there is none. */
    public static Optional<Kind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }

    /** All names, for a message. */
    public static String words() {
        return Arrays.stream(values()).map(Kind::word).collect(Collectors.joining(", "));
    }

    /** Whether this needs {@link Trouble#time()}. */
    boolean needsTime() {
        return this == SLOW || this == MAINTENANCE || this == IAM_PROPAGATION || this == SKEW;
    }

    /** What of a scope means something to this kind; the rest of it would do nothing. */
    Scope takes(Scope scope) {
        return switch (this) {
            case THROTTLE, ERROR, LOST, SLOW, CLOSED_ACCOUNT -> scope;
            case MAINTENANCE, DELETE_FAILED -> new Scope(scope.account(), null, null, scope.resource());
            case IAM_PROPAGATION -> new Scope(scope.account(), null, null, null);
            case CLOCK, SKEW -> Scope.ALL;
        };
    }

    /** Whether this strikes single calls. */
    boolean strikesCalls() {
        return this == THROTTLE || this == ERROR || this == LOST || this == SLOW || this == CLOSED_ACCOUNT;
    }

    /** Whether what this strikes can be counted and drawn by lot: calls, or deletions. */
    boolean counts() {
        return strikesCalls() || this == DELETE_FAILED;
    }

    /** Whether this strikes App Runner services that are there. */
    boolean strikesServices() {
        return this == MAINTENANCE || this == DELETE_FAILED;
    }
}
