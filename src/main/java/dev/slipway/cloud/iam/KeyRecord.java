package dev.slipway.cloud.iam;

/** A user's long-lived key. {@code created} is in epoch seconds. */
record KeyRecord(String id, String account, String user, String userId, String secret, boolean active, long created) {
    KeyRecord withActive(boolean changed) {
        return new KeyRecord(id, account, user, userId, secret, changed, created);
    }

    KeyRecord of(String renamed) {
        return new KeyRecord(id, account, renamed, userId, secret, active, created);
    }

    @Override
    public String toString() {
        return "KeyRecord[" + id + "]";
    }
}
