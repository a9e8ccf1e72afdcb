package dev.slipway.protocol;

import dev.slipway.property.PropertyMap;

/**
 * What an engine asks of a provider of resources. Every method may be called from several threads at once. Failures are
 * {@link ProviderException} (nothing was done, or it is not known) or {@link InitializationFailed} (done, but not healthy).
 */
public interface ResourceProvider extends AutoCloseable {
    /** Validates a provider's configuration and fills in defaults. Must not touch the network. */
    CheckResponse checkConfig(CheckRequest request);

    /** Whether a changed configuration means another world, so that every resource of it must be replaced. */
    DiffResponse diffConfig(DiffRequest request);

    /** Takes the checked configuration; called once, before any call below. */
    void configure(PropertyMap config);

    /** Validates inputs and fills in defaults; reports every failure at once. */
    CheckResponse check(CheckRequest request);

    /** What would have to happen to make {@code news} true of a resource that now is {@code olds}. */
    DiffResponse diff(DiffRequest request);

    CreateResponse create(CreateRequest request);

    /** Reads what is really there; an absent resource answers {@link ReadResponse#GONE}. */
    ReadResponse read(ReadRequest request);

    UpdateResponse update(UpdateRequest request);

    /** Deletes; a resource that is already gone is success. */
    void delete(DeleteRequest request);

    /** Calls a function of the provider; reports everything that is wrong with the arguments at once. */
    InvokeResponse invoke(InvokeRequest request);

    /** Asks operations in flight to stop waiting as soon as that is safe. */
    void cancel();

    @Override
    void close();
}
