package dev.slipway.bench;

import com.pulumi.Context;
import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.core.annotations.ResourceType;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import dev.slipway.Slipway;
import org.jspecify.annotations.Nullable;

/** Many resources, as a Java program declares them: under the embedded engine and under the real Pulumi the same classes. */
public final class EngineProgram {
    static final String TYPE = "bench:index:Thing";
    /** How many resources, in the environment. */
    static final String COUNT = "ENGINE_BENCH_COUNT";
    /** {@code wide} or {@code chains}, in the environment. */
    static final String SHAPE = "ENGINE_BENCH_SHAPE";

    private static final int CHAIN = 10;

    private EngineProgram() {}

    /** For an engine that starts programs as processes. */
    public static void main(String[] arguments) {
        Slipway.run(EngineProgram::stack);
    }

    /** What is deployed: as the environment says. */
    public static void stack(Context context) {
        declare(Integer.parseInt(System.getenv(COUNT)), System.getenv(SHAPE).equals("chains"));
    }

    static boolean startsChain(int number, boolean chained) {
        return !chained || number % CHAIN == 0;
    }

    static void declare(int count, boolean chained) {
        @Nullable Thing last = null;
        for (int i = 0; i < count; i++) {
            Output<String> link = startsChain(i, chained) || last == null ? Output.of("none") : last.url;
            last = new Thing("thing-" + i, link);
        }
    }

    @ResourceType(type = TYPE)
    @SuppressWarnings("NullAway.Init") // the SDK sets the exported fields while the constructor of the base class runs
    private static final class Thing extends CustomResource {
        @Export(
                name = "url",
                refs = {String.class},
                tree = "[0]")
        private Output<String> url;

        Thing(String name, Output<String> link) {
            super(TYPE, name, new ThingArgs(link), CustomResourceOptions.Empty);
        }
    }

    private static final class ThingArgs extends ResourceArgs {
        @Import(name = "link")
        private final Output<String> link;

        @Import(name = "size")
        private final Output<Integer> size = Output.of(1);

        ThingArgs(Output<String> link) {
            this.link = link;
        }
    }
}
