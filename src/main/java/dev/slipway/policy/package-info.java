/** Knows the IAM policy language: documents, their canonical form, and the evaluator; must not know who calls it, HTTP or where roles are stored. */
@NullMarked
package dev.slipway.policy;

import org.jspecify.annotations.NullMarked;
