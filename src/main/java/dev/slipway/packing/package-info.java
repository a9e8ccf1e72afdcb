/** Packs the libraries of the program into one jar, while Slipway is built; must not know what they are for, and is not in the jar. */
@NullMarked
package dev.slipway.packing;

import org.jspecify.annotations.NullMarked;
