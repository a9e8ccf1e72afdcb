package dev.slipway.provider.aws;

/**
 * Something that will go wrong.
 *
 * @param certain false when a condition in a policy, or something that can't be read, may still make it right
 * @param message what, why, and what to do
 */
record Finding(boolean certain, String message) {}
