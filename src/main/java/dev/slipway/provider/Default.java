package dev.slipway.provider;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What an input is when a program leaves it out: the check writes it in, a difference takes it for recorded where nothing is, and the package
 * schema tells it. Not for what the cloud chooses: that may differ from cloud to cloud and from day to day, and is never sent.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Default {
    /** The value as a program would write it; empty when only the environment has one. */
    String value() default "";

    /** Variables of the process's environment whose value goes first, the first that is set. */
    String[] environment() default {};
}
