package dev.slipway.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;

/**
 * The signals of the operating system. The JDK's class for them is supported ({@code jdk.unsupported}) but has no public twin, and a compiler warns
 * of it; so it is found by name.
 */
final class Signals {
    private Signals() {}

    /** Ends when closed: the signal then means again what it did before. */
    interface Handling extends AutoCloseable {
        @Override
        void close();
    }

    /** Runs {@code action} at each signal of this name; empty where there is no such signal, or it can't be handled. */
    static Optional<Handling> handle(String name, Runnable action) {
        try {
            Class<?> signalType = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object signal = signalType.getConstructor(String.class).newInstance(name);
            Method handle = signalType.getMethod("handle", signalType, handlerType);
            Object handler = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handlerType}, (proxy, method, arguments) -> {
                        switch (method.getName()) {
                            case "handle" -> action.run();
                            case "equals" -> {
                                return proxy == arguments[0];
                            }
                            case "hashCode" -> {
                                return System.identityHashCode(proxy);
                            }
                            default -> {
                                return "handler of " + name;
                            }
                        }
                        return null;
                    });
            Object before = handle.invoke(null, signal, handler);
            return Optional.of(() -> restore(handle, signal, before));
        } catch (ReflectiveOperationException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static void restore(Method handle, Object signal, Object before) {
        try {
            handle.invoke(null, signal, before);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("a signal's handler can't be taken back", e);
        }
    }
}
