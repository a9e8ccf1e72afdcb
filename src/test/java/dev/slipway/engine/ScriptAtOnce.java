package dev.slipway.engine;

import dev.slipway.engine.ResourceMonitor.Registered;
import dev.slipway.engine.ResourceMonitor.RegistrationFailed;
import dev.slipway.engine.Script.Res;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.Urn;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A program whose resources wait for nothing but what they need, as those of the Java SDK do. */
record ScriptAtOnce(List<Res> resources) implements Program {
    @Override
    public void run(ProgramInfo info, ResourceMonitor monitor) throws ProgramFailed {
        try {
            var stack = new Res(info.project() + "-" + info.stack())
                    .type(Urn.STACK_TYPE)
                    .component();
            Registered root = monitor.register(stack.goal(Map.of(), null)).join();
            Map<String, CompletableFuture<Registered>> all = new LinkedHashMap<>();
            for (Res resource : resources) {
                CompletableFuture<?>[] needed =
                        resource.needs().stream().map(all::get).toArray(CompletableFuture[]::new);
                all.put(
                        resource.name,
                        CompletableFuture.allOf(needed)
                                .thenCompose(ready -> resource.declare(monitor, answers(resource, all), root)));
            }
            // Also when one fails, the others are waited for.
            CompletableFuture.allOf(all.values().toArray(CompletableFuture[]::new))
                    .join();
            monitor.registerOutputs(root.urn(), PropertyMap.EMPTY).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new ProgramFailed("a resource failed", new RegistrationFailed(String.valueOf(e.getMessage())));
        }
    }

    private static Map<String, Registered> answers(Res resource, Map<String, CompletableFuture<Registered>> all) {
        Map<String, Registered> answers = new HashMap<>();
        resource.needs().forEach(name -> answers.put(name, all.get(name).join()));
        return answers;
    }
}
