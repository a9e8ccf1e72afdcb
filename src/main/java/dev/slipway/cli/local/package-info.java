/** Knows the local cloud as a process: its home, how to start it detached, find it and stop it; must not know what is inside. */
@NullMarked
package dev.slipway.cli.local;

import org.jspecify.annotations.NullMarked;
