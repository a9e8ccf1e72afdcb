package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigCommandTest {
    @TempDir
    private Path root;

    private CommandLineBench slipway;

    @BeforeEach
    void project() throws IOException {
        slipway = new CommandLineBench(root);
        slipway.run("stack", "init", "dev").well();
    }

    @Test
    void valuesAreSetReadListedAndRemoved() throws IOException {
        slipway.write("Pulumi.yaml", "name: app\nruntime: java\nconfig:\n  port: {type: integer, default: 8080}\n");
        slipway.run("config", "set", "image", "a/b:1").well();
        slipway.run("config", "set", "aws:region", "eu-west-1").well();
        slipway.run("config", "set", "--path", "scaling.minSize", "2").well();
        slipway.run("config", "set", "--path", "names[0]", "true").well();
        assertThat(slipway.read("Pulumi.dev.yaml")).isEqualTo("""
                config:
                  app:image: a/b:1
                  aws:region: eu-west-1
                  app:scaling:
                    minSize: 2
                  app:names:
                    - true
                """);
        assertThat(slipway.run("config", "get", "image").well().out()).isEqualTo("a/b:1\n");
        assertThat(slipway.run("config", "get", "--path", "scaling.minSize")
                        .well()
                        .out())
                .isEqualTo("2\n");
        assertThat(slipway.run("config", "get", "port").well().out()).isEqualTo("8080\n");
        assertThat(slipway.run("config").well().out())
                .contains("KEY ", "image       a/b:1", "aws:region  eu-west-1", "{\"minSize\":2}");
        JsonNode json = new ObjectMapper()
                .readTree(slipway.run("config", "--json").well().out());
        assertThat(json.at("/app:scaling/objectValue/minSize").asInt()).isEqualTo(2);
        assertThat(json.at("/app:image/value").asText()).isEqualTo("a/b:1");
        slipway.run("config", "rm", "image").well();
        slipway.run("config", "rm-all", "--path", "scaling.minSize", "aws:region")
                .well();
        slipway.run("config", "get", "image").badly("configuration key 'image' not found for stack 'dev'");
        assertThat(slipway.read("Pulumi.dev.yaml")).isEqualTo("config:\n  app:scaling: {}\n  app:names:\n    - true\n");
    }

    @Test
    void aSecretIsEncryptedAsPulumiDoesAndShownOnlyWhenAsked() throws IOException {
        slipway.environment.put("PULUMI_CONFIG_PASSPHRASE", "correct horse");
        slipway.run("config", "set", "--secret", "password", "hunter2").well();
        assertThat(slipway.read("Pulumi.dev.yaml"))
                .containsPattern("(?m)^encryptionsalt: v1:[A-Za-z0-9+/=]+:v1:")
                .containsPattern("  app:password:\n    secure: v1:")
                .doesNotContain("hunter2");
        assertThat(slipway.run("config").well().out())
                .contains("password  [secret]")
                .doesNotContain("hunter2");
        assertThat(slipway.run("config", "--json").well().out())
                .contains("\"secret\" : true")
                .doesNotContain("value");
        assertThat(slipway.run("config", "--show-secrets").well().out()).contains("hunter2");
        assertThat(slipway.run("config", "get", "password").well().out()).isEqualTo("hunter2\n");
        slipway.run("config", "set", "--path", "login.token", "--secret", "sesame")
                .well();
        assertThat(slipway.run("config", "get", "login").well().out()).isEqualTo("{\"token\":\"sesame\"}\n");
        slipway.environment.put("PULUMI_CONFIG_PASSPHRASE", "wrong");
        slipway.run("config", "get", "password").badly("passphrase of this stack is wrong");
        slipway.environment.remove("PULUMI_CONFIG_PASSPHRASE");
        slipway.run("config", "set", "--secret", "other", "x").badly("PULUMI_CONFIG_PASSPHRASE");
    }

    @Test
    void aSecretOfPulumisIsRead() throws IOException {
        slipway.environment.put("PULUMI_CONFIG_PASSPHRASE", "password");
        slipway.write("Pulumi.dev.yaml", """
                encryptionsalt: v1:fozI5u6B030=:v1:F+6ZduKKd8G0/V7L:PGMFeIzwobWRKmEAzUdaQHqC5mMRIQ==
                config:
                  app:word:
                    secure: v1:F+6ZduKKd8G0/V7L:PGMFeIzwobWRKmEAzUdaQHqC5mMRIQ==
                """);
        assertThat(slipway.run("config", "get", "word").well().out()).isEqualTo("pulumi\n");
    }

    @Test
    void whatLooksLikeASecretIsNotKeptInClearUnasked() throws IOException {
        slipway.run("config", "set", "dbPassword", "hunter2").badly("app:dbPassword", "--secret", "--plaintext");
        slipway.run("config", "set", "dbPassword", "hunter2", "--plaintext").well();
        slipway.run("config", "set", "dbPassword", "x", "--plaintext", "--secret")
                .badly("mutually exclusive");
    }

    @Test
    void aValueComesFromStandardInputWhenItIsNotAnArgument() throws IOException {
        slipway.input = "two\nlines\n";
        slipway.run("config", "set", "text").well();
        assertThat(slipway.run("config", "get", "text").well().out()).isEqualTo("two\nlines\n");
    }

    @Test
    void aTypeIsKept() throws IOException {
        slipway.run("config", "set", "port", "80", "--type", "int").well();
        slipway.run("config", "set", "ratio", "0.5", "--type", "float").well();
        slipway.run("config", "set", "on", "true", "--type", "bool").well();
        assertThat(slipway.read("Pulumi.dev.yaml"))
                .contains("app:port: 80\n", "app:ratio: 0.5\n", "app:\"on\"".replace("\"on\"", "on") + ": true\n");
        slipway.run("config", "set", "port", "eighty", "--type", "int").badly("--type int: `eighty` is not one");
        slipway.run("config", "set", "port", "80", "--type", "date").badly("expected string, bool, int or float");
    }

    @Test
    void severalValuesAreSetTogetherOrNotAtAll() throws IOException {
        slipway.run("config", "set-all", "--plaintext", "a=1", "--plaintext", "b=x=y")
                .well();
        assertThat(slipway.read("Pulumi.dev.yaml"))
                .isEqualTo("config:\n  app:a: \"1\"\n  app:b: \"x=y\"\n".replace("\"x=y\"", "x=y"));
        slipway.run("config", "set-all", "--plaintext", "a=2", "--plaintext", "no equals")
                .badly("expected KEY=VALUE");
        assertThat(slipway.run("config", "get", "a").out()).isEqualTo("1\n");
    }

    @Test
    void aConfigurationIsCopiedWithItsSecretsEncryptedForTheOtherStack() throws IOException {
        slipway.environment.put("PULUMI_CONFIG_PASSPHRASE", "one");
        slipway.run("config", "set", "a", "1").well();
        slipway.run("config", "set", "--secret", "b", "hunter2").well();
        slipway.run("stack", "init", "prod", "--copy-config-from", "dev").well();
        assertThat(slipway.run("config", "get", "b").well().out()).isEqualTo("hunter2\n");
        assertThat(slipway.read("Pulumi.prod.yaml"))
                .doesNotContain(slipway.read("Pulumi.dev.yaml")
                        .lines()
                        .filter(line -> line.startsWith("encryptionsalt"))
                        .findFirst()
                        .orElseThrow());
        slipway.run("config", "set", "c", "3").well();
        slipway.run("config", "cp", "c", "-d", "dev").well();
        assertThat(slipway.run("config", "get", "c", "-s", "dev").well().out()).isEqualTo("3\n");
        slipway.run("config", "cp", "-d", "prod").badly("are the same");
    }

    @Test
    void aMalformedKeyIsTold() {
        slipway.run("config", "set", "a:b:c", "1").badly("invalid configuration key `a:b:c`");
        slipway.run("config", "set", "--path", "a[", "1").badly("invalid configuration key");
        slipway.run("config", "get", "a", "-s", "none").badly("no stack named 'none'");
    }
}
