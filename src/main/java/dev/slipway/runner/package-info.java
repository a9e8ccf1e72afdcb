/** Knows how a Pulumi Java program runs to its end and what went wrong in it; must not know whose engine it talks to. */
@NullMarked
package dev.slipway.runner;

import org.jspecify.annotations.NullMarked;
