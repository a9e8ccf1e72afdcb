package dev.slipway.protocol;

import dev.slipway.property.PropertyPath;
import java.util.Optional;

/**
 * One difference. {@code reason} says, for a person, why this one needs a replacement when it does ("App Runner can't rename a
 * service").
 */
public record PropertyDiff(PropertyPath path, DiffKind kind, Optional<String> reason) {}
