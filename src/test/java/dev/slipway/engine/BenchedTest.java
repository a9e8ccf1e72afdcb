package dev.slipway.engine;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test of the engine on a workbench of its own. */
abstract class BenchedTest {
    @TempDir
    Path directory;

    Workbench bench;

    @BeforeEach
    void open() {
        bench = new Workbench(directory);
    }
}
