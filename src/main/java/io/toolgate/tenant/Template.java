package io.toolgate.tenant;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A text of a definition in which a caller's data may be left open.
 *
 * <p>Invariant: only what the file itself spells out is a placeholder. The value of a variable, and
 * what a caller brings, is text whatever it looks like, so neither can ask for another caller's
 * data.
 *
 * <p>Threading: immutable.
 */
public final class Template {
  /** Text, then in turns a placeholder and the text behind it. */
  private final List<String> texts;

  private final List<Placeholder> placeholders;

  private Template(List<String> texts, List<Placeholder> placeholders) {
    this.texts = List.copyOf(texts);
    this.placeholders = List.copyOf(placeholders);
  }

  /** One that leaves nothing open. */
  public static Template of(String text) {
    return new Template(List.of(text), List.of());
  }

  static Builder builder() {
    return new Builder();
  }

  /** Whether nothing is left open. */
  public boolean isText() {
    return placeholders.isEmpty();
  }

  Set<Placeholder> placeholders() {
    Set<Placeholder> all = EnumSet.noneOf(Placeholder.class);
    all.addAll(placeholders);
    return all;
  }

  List<String> texts() {
    return texts;
  }

  /** Without blanks and line ends around it, which no header carries. */
  Template stripped() {
    List<String> inner = new ArrayList<>(texts);
    inner.set(0, inner.get(0).stripLeading());
    inner.set(inner.size() - 1, inner.get(inner.size() - 1).stripTrailing());
    return new Template(inner, placeholders);
  }

  /**
   * The text for one caller; none where something left open is not known of this caller.
   *
   * @param form what becomes of a caller's data before it stands in the text
   */
  Optional<String> fill(Told told, UnaryOperator<String> form) {
    StringBuilder filled = new StringBuilder(texts.get(0));
    for (int i = 0; i < placeholders.size(); i++) {
      Optional<String> value = placeholders.get(i).in(told, form);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      filled.append(value.get()).append(texts.get(i + 1));
    }
    return Optional.of(filled.toString());
  }

  /** The text with its placeholders as a file spells them. */
  String asWritten() {
    StringBuilder written = new StringBuilder(texts.get(0));
    for (int i = 0; i < placeholders.size(); i++) {
      written.append(placeholders.get(i)).append(texts.get(i + 1));
    }
    return written.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Template that
        && texts.equals(that.texts)
        && placeholders.equals(that.placeholders);
  }

  @Override
  public int hashCode() {
    return Objects.hash(texts, placeholders);
  }

  /** Leaves the text out, which may be secret. */
  @Override
  public String toString() {
    return isText() ? "a text" : "a text with " + placeholders();
  }

  /**
   * Puts a template together from what was read.
   *
   * <p>Threading: belongs to the one thread that reads.
   */
  static final class Builder {
    private final List<String> texts = new ArrayList<>();
    private final List<Placeholder> placeholders = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    private Builder() {}

    Builder append(CharSequence more) {
      text.append(more);
      return this;
    }

    Builder append(Placeholder placeholder) {
      texts.add(text.toString());
      text.setLength(0);
      placeholders.add(placeholder);
      return this;
    }

    Template build() {
      texts.add(text.toString());
      return new Template(texts, placeholders);
    }
  }
}
