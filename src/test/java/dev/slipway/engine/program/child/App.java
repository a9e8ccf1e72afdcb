package dev.slipway.engine.program.child;

import com.pulumi.Context;
import com.pulumi.Pulumi;
import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.core.annotations.ResourceType;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A program as other people write them: its main calls Pulumi.run. What it does is said by its configuration. */
public final class App {
    private App() {}

    /** Runs as {@code pulumi up} would run it. */
    public static void main(String[] args) {
        System.out.println("hello from " + ProcessHandle.current().pid());
        Pulumi.run(App::declare);
    }

    private static void declare(Context ctx) {
        String what = ctx.config().get("what").orElse("");
        switch (what) {
            case "throw" -> throw new IllegalStateException("boom");
            case "require" -> ctx.config().require("absent");
            case "log" -> ctx.log().error("something is wrong");
            case "export" -> ctx.export("greeting", Output.of("hello, " + ctx.stackName()));
            case "simple" -> ctx.export("id", new Simple("theirs").id());
            case "exit" -> {
                System.err.println("bye");
                System.exit(7);
            }
            default -> {
                var first = new Thing("first", Output.of("one"));
                var second = new Thing("second", first.value().applyValue(value -> value + "!"));
                ctx.export("second", second.value());
                ctx.export("secret", ctx.config().getSecret("password").applyValue(word -> word.orElse("")));
            }
        }
    }

    /** A resource of a package that only tests have. */
    @ResourceType(type = "test:index:Thing")
    public static final class Thing extends CustomResource {
        @Export(
                name = "value",
                refs = {String.class},
                tree = "[0]")
        private @Nullable Output<String> value;

        Thing(String name, Output<String> value) {
            super("test:index:Thing", name, new ThingArgs(value), null);
        }

        /** What came back. */
        public Output<String> value() {
            return value == null ? Output.of("") : value;
        }
    }

    /** A resource of a package that Pulumi's authors made for their tests. */
    @ResourceType(type = "simple:index:Resource")
    public static final class Simple extends CustomResource {
        Simple(String name) {
            super(
                    "simple:index:Resource",
                    name,
                    new SimpleArgs(),
                    CustomResourceOptions.builder().version("2.0.0").build());
        }
    }

    /** Its input. */
    public static final class SimpleArgs extends ResourceArgs {
        @Import(name = "value")
        private final Output<Boolean> value = Output.of(true);

        /** All of them. */
        public List<Output<Boolean>> all() {
            return List.of(value);
        }
    }

    /** Its inputs. */
    public static final class ThingArgs extends ResourceArgs {
        @Import(name = "value")
        private final Output<String> value;

        ThingArgs(Output<String> value) {
            this.value = value;
        }

        /** All of them. */
        public List<Output<String>> all() {
            return List.of(value);
        }
    }
}
