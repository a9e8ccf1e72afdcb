package dev.slipway.cloud.ecr;

import dev.slipway.cloud.wire.Caller;

/** Passwords for {@code docker login}: opaque, valid for twelve hours, each acting with the rights of who asked for it. */
public interface RegistryTokens {
    /** A new password that acts as this caller. */
    String issue(Caller caller);
}
