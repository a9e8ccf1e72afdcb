package dev.slipway.engine;

import dev.slipway.engine.state.ResourceState;
import dev.slipway.engine.state.StateException;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.Urn;
import dev.slipway.protocol.CheckFailure;
import dev.slipway.protocol.CheckRequest;
import dev.slipway.protocol.CheckResponse;
import dev.slipway.protocol.ResourceProvider;
import dev.slipway.protocol.Severity;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Has a provider validate inputs; every failure of one resource is told at once. */
final class Checker {
    private final Run run;

    Checker(Run run) {
        this.run = run;
    }

    /**
     * The state that the goal describes, with checked inputs. A secret must be writable before anything is done because of it.
     *
     * @param olds what defaults and generated names are taken over from
     */
    ResourceState wanted(Found found, Optional<PropertyMap> olds, PropertyMap news) {
        return wanted(
                found,
                found.provider()
                        .map(provider -> check(provider, found.urn(), olds, news))
                        .orElse(news));
    }

    /** The state of what is there, with its inputs as they are; what its provider doesn't accept of them is told, and stays. */
    ResourceState adopted(Found found, PropertyMap there) {
        Urn urn = found.urn();
        found.provider()
                .map(provider -> ask(provider, urn, Optional.of(there), there).failures())
                .filter(failures -> !failures.isEmpty())
                .ifPresent(failures -> run.events()
                        .log(
                                Severity.WARNING,
                                Optional.of(urn),
                                "what is there does not satisfy its own provider; it is imported, and the program needs other values:\n"
                                        + lines(failures),
                                false));
        return wanted(found, there);
    }

    private ResourceState wanted(Found found, PropertyMap inputs) {
        boolean secretOutputs =
                !found.goal().options().additionalSecretOutputs().isEmpty();
        if (inputs.containsSecret() || secretOutputs) {
            try {
                run.request().secrets().requirePassphrase();
            } catch (StateException e) {
                throw run.fail(
                        found.urn(),
                        StepGenerator.title(found.urn()) + " has a secret",
                        String.valueOf(e.getMessage()));
            }
        }
        return found.with(inputs);
    }

    /** The goal's inputs, with the old values where changes shall not count; where that can't be, it is told and they count. */
    PropertyMap withoutIgnored(Found found, PropertyMap olds) {
        Goal goal = found.goal();
        var outcome = IgnoredChanges.reset(olds, goal.inputs(), goal.options().ignoreChanges());
        outcome.note().ifPresent(note -> run.events().log(Severity.INFO, Optional.of(found.urn()), note, false));
        return outcome.inputs();
    }

    private PropertyMap check(ResourceProvider provider, Urn urn, Optional<PropertyMap> olds, PropertyMap news) {
        CheckResponse response = ask(provider, urn, olds, news);
        if (response.failures().isEmpty()) {
            return response.inputs();
        }
        String count = response.failures().size() == 1
                ? "an input is"
                : response.failures().size() + " inputs are";
        throw run.fail(urn, StepGenerator.title(urn) + ": " + count + " not usable", lines(response.failures()));
    }

    private CheckResponse ask(ResourceProvider provider, Urn urn, Optional<PropertyMap> olds, PropertyMap news) {
        return provider.check(new CheckRequest(urn, olds, news, run.seeds().forCheck(urn)));
    }

    private static String lines(List<CheckFailure> failures) {
        return failures.stream().map(Checker::line).collect(Collectors.joining("\n"));
    }

    private static String line(CheckFailure failure) {
        String path = failure.path().toString();
        return path.isEmpty() ? failure.reason() : path + ": " + failure.reason();
    }
}
