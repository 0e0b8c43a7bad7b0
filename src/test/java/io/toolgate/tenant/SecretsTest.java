package io.toolgate.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  @TempDir Path folder;
  TenantFixture fixture;

  @BeforeEach
  void prepare() {
    fixture = new TenantFixture(folder);
  }

  @Test
  void keepsValuesOfVariablesButNotPredefinedOnesNorDefaults() {
    fixture.set("A", "from-variable").set("SHORT", "12345").predefine("TOOLGATE_DATA", "/data/dir");

    ServerDefinition server =
        fixture.server(
            "{\"command\": \"c\", \"args\": [\"x${A}\", \"${SHORT}\", \"${TOOLGATE_DATA}\","
                + " \"${B:-from-default}\"]}");

    assertEquals(Set.of("from-variable"), server.secrets());
  }

  @Test
  void keepsHeadersAndTheTokensInThem() {
    ServerDefinition server =
        fixture.server(
            """
            {"url": "http://h/?api_key=in%2Fquery&page=1234567",
             "headers": {"Authorization": "bearer  abcdef", "X-Api": "literal", "X-S": "short"}}
            """);

    assertEquals(
        Set.of("bearer  abcdef", "abcdef", "literal", "in%2Fquery", "in/query"), server.secrets());
  }

  @Test
  void keepsEnvironmentWhoseNameTells() {
    ServerDefinition server =
        fixture.server(
            """
            {"command": "c", "env": {"api_key": "value-1", "MY_TOKEN": "value-2", "SECRETS": "value-3",
             "PASSWORD": "value-4", "X_PASSWD": "value-5", "CREDENTIALS": "value-6",
             "AUTHORIZATION": "value-7", "SENTRY_DSN": "value-8", "REGION": "eu-central"}}
            """);

    assertEquals(
        Set.of(
            "value-1", "value-2", "value-3", "value-4", "value-5", "value-6", "value-7", "value-8"),
        server.secrets());
  }

  @Test
  void keepsPasswordsOfUrlsInEnvironmentAndArguments() {
    ServerDefinition server =
        fixture.server(
            """
            {"command": "c", "args": ["--db=mysql://root:pa:ss%40word@db:3306/x?a=b@c"],
             "env": {"DB": "postgresql://u:sesame@h/d redis://:second@h", "SITE": "http://h:8080/@"}}
            """);

    assertEquals(Set.of("pa:ss%40word", "pa:ss@word", "sesame", "second"), server.secrets());
  }

  @Test
  void keepsEachLineOfALongSecret() {
    ServerDefinition server =
        fixture.server("{\"command\": \"c\", \"env\": {\"KEY\": \"-----BEGIN\\nline-one\\n\"}}");

    assertEquals(
        Set.of("-----BEGIN\nline-one\n", "-----BEGIN\nline-one", "-----BEGIN", "line-one"),
        server.secrets());
  }

  @Test
  void quotesNoValueOfAVariableInMistakes() {
    fixture.set("TOKEN", "very-secret");

    List<String> mistakes =
        fixture.mistakes(
            """
            {"url": "${TOKEN}", "timeout": "${TOKEN}", "type": "${TOKEN}", "disabled": "${TOKEN}",
             "headers": {"A": "${TOKEN}\\nx"}}
            """);

    assertEquals(5, mistakes.size());
    assertFalse(mistakes.toString().contains("very-secret"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"args\": [\"--access-token\", \"hidden-value\"]",
        "\"args\": [\"--api-key=hidden-value\"]",
        "\"args\": [\"-y\", \"pkg\", \"--db-pass\", \"hidden-value\", \"--verbose\"]",
        "\"args\": [\"--apiKey\", \"hidden-value\"]",
        "\"args\": [\"--header\", \"Authorization: Bearer hidden-value\"]",
        "\"args\": [\"--header=X-Api-Key:hidden-value\"]",
        "\"args\": [\"-H\", \"Cookie: hidden-value\"]",
        "\"args\": [\"Authorization:Bearer hidden-value\"]",
        "\"args\": [\"run\", \"-e\", \"GITHUB_PAT=hidden-value\", \"image\"]",
        "\"args\": [\"run\", \"--env=DB_PASS=hidden-value\", \"image\"]",
        "\"args\": [\"--config\", \"{\\\"apiKey\\\": \\\"hidden-value\\\"}\"]",
        "\"env\": {\"OPENAPI_HEADERS\": \"{\\\"Authorization\\\": \\\"Bearer hidden-value\\\"}\"}",
        "\"env\": {\"SETTINGS\": \"[{\\\"a\\\": {\\\"secrets\\\": [\\\"hidden-value\\\"]}}]\"}",
        "\"env\": {\"DB_PASS\": \"hidden-value\"}",
        "\"env\": {\"PASSPHRASE\": \"hidden-value\"}",
        "\"env\": {\"ADO_PAT\": \"hidden-value\"}",
        "\"env\": {\"SLACK_COOKIE\": \"hidden-value\"}",
        "\"env\": {\"AZURE_CONNECTION_STRING\": \"AccountName=abcdef;AccountKey=hidden-value;\"}",
      })
  void keepsWhatANameSaysToBeSecret(String members) {
    Set<String> secrets = fixture.server("{\"command\": \"c\", " + members + "}").secrets();

    assertTrue(secrets.contains("hidden-value"), secrets.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"args\": [\"--token\", \"--verbose\"]",
        "\"args\": [\"--key-file\", \"/etc/server/key.pem\", \"--token-path=/etc/server/t\"]",
        "\"args\": [\"run\", \"-v\", \"auth-data:/server/data\", \"keycloak:latest\"]",
        "\"args\": [\"--url\", \"https://host.example/key\", \"--header\", \"Accept: text/plain\"]",
        "\"env\": {\"PATH_TO\": \"/server/data\", \"PATTERN\": \"abcdef\", \"BYPASS\": \"example.org\"}",
        "\"env\": {\"SETTINGS\": \"{\\\"region\\\": \\\"eu-central\\\"}\", \"BROKEN\": \"{no json\"}",
      })
  void keepsNothingElse(String members) {
    assertEquals(Set.of(), fixture.server("{\"command\": \"c\", " + members + "}").secrets());
  }
}
