package dev.slipway.cloud;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * How to run a local cloud.
 *
 * @param data where everything is remembered; one running cloud per directory
 * @param port on 127.0.0.1; 0 for any free one
 * @param portIsWish take any free port when {@code port} is taken
 * @param runtime how containers run: {@code auto}, {@code namespaces} or {@code docker}
 * @param random makes keys, tokens and ids; must not be predictable
 */
public record CloudOptions(
        Path data, int port, boolean portIsWish, String runtime, InstantSource clock, RandomGenerator random) {}
