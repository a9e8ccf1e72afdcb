package app;

import com.pulumi.Context;
import dev.slipway.ImageService;
import dev.slipway.ImageServiceArgs;
import dev.slipway.Slipway;
import java.util.Map;

public final class App {
    private App() {}

    public static void main(String[] args) {
        Slipway.run(App::stack);
    }

    public static void stack(Context ctx) {
        var web = new ImageService("web", ImageServiceArgs.builder()
                .image(ctx.config().require("image"))
                .cpu("0.25 vCPU")
                .memory("0.5 GB")
                .environment(Map.of("GREETING", "Hello from " + ctx.stackName()))
                .build());

        ctx.export("url", web.url());
    }
}
