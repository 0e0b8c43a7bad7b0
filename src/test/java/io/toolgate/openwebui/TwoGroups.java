package io.toolgate.openwebui;

import io.toolgate.product.Product;
import io.toolgate.scripted.Scripted;
import java.util.Map;

/**
 * A product with two servers of one tool each. {@code Developers}, with Ann in it, may use one,
 * {@code Vertrieb Süd}, with Bob in it, the other; Carol is in no group.
 */
final class TwoGroups {
  static final String ANNS_TOOL = "notes_tool_0";
  static final String BOBS_TOOL = "sales_tool_0";
  static final User ANN = User.named("ann");
  static final User BOB = User.named("bob");
  static final User CAROL = User.named("carol");

  private TwoGroups() {}

  /** Starts with this environment alone; rows and tools are there, but grants perhaps not read. */
  static Product started(Map<String, String> environment) {
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
    return product;
  }
}
