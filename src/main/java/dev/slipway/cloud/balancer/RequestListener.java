package dev.slipway.cloud.balancer;

/** Is told of every request that a target gets, before the target gets it. Called from many threads; must neither block nor fail. */
public interface RequestListener {
    /** For targets that need not know. */
    RequestListener NONE = new RequestListener() {
        @Override
        public void requestBegins() {}

        @Override
        public void requestEnds() {}
    };

    void requestBegins();

    /** Follows every {@link #requestBegins()} once: the request was answered or given up. */
    void requestEnds();
}
