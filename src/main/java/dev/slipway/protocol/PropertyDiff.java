package dev.slipway.protocol;

import dev.slipway.property.PropertyPath;
import java.util.Optional;

/**
 * One difference. {@code reason} says, for a person, why this one needs a replacement when it does ("App Runner can't rename a
 * service"), or what is wrong where no input differs but what is really there does.
 */
public record PropertyDiff(PropertyPath path, DiffKind kind, Optional<String> reason) {}
