package dev.slipway.cloud.runtime;

import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process of its own with a runtime in it: as another user, or to be killed. Talks by lines on its standard output. */
final class ChildCloud {
    private ChildCloud() {}

    /** @param args data directory, directory with manifest, config and blobs by digest, and {@code wait} to wait for its end, {@code idle} to wait for it without processor time, {@code churn} to start and
     *     stop more without end */
    public static void main(String[] args) throws Exception {
        Path image = Path.of(args[1]);
        try (ContainerRuntime runtime = Runtimes.choose(Path.of(args[0]), "namespaces");
                InstanceClient client = new InstanceClient()) {
            System.out.println("runtime " + runtime.description());
            Manifest manifest = Manifest.parse(MediaTypes.OCI_MANIFEST, Files.readAllBytes(image.resolve("manifest")));
            ImageConfig config = ImageConfig.parse(
                    Files.readAllBytes(image.resolve(manifest.config().digest().hex())));
            PreparedImage prepared =
                    runtime.prepare(manifest, config, digest -> Files.newInputStream(image.resolve(digest.hex())));
            Instance instance = runtime.start(
                    prepared,
                    new InstanceSpec(
                            "child", List.of(), Map.of("GREETING", "Moin"), 8080, 512, 512, System.out::println));
            System.out.println("answer "
                    + client.await(instance, "/")
                            .lines()
                            .filter(line -> line.equals("Moin"))
                            .findFirst()
                            .orElse("none"));
            System.out.println("pid " + ((NamespaceInstance) instance).pid());
            if (args[2].equals("idle")) {
                instance.idle();
                System.out.println("idle");
                instance.exit().join();
            }
            for (int i = 0; args[2].equals("churn"); i++) {
                List<Instance> some = new ArrayList<>();
                for (int j = 0; j < 3; j++) {
                    some.add(runtime.start(
                            prepared,
                            new InstanceSpec("c" + i + "-" + j, List.of(), Map.of(), 8080, 512, 64, line -> {})));
                }
                some.get(0).idle();
                some.forEach(each -> each.stop(Duration.ZERO));
                some.forEach(each -> each.exit().join());
            }
            if (args[2].equals("wait")) {
                instance.exit().join();
            }
            System.out.println("code "
                    + instance.stop(Duration.ofSeconds(20))
                            .get(60, TimeUnit.SECONDS)
                            .code());
        }
        System.out.println("closed");
    }
}
