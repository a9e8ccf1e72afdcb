package dev.slipway.provider.plugin;

import java.util.function.Supplier;

/**
 * What a plugin provides.
 *
 * @param name the package's name, first part of its type tokens
 * @param version semantic version, without a v
 * @param schema the package schema, as JSON; asked for only when an engine asks
 */
public record PluginPackage(String name, String version, Supplier<String> schema) {}
