/** Knows property values, paths, URNs and structural difference; must not know resources, files or AWS. */
@NullMarked
package dev.slipway.property;

import org.jspecify.annotations.NullMarked;
