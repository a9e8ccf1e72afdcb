/** Knows tables of JSON documents that survive a crash; must not know what the documents mean. */
@NullMarked
package dev.slipway.cloud.store;

import org.jspecify.annotations.NullMarked;
