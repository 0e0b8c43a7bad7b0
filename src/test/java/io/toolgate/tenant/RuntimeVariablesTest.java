package io.toolgate.tenant;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuntimeVariablesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LD_PRELOAD",
        "LD_LIBRARY_PATH",
        "DYLD_INSERT_LIBRARIES",
        "GCONV_PATH",
        "PATH",
        "BASH_ENV",
        "ENV",
        "IFS",
        "HOME",
        "SHELL",
        "TMPDIR",
        "NODE_OPTIONS",
        "NODE_PATH",
        "npm_config_registry",
        "NPM_CONFIG_SCRIPT_SHELL",
        "PYTHONPATH",
        "PYTHONSTARTUP",
        "PYTHONHOME",
        "PIP_INDEX_URL",
        "UV_INDEX_URL",
        "JAVA_TOOL_OPTIONS",
        "_JAVA_OPTIONS",
        "JDK_JAVA_OPTIONS",
        "CLASSPATH",
        "PERL5OPT",
        "PERL5LIB",
        "RUBYOPT",
        "RUBYLIB",
        "PHP_INI_SCAN_DIR",
        "LUA_INIT",
        "GOFLAGS",
        "DOTNET_STARTUP_HOOKS",
        "CORECLR_PROFILER",
        "GIT_SSH_COMMAND",
        "GIT_SSH",
        "GIT_EXEC_PATH",
        "GIT_CONFIG_COUNT",
        "GIT_ASKPASS",
        "GIT_PAGER",
        "SSH_ASKPASS",
        "EDITOR",
        "PAGER",
        "BROWSER",
        "DOCKER_HOST",
        "OPENSSL_CONF",
        "SSL_CERT_FILE",
        "SSLKEYLOGFILE",
        "NODE_EXTRA_CA_CERTS",
        "REQUESTS_CA_BUNDLE",
        "HTTP_PROXY",
        "https_proxy",
        "ALL_PROXY",
        "NO_PROXY",
        "CHROME_EXECUTABLE_PATH",
        "PUPPETEER_LAUNCH_OPTIONS",
        "RUSTC_WRAPPER",
        "MAVEN_OPTS",
      })
  void knowsWhatDecidesWhatIsRun(String name) {
    assertTrue(RuntimeVariables.contains(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GITHUB_TOKEN",
        "GITHUB_PERSONAL_ACCESS_TOKEN",
        "AIRTABLE_API_KEY",
        "DATABASE_URI",
        "JIRA_URL",
        "MYSQL_PASS",
        "REDIS_SSL",
        "AZURE_TENANT_ID",
        "NPM_TOKEN",
        "SSH_PASSWORD",
        "GIT_TOKEN",
        "SLACK_MCP_XOXB_TOKEN",
        "OPENAI_API_KEY",
        "HOMEPAGE_TOKEN",
        "ENVIRONMENT",
        "MDB_MCP_CONNECTION_STRING",
        "GRAFANA_SERVICE_ACCOUNT_TOKEN",
        "HGNC_KEY",
        "RUBRIK_TOKEN",
      })
  void leavesCredentialsToTheGroups(String name) {
    assertFalse(RuntimeVariables.contains(name));
  }
}
