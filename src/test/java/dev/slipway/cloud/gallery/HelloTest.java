package dev.slipway.cloud.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cloud.gallery.hello.Hello;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HelloTest {
    @ParameterizedTest
    @CsvSource({
        "HELLO_DELAY, soon, 2147483647",
        "HELLO_DELAY, -1, 2147483647",
        "HELLO_DELAY, 99999999999, 2147483647",
        "HELLO_FAIL, exit:, 255",
        "HELLO_PORT, 70000, 65535",
        "PORT, http, 65535"
    })
    void tellsAVariableThatIsNoNumberInOneLine(String variable, String value, String most) throws Exception {
        Process hello = start(Map.of(variable, value));
        String said = new String(hello.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(hello.waitFor()).isEqualTo(2);
        assertThat(said.lines())
                .containsExactly(
                        variable + " is `" + value.replace("exit:", "") + "`: expected a number from 0 to " + most);
    }

    private static Process start(Map<String, String> environment) throws IOException {
        String classes = Path.of(Hello.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .toString();
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classes,
                        Hello.class.getName())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }
}
