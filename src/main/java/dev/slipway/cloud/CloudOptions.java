package dev.slipway.cloud;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How to run a local cloud.
 *
 * @param data where everything is remembered; one running cloud per directory
 * @param port on 127.0.0.1; 0 for any free one
 * @param portIsWish take any free port when {@code port} is taken
 * @param runtime how containers run: {@code auto}, {@code namespaces} or {@code docker}
 * @param iam what becomes of calls that policies do not allow
 * @param tls whether services answer HTTPS, and plain HTTP with a redirect to it
 * @param random makes keys, tokens and ids; must not be predictable
 */
public record CloudOptions(
        Path data,
        int port,
        boolean portIsWish,
        String runtime,
        Iam iam,
        boolean tls,
        InstantSource clock,
        RandomGenerator random) {
    /** A cloud that enforces policies, without TLS. */
    public CloudOptions(
            Path data, int port, boolean portIsWish, String runtime, InstantSource clock, RandomGenerator random) {
        this(data, port, portIsWish, runtime, Iam.ENFORCE, false, clock, random);
    }

    /** What becomes of a call that policies do not allow. */
    public enum Iam {
        /** It is refused, as on AWS. */
        ENFORCE,
        /** It is let through and remembered. */
        AUDIT;

        /** The mode of a word, {@code enforce} or {@code audit}; empty for another word. */
        public static Optional<Iam> of(String word) {
            return Arrays.stream(values())
                    .filter(mode -> mode.word().equals(word))
                    .findFirst();
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
