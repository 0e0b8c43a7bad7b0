package io.toolgate.database;

import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where the database is and who we are to it, in the forms its clients want.
 *
 * <p>Invariant: the password appears in {@link #password} and {@link #uri} only.
 *
 * @param host name or address; an IPv6 address without brackets
 * @param password empty where the server asks for none
 * @param parameters of the connection, under libpq's names; those of {@link AddressReader#KEPT}
 */
public record DatabaseAddress(
    String host,
    int port,
    String database,
    String user,
    String password,
    Map<String, String> parameters) {
  static final String NAME = "application_name";
  static final String OPTIONS = "options";
  static final String SSL_MODE = "sslmode";
  static final String SSL_ROOT = "sslrootcert";

  private static final String APPLICATION = "toolgate";
  private static final int CONNECT_SECONDS = 5;

  public DatabaseAddress {
    parameters = Map.copyOf(parameters);
  }

  /** For JDBC; without user and password. */
  public String jdbcUrl() {
    StringBuilder url = new StringBuilder("jdbc:").append(location());
    url.append("?ApplicationName=").append(encode(parameters.getOrDefault(NAME, APPLICATION)));
    url.append("&connectTimeout=").append(CONNECT_SECONDS);
    parameters.forEach(
        (name, value) -> {
          if (!name.equals(NAME)) {
            url.append('&').append(name).append('=').append(encode(value));
          }
        });
    return url.toString();
  }

  /** A connection of JDBC's; the password goes to the server alone. */
  Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl(), user, password);
  }

  /** For the reactive client; without user and password. */
  public String reactiveUrl() {
    String mode = parameters.get(SSL_MODE);
    return mode == null ? location() : location() + "?sslmode=" + mode;
  }

  /** For the reactive client, complete. */
  public PgConnectOptions connectOptions() {
    PgConnectOptions options =
        new PgConnectOptions()
            .setHost(host)
            .setPort(port)
            .setDatabase(database)
            .setUser(user)
            .setPassword(password)
            .setConnectTimeout(CONNECT_SECONDS * 1000)
            .setTcpKeepAlive(true)
            .setMetricsName("postgresql")
            .addProperty(NAME, parameters.getOrDefault(NAME, APPLICATION));
    if (parameters.containsKey(OPTIONS)) {
      options.addProperty(OPTIONS, parameters.get(OPTIONS));
    }
    SslMode mode = SslMode.of(parameters.getOrDefault(SSL_MODE, SslMode.PREFER.value));
    options.setSslMode(mode);
    if (parameters.containsKey(SSL_ROOT)) {
      options.setTrustOptions(new PemTrustOptions().addCertPath(parameters.get(SSL_ROOT)));
    } else {
      options.setTrustAll(true);
    }
    if (mode == SslMode.VERIFY_FULL) {
      options.setHostnameVerificationAlgorithm("HTTPS");
    }
    return options;
  }

  /** For {@code psql} and everything else that uses libpq; with the password. */
  public String uri() {
    String credentials = encode(user) + (password.isEmpty() ? "" : ":" + encode(password)) + "@";
    String query =
        parameters.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(parameter -> parameter.getKey() + "=" + encode(parameter.getValue()))
            .collect(Collectors.joining("&"));
    return location().replace("//", "//" + credentials) + (query.isEmpty() ? "" : "?" + query);
  }

  private String location() {
    String bracketed = host.contains(":") ? "[" + host + "]" : host;
    return "postgresql://" + bracketed + ":" + port + "/" + encode(database);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Without the password. */
  @Override
  public String toString() {
    return location();
  }
}
