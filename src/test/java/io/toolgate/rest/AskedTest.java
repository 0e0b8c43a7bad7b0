package io.toolgate.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AskedTest {
  @ParameterizedTest
  @CsvSource({
    "/health, PROBE",
    "/q/health, PROBE",
    "/q/health/ready, PROBE",
    "/health/, PROBE",
    "/q/health/, PROBE",
    "/, PAGE",
    "/favicon.ico, PAGE",
    "/docs, PAGE",
    "/docs/, PAGE",
    "/github/docs/, PAGE",
    "/github/docs, PAGE",
    "/webjars/toolgate/docs.js, PAGE",
    "/webjars/swagger-ui/5.21.0/swagger-ui-bundle.js, PAGE",
    "/schemas/tenant-file.schema.json, PAGE",
    "/openapi.json, DOCUMENT",
    "/openapi.yaml, DOCUMENT",
    "/github/openapi.json, DOCUMENT",
    "/servers, LISTING",
    "/tools, LISTING",
    "/github, LISTING",
    "/api/config, LISTING",
    "/system, LISTING",
    "/servers/, LISTING",
    "/openapi.json/, DOCUMENT",
  })
  void knowsWhatCanBeAnsweredWithoutProof(String path, Asked asked) {
    assertEquals(asked, Asked.of(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/metrics",
        "/metrics/",
        "/docs//",
        "/q/metrics",
        "/q/openapi",
        "/q/health/x",
        "/health/x",
        "/github/echo",
        "/github/docs;x=1",
        "/a/b/docs",
        "/a/b/openapi.json",
        "/webjars/other/x.js",
        "/webjars/toolgate/..%2F..%2Fservers",
        "/schemas/../servers.schema.json",
        "/api/configuration",
        "//servers",
        "http://localhost/health",
      })
  void takesNothingElseForThat(String path) {
    assertEquals(Asked.OTHER, Asked.of(path));
  }
}
