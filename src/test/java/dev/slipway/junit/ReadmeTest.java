package dev.slipway.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the README shows is what is tested. */
final class ReadmeTest {
    private static final Path ROOT =
            Path.of(System.getProperty("slipway.root", "")).toAbsolutePath();

    @Test
    void itsExampleOfATestIsATest() throws IOException {
        String test = Files.readString(ROOT.resolve("src/test/java/dev/slipway/junit/HelloIT.java"));
        String shown = test.substring(test.indexOf("final class HelloIT"));
        assertThat(Files.readString(ROOT.resolve("README.md"))).contains("```java\n" + shown + "```");
    }
}
