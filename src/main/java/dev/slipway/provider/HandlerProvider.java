package dev.slipway.provider;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.Urn;
import dev.slipway.protocol.CheckRequest;
import dev.slipway.protocol.CheckResponse;
import dev.slipway.protocol.CreateRequest;
import dev.slipway.protocol.CreateResponse;
import dev.slipway.protocol.DeleteRequest;
import dev.slipway.protocol.DiffRequest;
import dev.slipway.protocol.DiffResponse;
import dev.slipway.protocol.InitializationFailed;
import dev.slipway.protocol.InvokeRequest;
import dev.slipway.protocol.InvokeResponse;
import dev.slipway.protocol.OutcomeUnknown;
import dev.slipway.protocol.ProviderException;
import dev.slipway.protocol.ProviderHost;
import dev.slipway.protocol.ReadRequest;
import dev.slipway.protocol.ReadResponse;
import dev.slipway.protocol.ResourceProvider;
import dev.slipway.protocol.UpdateRequest;
import dev.slipway.protocol.UpdateResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** A resource provider made of {@link ResourceHandler}s: finds the handler of a type token and speaks the protocol for it. */
public final class HandlerProvider implements ResourceProvider {
    private final ProviderConfiguration configuration;
    private final ProviderHost host;
    private volatile Map<String, HandledResource<?, ?>> resources = Map.of();
    private volatile Map<String, HandledFunction<?, ?>> functions = Map.of();

    public HandlerProvider(ProviderConfiguration configuration, ProviderHost host) {
        this.configuration = configuration;
        this.host = host;
    }

    @Override
    public CheckResponse checkConfig(CheckRequest request) {
        return configuration.check(request);
    }

    @Override
    public DiffResponse diffConfig(DiffRequest request) {
        return doing("compare the configuration of", request.urn(), () -> configuration.diff(request));
    }

    @Override
    public void configure(PropertyMap config) {
        Handlers handlers = configuration.handlers(config);
        var handled = new LinkedHashMap<String, HandledResource<?, ?>>();
        handlers.resources().forEach((token, handler) -> handled.put(token, handled(handler)));
        var called = new LinkedHashMap<String, HandledFunction<?, ?>>();
        handlers.functions().forEach((token, handler) -> called.put(token, new HandledFunction<>(handler)));
        functions = Map.copyOf(called);
        resources = Map.copyOf(handled);
    }

    private <I extends Record, S extends Record> HandledResource<I, S> handled(ResourceHandler<I, S> handler) {
        return new HandledResource<>(handler, host);
    }

    @Override
    public CheckResponse check(CheckRequest request) {
        return doing("check", request.urn(), () -> resource(request.urn()).check(request));
    }

    @Override
    public DiffResponse diff(DiffRequest request) {
        return doing("compare", request.urn(), () -> resource(request.urn()).diff(request));
    }

    @Override
    public CreateResponse create(CreateRequest request) {
        return changing("create", request.urn(), () -> resource(request.urn()).create(request));
    }

    @Override
    public ReadResponse read(ReadRequest request) {
        return doing("read", request.urn(), () -> resource(request.urn()).read(request));
    }

    @Override
    public UpdateResponse update(UpdateRequest request) {
        return changing("update", request.urn(), () -> resource(request.urn()).update(request));
    }

    @Override
    public void delete(DeleteRequest request) {
        changing("delete", request.urn(), () -> {
            resource(request.urn()).delete(request);
            return request;
        });
    }

    @Override
    public InvokeResponse invoke(InvokeRequest request) {
        String name = request.token().substring(request.token().lastIndexOf(':') + 1);
        return explained("call " + name, () -> function(request.token()).invoke(request));
    }

    @Override
    public void cancel() {
        configuration.cancel();
    }

    @Override
    public void close() {
        configuration.close();
    }

    private HandledResource<?, ?> resource(Urn urn) {
        HandledResource<?, ?> resource = resources.get(urn.type());
        if (resource != null) {
            return resource;
        }
        throw unknown("resource type", urn.type(), resources.keySet());
    }

    private HandledFunction<?, ?> function(String token) {
        HandledFunction<?, ?> function = functions.get(token);
        if (function != null) {
            return function;
        }
        throw unknown("function", token, functions.keySet());
    }

    private RuntimeException unknown(String what, String token, Set<String> known) {
        if (resources.isEmpty()) {
            return new IllegalStateException("the provider must be configured before " + token + " is used");
        }
        if (known.isEmpty()) {
            return new ProviderException("this provider has no " + what + " `" + token + "`");
        }
        String hint = DidYouMean.nearest(token, known)
                .map(near -> "did you mean `" + near + "`?")
                .orElseGet(() -> "known are " + String.join(", ", new TreeSet<>(known)));
        return new ProviderException("unknown " + what + " `" + token + "`; " + hint);
    }

    private <T> T changing(String verb, Urn urn, Supplier<T> call) {
        return doing(verb, urn, () -> {
            try {
                return call.get();
            } catch (RuntimeException e) {
                if (configuration.mayHaveHappened(e)) {
                    String told = String.valueOf(
                            configuration.explain(title(verb, urn), e).getMessage());
                    throw new OutcomeUnknown(told, e);
                }
                throw e;
            }
        });
    }

    private <T> T doing(String verb, Urn urn, Supplier<T> call) {
        return explained(title(verb, urn), call);
    }

    private <T> T explained(String doing, Supplier<T> call) {
        try {
            return call.get();
        } catch (ProviderException | InitializationFailed | OutcomeUnknown e) {
            throw e;
        } catch (RuntimeException e) {
            throw configuration.explain(doing, e);
        }
    }

    /** "create Service hello" */
    private static String title(String verb, Urn urn) {
        return verb + " " + urn.type().substring(urn.type().lastIndexOf(':') + 1) + " " + urn.name();
    }
}
