package dev.slipway.engine.program;

import com.pulumi.Context;
import dev.slipway.engine.Program;
import dev.slipway.engine.ProgramFailed;
import dev.slipway.engine.ProgramInfo;
import dev.slipway.engine.ResourceMonitor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.function.Consumer;

/**
 * A Pulumi Java program that runs inside this JVM: nothing is started, nothing goes over a socket. Several may run at
 * once.
 *
 * <p>A program of its own has a {@code main} that calls {@code Pulumi.run(App::stack)}; here only its
 * {@code public static void stack(Context)} is called, because {@code Pulumi.run} ends the JVM.
 */
public final class InProcessProgram implements Program {
    private final ProgramCode code;

    /** A program that is already at hand, for those who embed the engine. */
    public InProcessProgram(Consumer<Context> stack) {
        this.code = () -> stack;
    }

    /**
     * A program by the name of its main class, looked up when it runs.
     *
     * @param loader finds the class and what it uses; this class's own loader must be among its parents, so that both
     *     see the same SDK
     */
    public InProcessProgram(ClassLoader loader, String mainClass) {
        this.code = () -> stackMethod(loader, mainClass);
    }

    /**
     * Whether a main class is written so that it can run here: with a {@code public static void stack(Context)}. One that can't be looked at is
     * taken for such a one, so that its run tells what is wrong with it.
     */
    public static boolean canRun(ClassLoader loader, String mainClass) {
        try {
            Method stack = Class.forName(mainClass, false, loader).getMethod("stack", Context.class);
            return Modifier.isStatic(stack.getModifiers());
        } catch (NoSuchMethodException other) {
            return false;
        } catch (ClassNotFoundException | LinkageError broken) {
            return true;
        }
    }

    @Override
    public void run(ProgramInfo info, ResourceMonitor monitor) throws ProgramFailed {
        new ProgramRun(info, monitor).run(code.stack());
    }

    private static Consumer<Context> stackMethod(ClassLoader loader, String mainClass) throws ProgramFailed {
        Class<?> type;
        try {
            type = Class.forName(mainClass, true, loader);
        } catch (ClassNotFoundException missing) {
            throw new ProgramFailed(
                    "the program's main class " + mainClass + " is not there; is the program built?", missing);
        } catch (LinkageError broken) {
            throw new ProgramFailed(
                    "the program's main class " + mainClass + " cannot be loaded: " + broken.getMessage(), broken);
        }
        Method stack;
        try {
            stack = type.getMethod("stack", Context.class);
        } catch (NoSuchMethodException missing) {
            throw new ProgramFailed(
                    mainClass + " has no `public static void stack(Context ctx)`. Write the program there and let its"
                            + " main be `Pulumi.run(" + type.getSimpleName() + "::stack)`: then it runs here and under"
                            + " `pulumi up` alike.",
                    missing);
        }
        if (!Modifier.isStatic(stack.getModifiers()) || !Modifier.isPublic(type.getModifiers())) {
            throw new ProgramFailed(mainClass + " and its method stack(Context) must be public, the method static too");
        }
        return context -> call(stack, context, loader);
    }

    private static void call(Method stack, Context context, ClassLoader loader) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            stack.invoke(null, context);
        } catch (InvocationTargetException failed) {
            if (failed.getCause() instanceof Error error) {
                throw error;
            }
            throw failed.getCause() instanceof RuntimeException exception
                    ? exception
                    : new IllegalStateException(failed.getCause());
        } catch (IllegalAccessException hidden) {
            throw new IllegalStateException("cannot call " + stack, hidden);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Where the program's code comes from. */
    private interface ProgramCode {
        Consumer<Context> stack() throws ProgramFailed;
    }
}
