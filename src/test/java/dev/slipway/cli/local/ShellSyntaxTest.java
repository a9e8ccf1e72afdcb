package dev.slipway.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ShellSyntaxTest {
    private static final String AWKWARD = "it's $HOME \\ \"a\" `b` ; é";

    @Test
    void aBourneShellReadsBackWhatWasMeant() throws IOException {
        String text = ShellSyntax.SH.write(Map.of("VALUE", AWKWARD), List.of("GONE"));
        ProcessBuilder builder = new ProcessBuilder(
                "sh", "-c", "GONE=there; eval \"$1\"; printf '%s|%s' \"$VALUE\" \"${GONE-}\"", "sh", text);
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process shell = builder.start();
        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(AWKWARD + "|");
    }

    @Test
    void everyShellQuotesInItsOwnWay() {
        Map<String, String> set = Map.of("V", "it's \\");
        assertThat(ShellSyntax.FISH.write(set, List.of())).isEqualTo("set -gx V 'it\\'s \\\\';\n");
        assertThat(ShellSyntax.POWERSHELL.write(set, List.of())).isEqualTo("$Env:V = 'it''s \\'\n");
        assertThat(ShellSyntax.JSON.write(set, List.of("W")).replaceAll("\\s", ""))
                .isEqualTo("{\"V\":\"it's\\\\\",\"W\":null}");
    }
}
