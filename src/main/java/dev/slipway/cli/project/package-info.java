/** Knows the files a user writes, Pulumi.yaml and the stack files, and what is wrong with them; must not know engines or clouds. */
@NullMarked
package dev.slipway.cli.project;

import org.jspecify.annotations.NullMarked;
