package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.local.LocalApi;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "trouble",
        mixinStandardHelpOptions = true,
        description = "Makes things go wrong in the local cloud, as they do on AWS, to see how a program bears it."
                + " Nothing goes wrong until you ask for it; restarting the cloud ends all trouble.",
        footer = {
            "",
            "Kinds (for `add`):",
            "  throttle         calls are refused as too fast",
            "  error            calls are answered with an internal error, status 500",
            "  lost             calls are carried out, but the connection closes without an answer",
            "  slow             answers come late by --time",
            "  closed-account   the account has not signed up for the service",
            "  maintenance      an App Runner service is in OPERATION_IN_PROGRESS for --time",
            "  delete-failed    the deletion of an App Runner service fails; it stays in DELETE_FAILED",
            "  iam-propagation  changes of roles and policies count only after --time, default 8s",
            "  clock            time in the cloud moves on by --time, or passes --speed times as fast",
            "  skew             signatures are judged by a clock that is wrong by --time",
            "",
            "Examples:",
            "  slipway local trouble add throttle --service ecr --next 3",
            "  slipway local trouble add error --service registry --operation PutImage",
            "  slipway local trouble add lost --operation CreateService --next 1",
            "  slipway local trouble add slow --time 2s --probability 0.2 --seed 7",
            "  slipway local trouble add maintenance --resource web --time 30s",
            "  slipway local trouble add delete-failed --resource web --next 1",
            "  slipway local trouble add iam-propagation",
            "  slipway local trouble add clock --time 13h",
            "  slipway local trouble clear"
        })
final class LocalTroubleCommand implements Runnable {
    private static final String PATH = "/_slipway/trouble";
    private static final JsonMapper JSON = new JsonMapper();

    private final Context context;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    LocalTroubleCommand(Context context) {
        this.context = context;
    }

    @Override
    public void run() {
        spec.commandLine().usage(context.terminal().out());
    }

    @Command(mixinStandardHelpOptions = true, description = "Sets a trouble; those that are set already stay.")
    int add(
            @Parameters(
                            paramLabel = "KIND",
                            description = "throttle, error, lost, slow, closed-account, maintenance, delete-failed,"
                                    + " iam-propagation, clock or skew; `slipway local trouble` explains them.")
                    String kind,
            @Option(
                            names = "--service",
                            description =
                                    "Only calls of this service: apprunner, ecr, ecr-public, iam, sts, logs and so on;"
                                            + " registry: what docker, podman and services push and pull.")
                    Optional<String> service,
            @Option(
                            names = "--operation",
                            description =
                                    "Only this operation, for example CreateService; of the registry the one that policies"
                                            + " name: BatchGetImage (a manifest is read), GetDownloadUrlForLayer,"
                                            + " InitiateLayerUpload, UploadLayerPart, CompleteLayerUpload, PutImage and so on.")
                    Optional<String> operation,
            @Option(names = "--account", description = "Only this account (twelve digits).") Optional<String> account,
            @Option(
                            names = "--resource",
                            description = "Only this resource: an ARN, or a name such as web or team/app.")
                    Optional<String> resource,
            @Option(
                            names = "--next",
                            paramLabel = "N",
                            description =
                                    "Only the next N calls (delete-failed: deletions) that it strikes. Default: until it is cleared.")
                    Optional<Integer> next,
            @Option(
                            names = "--time",
                            paramLabel = "TIME",
                            description = "How late, how long or how wrong: 500ms, 2s, 20m, 13h; clock and skew also"
                                    + " backwards: --time=-20m.")
                    Optional<String> time,
            @Option(
                            names = "--speed",
                            paramLabel = "FACTOR",
                            description = "clock: how many seconds pass in one second, above 0 and at most 1000000.")
                    Optional<Double> speed,
            @Option(
                            names = "--probability",
                            paramLabel = "P",
                            description = "Strikes each call with this probability, above 0 and at most 1. Default: 1.")
                    Optional<Double> probability,
            @Option(
                            names = "--seed",
                            paramLabel = "N",
                            description = "Makes the draws of --probability the same every time.")
                    Optional<Long> seed) {
        ObjectNode wanted = JSON.createObjectNode();
        wanted.put("kind", kind);
        service.ifPresent(value -> wanted.put("service", value));
        operation.ifPresent(value -> wanted.put("operation", value));
        account.ifPresent(value -> wanted.put("account", value));
        resource.ifPresent(value -> wanted.put("resource", value));
        next.ifPresent(value -> wanted.put("calls", value));
        time.ifPresent(value -> wanted.put("time", value));
        speed.ifPresent(value -> wanted.put("speed", value));
        probability.ifPresent(value -> wanted.put("probability", value));
        seed.ifPresent(value -> wanted.put("seed", value));
        context.terminal().out().println(line(cloud().post(PATH, wanted)));
        return 0;
    }

    @Command(mixinStandardHelpOptions = true, description = "Lists the troubles that are set.")
    int ls(@Option(names = "--json", description = "As JSON.") boolean json) {
        JsonNode list = cloud().get(PATH);
        PrintStream out = context.terminal().out();
        if (json) {
            out.println(list.toPrettyString());
        } else if (list.path("troubles").isEmpty()) {
            out.println("Nothing goes wrong on purpose.");
        } else {
            list.path("troubles").forEach(trouble -> out.println(line(trouble)));
        }
        return 0;
    }

    @Command(mixinStandardHelpOptions = true, description = "Ends troubles: all, or those that are named.")
    int clear(
            @Parameters(paramLabel = "ID", arity = "0..*", description = "As `ls` shows them, for example t-3.")
                    List<String> ids,
            @Option(names = "--kind", description = "All of this kind.") Optional<String> kind) {
        LocalApi cloud = cloud();
        int cleared = 0;
        if (ids == null || ids.isEmpty()) {
            String which = kind.map(word -> "?kind=" + encoded(word)).orElse("");
            cleared = cloud.delete(PATH + which).path("cleared").asInt();
        } else {
            for (String id : ids) {
                int one = cloud.delete(PATH + "?id=" + encoded(id))
                        .path("cleared")
                        .asInt();
                if (one == 0) {
                    throw new Failure("there is no trouble `" + id + "`; `slipway local trouble ls` shows them");
                }
                cleared += one;
            }
        }
        context.terminal().out().println(cleared == 1 ? "1 trouble cleared." : cleared + " troubles cleared.");
        return 0;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String line(JsonNode trouble) {
        StringBuilder line = new StringBuilder(trouble.path("id").asText())
                .append("  ")
                .append(trouble.path("kind").asText());
        for (String name :
                List.of("time", "speed", "service", "operation", "account", "resource", "probability", "seed")) {
            if (trouble.has(name)) {
                line.append("  ")
                        .append(name)
                        .append('=')
                        .append(trouble.get(name).asText());
            }
        }
        if (trouble.has("calls")) {
            int calls = trouble.get("calls").asInt();
            line.append("  next ").append(calls).append(calls == 1 ? " call" : " calls");
        }
        return line.toString();
    }

    private LocalApi cloud() {
        return LocalCommand.control(context.environment())
                .running()
                .map(LocalApi::new)
                .orElseThrow(() -> new Failure("the local cloud is not running; `slipway local start` starts it"));
    }
}
