package dev.slipway.engine;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.Urn;
import dev.slipway.protocol.CheckFailure;
import dev.slipway.protocol.CheckRequest;
import dev.slipway.protocol.CheckResponse;
import dev.slipway.protocol.ResourceProvider;
import java.util.Optional;
import java.util.stream.Collectors;

/** Has a provider validate inputs; every failure of one resource is told at once. */
final class Checker {
    private final Run run;

    Checker(Run run) {
        this.run = run;
    }

    PropertyMap check(ResourceProvider provider, Urn urn, Optional<PropertyMap> olds, PropertyMap news) {
        CheckResponse response =
                provider.check(new CheckRequest(urn, olds, news, run.seeds().forCheck(urn)));
        if (response.failures().isEmpty()) {
            return response.inputs();
        }
        String detail = response.failures().stream().map(Checker::line).collect(Collectors.joining("\n"));
        String count = response.failures().size() == 1
                ? "an input is"
                : response.failures().size() + " inputs are";
        throw run.fail(urn, urn.type() + " `" + urn.name() + "`: " + count + " not usable", detail);
    }

    private static String line(CheckFailure failure) {
        String path = failure.path().toString();
        return path.isEmpty() ? failure.reason() : path + ": " + failure.reason();
    }
}
