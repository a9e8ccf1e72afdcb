package dev.slipway.cli;

import dev.slipway.cli.local.LocalHome;
import dev.slipway.cli.local.LocalOptions;
import dev.slipway.cli.local.LocalProcess;
import dev.slipway.cli.local.ShellEnvironment;
import dev.slipway.cli.local.ShellSyntax;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "env",
        mixinStandardHelpOptions = true,
        description = {
            "Prints what a shell needs so that the AWS CLI, SDKs, podman and skopeo speak to the local cloud; starts it when it"
                    + " does not run.",
            "",
            "  eval \"$$(slipway local env)\"",
            "  aws ecr get-login-password | podman login -u AWS --password-stdin $$SLIPWAY_REGISTRY"
        })
final class LocalEnvCommand implements Runnable {
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
    private static final Pattern REGION = Pattern.compile("[a-z]{2,}(-[a-z]+)+-[0-9]");

    private final Context context;

    @Option(
            names = "--account",
            paramLabel = "ACCOUNT",
            split = ",",
            defaultValue = "111122223333",
            description =
                    "Whose root the shell is, twelve digits (default: ${DEFAULT-VALUE}). Others after it: images of theirs"
                            + " can be pulled by their AWS names too.")
    private List<String> accounts = List.of();

    @Option(
            names = "--region",
            paramLabel = "REGION",
            split = ",",
            defaultValue = "us-east-1",
            description = "The shell's region (default: ${DEFAULT-VALUE}). Others after it: as for --account.")
    private List<String> regions = List.of();

    @Option(
            names = "--shell",
            paramLabel = "SHELL",
            defaultValue = "sh",
            description = "sh (or bash or zsh), fish, powershell, or json (default: ${DEFAULT-VALUE}).")
    private String shell = "sh";

    @Option(
            names = "--own-logins",
            description = "docker, podman and skopeo keep their logins in the local cloud's home (DOCKER_CONFIG,"
                    + " REGISTRY_AUTH_FILE), apart from your others.")
    private boolean ownLogins;

    LocalEnvCommand(Context context) {
        this.context = context;
    }

    @Override
    public void run() {
        require("--account", ACCOUNT, accounts, "twelve digits");
        require("--region", REGION, regions, "a region such as us-east-1");
        ShellSyntax syntax =
                switch (shell) {
                    case "sh", "bash", "zsh" -> ShellSyntax.SH;
                    case "fish" -> ShellSyntax.FISH;
                    case "powershell" -> ShellSyntax.POWERSHELL;
                    case "json" -> ShellSyntax.JSON;
                    default -> throw new Failure("--shell: expected sh, fish, powershell or json, got " + shell);
                };
        LocalProcess cloud = LocalCommand.control(context.environment())
                .running()
                .orElseGet(() -> {
                    context.terminal().err().println("Starting the local cloud...");
                    return LocalCommand.control(context.environment()).ensure(LocalOptions.of(context.environment()));
                });
        var environment =
                new ShellEnvironment(LocalHome.of(context.environment()), cloud, accounts, regions, ownLogins);
        context.terminal().out().print(syntax.write(environment.prepare(), ShellEnvironment.FORGOTTEN));
        context.terminal().out().flush();
    }

    private static void require(String option, Pattern form, List<String> values, String expected) {
        for (String value : values) {
            if (!form.matcher(value).matches()) {
                throw new Failure(option + ": expected " + expected + ", got " + value);
            }
        }
    }
}
