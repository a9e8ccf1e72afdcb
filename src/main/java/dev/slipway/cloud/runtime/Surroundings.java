package dev.slipway.cloud.runtime;

import java.net.URI;
import java.util.Map;

/** What an instance finds in its network besides itself. */
public interface Surroundings {
    /** The instance reaches nothing but itself. */
    Surroundings NONE = new Surroundings() {
        @Override
        public Map<String, String> variables(URI machine) {
            return Map.of();
        }

        @Override
        public void open(Entrance entrance) {
            throw new IllegalStateException("nothing was to be found");
        }
    };

    /**
     * Environment variables that tell the application what there is; they win over the image's, and the {@link InstanceSpec}'s own win over them.
     *
     * @param machine where whoever runs the instance is reached from inside: {@link Entrance#MACHINE} where connections to every address come to the
     *     entrance, else a loopback address with a port
     */
    Map<String, String> variables(URI machine);

    /** Called once, when the instance was started. Whatever the application asks before waits. */
    void open(Entrance entrance);
}
