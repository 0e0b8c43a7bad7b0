package io.toolgate.product;

import io.toolgate.scripted.Scripted;
import java.util.Map;

/**
 * A product with two servers of one tool each. {@code Developers}, with ann@example.org in it, may
 * use {@code notes}; {@code Vertrieb Süd}, with bob@example.org in it, may use {@code sales}.
 */
public final class TwoGroups {
  public static final String ANNS_TOOL = "notes_tool_0";
  public static final String BOBS_TOOL = "sales_tool_0";

  private TwoGroups() {}

  /** Starts with this environment alone. The rows are there, but perhaps not yet effective. */
  public static Product started(Map<String, String> environment) {
    Map<String, ?> server = Product.definition(Scripted.stdio().withoutBuiltins().count(1));
    Product product = Product.serving(Map.of("notes", server, "sales", server), environment);
    product
        .sql()
        .run(
            "INSERT INTO user_group_membership VALUES"
                + " ('ann@example.org', 'Developers'), ('Bob@Example.org', 'Vertrieb Süd')",
            "INSERT INTO group_tenant_mapping VALUES"
                + " ('Developers', 'notes'), ('Vertrieb Süd', 'sales')");
    product.await(
        "both tools are known",
        () -> product.get("/health").json().path("tools_cached").intValue() == 2);
    product.await(
        "grants are read",
        () -> product.log().stream().anyMatch(line -> line.contains("Grants of")));
    return product;
  }
}
