package dev.slipway.cloud.iam;

/** What becomes of a call that IAM would refuse. */
public enum Mode {
    /** It is refused. */
    ENFORCE,
    /** It is let through, and remembered and logged as one that AWS would refuse. */
    AUDIT
}
