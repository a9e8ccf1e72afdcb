package dev.slipway.engine.program;

/**
 * The JVM's common pool, on which the SDK runs a program's tasks. With one thread in it, as on machines with one or two processors, the JVM
 * makes a thread for each task instead (ten thousand resources are then ten thousand threads), and the SDK's own runner starves its tasks for
 * ever on JDK 25 (pulumi-java issue 2270).
 */
public final class CommonPool {
    static final String PROPERTY = "java.util.concurrent.ForkJoinPool.common.parallelism";

    private CommonPool() {}

    /** How many threads it should have: as many as the JVM would give it, and at least two. */
    static int threads() {
        return Math.max(2, Runtime.getRuntime().availableProcessors() - 1);
    }

    /** Gives it enough threads, unless somebody has said how many. Has an effect only before anything of this JVM has used it. */
    public static void widen() {
        if (System.getProperty(PROPERTY) == null) {
            System.setProperty(PROPERTY, Integer.toString(threads()));
        }
    }
}
