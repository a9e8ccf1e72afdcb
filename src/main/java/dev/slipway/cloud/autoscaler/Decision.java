package dev.slipway.cloud.autoscaler;

/**
 * @param desired how many instances there should be
 * @param memory to be handed to the next decision
 */
public record Decision(int desired, Memory memory) {}
