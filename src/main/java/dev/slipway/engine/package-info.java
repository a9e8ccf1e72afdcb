/** Knows goals, steps, their execution and their events; must not know the language of the program, AWS or the terminal. */
@NullMarked
package dev.slipway.engine;

import org.jspecify.annotations.NullMarked;
