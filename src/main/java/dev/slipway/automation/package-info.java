/**
 * Knows how a Java program deploys Pulumi programs itself: the engine, the provider and, when it is wanted, a local cloud in one JVM; must not
 * know commands, terminals or a user's files.
 */
@NullMarked
package dev.slipway.automation;

import org.jspecify.annotations.NullMarked;
