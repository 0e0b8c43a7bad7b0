package io.toolgate.product;

import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import io.toolgate.identity.Minted;
import java.util.HashMap;
import java.util.Map;

/** An environment in which every caller of the tests can prove itself, and their proofs. */
final class Proofs {
  static final String KEY = "a-key-for-everything-0123456789";
  static final String LIMITED_KEY = "a-key-limited-to-sales-0123456789";
  static final String GATEWAY_SECRET = "the-gateways-secret-0123456789";
  static final String SIGNED_SECRET = "signs-the-user-header-0123456789";
  static final String SESSION_SECRET = "signs-the-sessions-0123456789";

  /** An administrator by {@code ADMIN_EMAILS}. */
  static final String ANN = "ann@example.org";

  /** In no group. */
  static final String BOB = "bob@example.org";

  private Proofs() {}

  /** Every source that needs no other server. */
  static Map<String, String> environment(String... more) {
    Map<String, String> environment = new HashMap<>();
    environment.put("MCP_API_KEY", KEY);
    environment.put(
        "MCP_API_KEYS",
        "[{\"name\":\"sales\",\"key\":\"" + LIMITED_KEY + "\",\"groups\":[\"Sales\"]}]");
    environment.put("API_GATEWAY_MODE", "true");
    environment.put("GATEWAY_SHARED_SECRET", GATEWAY_SECRET);
    environment.put("FORWARD_USER_INFO_HEADER_JWT_SECRET", SIGNED_SECRET);
    environment.put("WEBUI_SECRET_KEY", SESSION_SECRET);
    environment.put("ADMIN_EMAILS", "Ann@Example.org");
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    return environment;
  }

  /** All secrets in it, which nothing may show. */
  static String[] secrets() {
    return new String[] {KEY, LIMITED_KEY, GATEWAY_SECRET, SIGNED_SECRET, SESSION_SECRET};
  }

  static String signed(String email) {
    return Minted.header(email).sign(SIGNED_SECRET);
  }

  /** With the claims that save a look-up in Open WebUI's table. */
  static String session(String email) {
    return Minted.session("id-of-" + email)
        .claim("email", email)
        .claim("role", "user")
        .sign(SESSION_SECRET);
  }

  /** A request to come, without any proof. */
  static RequestSpecification to(Product product) {
    return RestAssured.given().baseUri(product.url()).urlEncodingEnabled(false);
  }

  static RequestSpecification withKey(Product product) {
    return to(product).header("Authorization", "Bearer " + KEY);
  }

  /** As the recommended connection of Open WebUI sends it. */
  static RequestSpecification as(String email, Product product) {
    return withKey(product).header("X-OpenWebUI-User-Jwt", signed(email));
  }
}
