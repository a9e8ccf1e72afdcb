package dev.slipway.cloud;

import dev.slipway.cloud.gallery.hello.Hello;
import java.util.List;

/** The processes of the hello image that run below a process. */
final class Instances {
    private final ProcessHandle cloud;

    Instances(ProcessHandle cloud) {
        this.cloud = cloud;
    }

    List<ProcessHandle> running() {
        return cloud.descendants()
                .filter(process -> process.info().commandLine().orElse("").endsWith(Hello.class.getName()))
                .toList();
    }

    int count() {
        return running().size();
    }
}
