package dev.slipway.cli;

import dev.slipway.cli.local.LocalOptions;
import dev.slipway.cli.local.LocalProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How the local cloud is started: by a flag, else by a variable of the environment, else as usual. */
final class CloudFlags {
    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "TCP port on 127.0.0.1; 0 for any free one. Default: SLIPWAY_PORT, else "
                    + LocalOptions.USUAL_PORT + " or, when that is taken, any free one.")
    Optional<Integer> port = Optional.empty();

    @Option(
            names = "--runtime",
            paramLabel = "WAY",
            description = "How containers run: auto, namespaces (nothing to install) or docker (a"
                    + " Docker-compatible engine's socket). Default: SLIPWAY_RUNTIME, else auto.")
    Optional<String> runtime = Optional.empty();

    @Option(
            names = "--iam",
            paramLabel = "MODE",
            description = "What becomes of calls that policies do not allow: enforce (refused, as on AWS) or"
                    + " audit (let through; `slipway local explain --denied` shows them). Default:"
                    + " SLIPWAY_IAM, else enforce.")
    Optional<String> iam = Optional.empty();

    @Option(
            names = "--tls",
            negatable = true,
            description = "Services answer HTTPS with certificates of a local authority, and plain HTTP"
                    + " with a redirect, as on AWS. Default: SLIPWAY_TLS (on or off), else off.")
    Optional<Boolean> tls = Optional.empty();

    /** Ends with an error that names the flag or the variable whose value means nothing. */
    LocalOptions options(Map<String, String> environment) {
        LocalOptions usual = LocalOptions.of(environment);
        LocalOptions options = new LocalOptions(
                port.orElse(usual.port()),
                port.isEmpty() && usual.portIsWish(),
                runtime.orElse(usual.runtime()),
                CloudProcess.iam(iam.orElse(usual.iam())).word(),
                tls.orElse(usual.tls()));
        if (options.port() < 0 || options.port() > 65535) {
            throw new Failure("--port: expected 0 to 65535, got " + options.port());
        }
        return options;
    }

    /** What a flag or a variable asks for and the running cloud has not; empty when it runs as it should. */
    Optional<String> missedBy(LocalProcess running, Map<String, String> environment) {
        LocalOptions wanted = options(environment);
        List<String> missed = new ArrayList<>();
        if (wanted.port() != 0 && wanted.port() != running.port()) {
            said(port.map(number -> "--port " + number), "SLIPWAY_PORT", environment)
                    .ifPresent(asked -> missed.add(asked + " but on " + running.port()));
        }
        if (!wanted.runtime().equals("auto") && !says(running, "containers: " + wanted.runtime())) {
            said(runtime.map(way -> "--runtime " + way), "SLIPWAY_RUNTIME", environment)
                    .ifPresent(missed::add);
        }
        if (!says(running, "iam: " + wanted.iam())) {
            said(iam.map(mode -> "--iam " + mode), "SLIPWAY_IAM", environment).ifPresent(missed::add);
        }
        if (wanted.tls() != running.tls()) {
            said(tls.map(on -> on ? "--tls" : "--no-tls"), "SLIPWAY_TLS", environment)
                    .ifPresent(missed::add);
        }
        return missed.isEmpty() ? Optional.empty() : Optional.of(String.join(", nor with ", missed));
    }

    private static Optional<String> said(Optional<String> flag, String variable, Map<String, String> environment) {
        return flag.or(() -> Optional.ofNullable(environment.get(variable))
                .filter(value -> !value.isEmpty())
                .map(value -> variable + "=" + value));
    }

    private static boolean says(LocalProcess process, String notice) {
        return process.notices().stream().anyMatch(line -> line.startsWith(notice));
    }
}
