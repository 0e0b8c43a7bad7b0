package io.toolgate.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.AnnotationKeyword;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of JSON Schema a schema is written in: what {@code $schema} says, else 2020-12, which
 * is MCP's default. Its dialect judges {@code uniqueItems} in linear time, and takes keywords it
 * does not know as annotations, without a word in the log.
 */
enum Draft {
  DRAFT_4(Dialects.getDraft4()),
  DRAFT_6(Dialects.getDraft6()),
  DRAFT_7(Dialects.getDraft7()),
  DRAFT_2019_09(Dialects.getDraft201909()),
  DRAFT_2020_12(Dialects.getDraft202012());

  private static final Pattern KNOWN =
      Pattern.compile("https?://json-schema\\.org/draft[-/](0[467]|2019-09|2020-12)/schema#?");

  private final Dialect dialect;

  Draft(Dialect dialect) {
    this.dialect =
        Dialect.builder(dialect)
            .keyword(new UniqueElements())
            .unknownKeywordFactory((name, context) -> new AnnotationKeyword(name))
            .build();
  }

  Dialect dialect() {
    return dialect;
  }

  static Draft of(JsonNode schema) {
    Matcher known = KNOWN.matcher(schema.path("$schema").asText());
    if (!known.matches()) {
      return DRAFT_2020_12;
    }
    return switch (known.group(1)) {
      case "04" -> DRAFT_4;
      case "06" -> DRAFT_6;
      case "07" -> DRAFT_7;
      case "2019-09" -> DRAFT_2019_09;
      default -> DRAFT_2020_12;
    };
  }
}
