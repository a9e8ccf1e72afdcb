/** Knows how a Pulumi Java program runs, here or in a process of its own, and what it asks of the engine; must not know how steps are decided. */
@NullMarked
package dev.slipway.engine.program;

import org.jspecify.annotations.NullMarked;
