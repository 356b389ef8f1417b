package dev.lockstep;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;

/**
 * A class of tests that has TLC, a replay, an enumeration or a mirror of its own process at work for long: the build runs them last, and gives
 * each test more time than others get before it is taken to hang.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Tag("long")
@Timeout(600)
public @interface LongTest {
}
