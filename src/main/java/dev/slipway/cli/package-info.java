/** Knows the commands, and puts everything together: programs, engines, providers, clouds and the terminal. */
@NullMarked
package dev.slipway.cli;

import org.jspecify.annotations.NullMarked;
