/**
 * Knows the form of AWS's published service models and makes the tables of {@code cloud.wire} from them, while Slipway is built; must not
 * know requests, and is not in the jar.
 */
@NullMarked
package dev.slipway.cloud.wire.table;

import org.jspecify.annotations.NullMarked;
