package dev.slipway.policy;

/** A policy and the name under which an explanation speaks of it. */
public record NamedPolicy(String name, PolicyDocument document) {}
