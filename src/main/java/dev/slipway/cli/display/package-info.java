/** Knows how an operation looks to a person or a program that watches it; must not know how it is run. */
@NullMarked
package dev.slipway.cli.display;

import org.jspecify.annotations.NullMarked;
