package dev.slipway.engine;

/** Takes the events of a run, one at a time. Should return soon: the run waits for it. */
@FunctionalInterface
public interface EventSink {
    EventSink NONE = event -> {};

    void accept(EngineEvent event);
}
