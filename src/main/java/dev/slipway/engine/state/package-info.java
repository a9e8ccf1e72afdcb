/**
 * Knows what was made and how that is kept: snapshots in Pulumi's format, the journal, secrets, the lock; must not know how a step is
 * decided.
 */
@NullMarked
package dev.slipway.engine.state;

import org.jspecify.annotations.NullMarked;
