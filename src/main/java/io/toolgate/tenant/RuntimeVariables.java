package io.toolgate.tenant;

import java.util.regex.Pattern;

/**
 * Variables that decide which code a child runs, whom it trusts or through whom it speaks. A group
 * brings credentials, so it may set none of them, even where a definition names one.
 */
final class RuntimeVariables {
  private static final Pattern NAMES =
      Pattern.compile(
          String.join(
              "|",
              // the dynamic linker and the C library
              "LD_.*|DYLD_.*|GLIBC_.*|MALLOC_.*|GCONV_PATH|LOCPATH|NLSPATH|TZDIR|HOSTALIASES",
              "RESOLV_HOST_CONF|RES_OPTIONS|LOCALDOMAIN|TERMINFO.*|TERMCAP",
              // shells, and programs that others start
              "PATH|PATHEXT|COMSPEC|SHELL|SHELLOPTS|BASH.*|ENV|IFS|PS[0-4]|PROMPT_COMMAND|CDPATH",
              "ZDOTDIR|FPATH|HOME|USERPROFILE|APPDATA|LOCALAPPDATA|TMP|TEMP|TMPDIR|PWD|XDG_.*",
              "EDITOR|VISUAL|(.*_)?PAGER|LESS(OPEN|CLOSE)|BROWSER|(.*_)?ASKPASS",
              ".*_EXECUTABLE(_PATH)?|PUPPETEER_.*|PLAYWRIGHT_.*|CHROME_.*|(.*_)?LAUNCH_OPTIONS",
              // languages and their package managers
              "NODE_.*|NPM_(?!TOKEN$).*|NPX_.*|YARN_.*|PNPM_.*|COREPACK_.*|BUN_.*|DENO_.*|ELECTRON_.*|TSX_.*",
              "PYTHON.*|PIP_.*|PIPX_.*|UV_.*|VIRTUAL_ENV|CONDA_.*|POETRY_.*",
              "JAVA_.*|_JAVA_.*|JDK_.*|(.*_)?CLASSPATH|JVM_.*|(.*_)?JAVA_OPT(ION)?S|MAVEN_.*",
              "GRADLE_.*|PERL(5.*|_.*|LIB)|RUBY(OPT|LIB|SHELL|_.*)|GEM_.*|BUNDLE_.*|PHPRC|PHP_INI_.*",
              "LUA_.*|R_(PROFILE|ENVIRON|HOME|LIBS).*|RUST(C|DOC|UP|FLAGS|_).*|CARGO_.*",
              "GO(FLAGS|PROXY|PATH|ROOT|BIN|DEBUG|ENV|TOOLCHAIN|NOSUMDB|NOSUMCHECK|INSECURE)",
              "DOTNET_.*|CORECLR_.*|COR_.*|COMPLUS_.*|ERL_.*|ELIXIR_.*|JULIA_.*|TCLLIBPATH|GUILE_.*",
              // version control, containers
              "GIT_(SSH.*|EXEC_PATH|PROXY_.*|EDITOR|SEQUENCE_EDITOR|EXTERNAL_DIFF|CONFIG.*|DIR)",
              "GIT_(WORK_TREE|TEMPLATE_DIR|TRACE.*|SSL_.*|ALLOW_PROTOCOL|.*_PATHSPECS|.*DIRECTOR.*)",
              "SSH_(ASKPASS.*|AUTH_SOCK|SK_.*)|SVN_(SSH|EDITOR)|HG(RCPATH|EDITOR|MERGE|PLAIN.*)",
              "DOCKER_(HOST|CONFIG|CONTEXT|CERT_PATH|TLS.*)|PODMAN_.*",
              // trust and routing of connections
              "SSL_.*|SSLKEYLOGFILE|OPENSSL_.*|CURL_.*|(.*_)?CA_(BUNDLE|CERTS?|FILE|PATH)|KRB5.*",
              "(.*_)?PROXY"),
          Pattern.CASE_INSENSITIVE);

  private RuntimeVariables() {}

  static boolean contains(String name) {
    return NAMES.matcher(name).matches();
  }
}
