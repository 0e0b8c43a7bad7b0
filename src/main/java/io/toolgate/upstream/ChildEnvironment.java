package io.toolgate.upstream;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a child process may see of our environment: the few variables any program needs to run, and
 * what its own definition names. Everything else, our credentials above all, stays here.
 */
final class ChildEnvironment {
  private static final Set<String> BASE =
      Set.of(
          "PATH",
          "HOME",
          "USER",
          "LOGNAME",
          "SHELL",
          "LANG",
          "LANGUAGE",
          "TZ",
          "TERM",
          "TMPDIR",
          "TMP",
          "TEMP",
          "XDG_CACHE_HOME",
          "XDG_CONFIG_HOME",
          "XDG_DATA_HOME",
          "XDG_RUNTIME_DIR",
          // certificates and proxies: without them programs behind a company's proxy reach nothing
          "SSL_CERT_FILE",
          "SSL_CERT_DIR",
          "NODE_EXTRA_CA_CERTS",
          "REQUESTS_CA_BUNDLE",
          "CURL_CA_BUNDLE",
          "HTTP_PROXY",
          "HTTPS_PROXY",
          "NO_PROXY",
          "ALL_PROXY",
          "http_proxy",
          "https_proxy",
          "no_proxy",
          "all_proxy",
          // where npx and uvx find their caches and mirrors
          "npm_config_registry",
          "npm_config_cache",
          "NPM_CONFIG_REGISTRY",
          "NPM_CONFIG_CACHE",
          "NPM_CONFIG_USERCONFIG",
          "UV_CACHE_DIR",
          "UV_DEFAULT_INDEX",
          "UV_INDEX_URL",
          "UV_PYTHON_INSTALL_DIR",
          "UV_TOOL_DIR",
          // Windows programs do not start without these
          "SystemRoot",
          "SYSTEMROOT",
          "ComSpec",
          "COMSPEC",
          "PATHEXT",
          "APPDATA",
          "LOCALAPPDATA",
          "USERPROFILE",
          "ProgramFiles",
          "ProgramData",
          "HOMEDRIVE",
          "HOMEPATH",
          "windir");

  private ChildEnvironment() {}

  /**
   * Makes our environment a child's: the base of it, overlaid with {@code own}. What stays is not
   * touched, so that also values come through that are no text in our encoding.
   *
   * @param before of {@code LC_ALL}, if that was given to Toolgate alone; empty text for none
   */
  static void become(Map<String, String> ours, Map<String, String> own, Optional<String> before) {
    ours.keySet().removeIf(name -> !isForAll(name));
    before.ifPresent(
        value -> {
          ours.remove("LC_ALL");
          if (!value.isEmpty()) {
            ours.put("LC_ALL", value);
          }
        });
    ours.putAll(own);
  }

  /** Whether every child is given that variable of ours. */
  private static boolean isForAll(String name) {
    return BASE.contains(name) || name.startsWith("LC_");
  }
}
