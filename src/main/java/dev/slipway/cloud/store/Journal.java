package dev.slipway.cloud.store;

import java.util.function.Supplier;

/** Where changes are written down. Appending is cheap and keeps the order of the calls; {@link #sync} makes durable. */
interface Journal {
    /** Takes one line, without its end; the number is what {@link #sync} wants. Called under the store's lock. */
    long append(byte[] line);

    /** Returns when everything up to this number is durable. */
    void sync(long number);

    /** True when the journal has grown so much beyond its content that it should be written anew. */
    boolean isLarge();

    /** True when a write has failed: until it is written anew, nothing more can be. */
    boolean isBroken();

    /** Starts anew with these lines, which say all that the old ones said. Called under the store's lock. */
    void rewrite(Supplier<Iterable<byte[]>> lines);

    void close();

    /** Writes nothing down. */
    Journal NONE = new Journal() {
        @Override
        public long append(byte[] line) {
            return 0;
        }

        @Override
        public void sync(long number) {}

        @Override
        public boolean isLarge() {
            return false;
        }

        @Override
        public boolean isBroken() {
            return false;
        }

        @Override
        public void rewrite(Supplier<Iterable<byte[]>> lines) {}

        @Override
        public void close() {}
    };
}
