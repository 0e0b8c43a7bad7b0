package io.toolgate.database;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Parser;

/**
 * One statement of a text.
 *
 * @param sql as it stands there, with comments before it
 * @param words without those
 * @param begin of the words in the text
 * @param line of the words, from 1
 */
record SqlStatement(String sql, String words, int begin, int line) {
  private static final Pattern NOTHING =
      Pattern.compile("(?:\\s+|--[^\\n]*(?:\\n|$)|/\\*(?:[^*]|\\*(?!/))*+\\*/)*+");

  /** Divides a text at the semicolons that PostgreSQL's own client for JDBC divides it at. */
  static List<SqlStatement> of(String text) throws SQLException {
    List<SqlStatement> statements = new ArrayList<>();
    int from = 0;
    int seen = 0;
    int line = 1;
    for (NativeQuery part : Parser.parseJdbcSql(text, true, false, true, false, false)) {
      String sql = part.nativeSql;
      int at = Math.max(from, text.indexOf(sql, from));
      Matcher nothing = NOTHING.matcher(sql);
      int skipped = nothing.lookingAt() ? nothing.end() : 0;
      from = at + sql.length();
      if (skipped < sql.length()) {
        line += lineEnds(text, seen, at + skipped);
        seen = at + skipped;
        statements.add(new SqlStatement(sql, sql.substring(skipped), seen, line));
      }
    }
    return statements;
  }

  /**
   * The line of a place in it.
   *
   * @param position as the server counts characters of {@link #sql}, from 1; 0 for the whole
   */
  int line(String text, int position) {
    if (position <= 0) {
      return line;
    }
    int characters = Math.min(position - 1, sql.codePointCount(0, sql.length()));
    int start = begin - (sql.length() - words.length());
    int place = start + sql.offsetByCodePoints(0, characters);
    return line + lineEnds(text, begin, place) - lineEnds(text, place, begin);
  }

  private static int lineEnds(String text, int from, int to) {
    return from >= to ? 0 : (int) text.substring(from, to).chars().filter(c -> c == '\n').count();
  }

  /** Its first word. */
  String verb() {
    return words.split("[^A-Za-z]", 2)[0].toUpperCase(Locale.ROOT);
  }
}
