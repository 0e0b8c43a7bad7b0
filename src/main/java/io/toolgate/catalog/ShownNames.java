package io.toolgate.catalog;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.toolgate.problem.Mistake;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The names under which a tool's properties are shown, where model providers refuse their own, and
 * the way back: one refused name costs the whole chat.
 *
 * <p>Invariant: arguments are named back only where the shown schema has the name, so keys that a
 * caller is free to choose stay as they are. Where a schema goes on that the shown one cuts,
 * because it refers to itself, they are named back by the name alone: it stands for one property
 * only.
 *
 * <p>Threading: immutable.
 */
public final class ShownNames {
  /** Every property has its own name. */
  public static final ShownNames NONE = new ShownNames(Map.of(), Place.EMPTY, false);

  /**
   * A place in the arguments.
   *
   * @param own by shown name, where the two differ
   * @param below by shown name, where a place further in has names that differ
   * @param items null when no name differs there
   */
  private record Place(Map<String, String> own, Map<String, Place> below, Place items) {
    static final Place EMPTY = new Place(Map.of(), Map.of(), null);

    boolean isEmpty() {
      return own.isEmpty() && below.isEmpty() && items == null;
    }

    Place and(Place other) {
      Map<String, String> names = new HashMap<>(own);
      names.putAll(other.own);
      Map<String, Place> places = new HashMap<>(below);
      other.below.forEach((name, place) -> places.merge(name, place, Place::and));
      Place both =
          items == null ? other.items : other.items == null ? items : items.and(other.items);
      return new Place(names, places, both);
    }
  }

  /** One that takes more is large enough to be cut. */
  private static final int MOST_LOOKS = 20_000;

  private final Map<String, String> shown;
  private final Map<String, String> own;
  private final Place root;
  private final boolean goesOn;

  private ShownNames(Map<String, String> shown, Place root, boolean goesOn) {
    this.shown = shown;
    this.goesOn = goesOn;
    this.own = new HashMap<>();
    shown.forEach((ownName, shownName) -> own.put(shownName, ownName));
    this.root = root;
  }

  /** The names to show the properties of a schema under. */
  static ShownNames of(JsonNode schema) {
    Map<String, String> shown = AcceptedNames.of(schema);
    return shown.isEmpty()
        ? NONE
        : new ShownNames(shown, Place.EMPTY, refersToItself(schema, schema, Set.of(), new int[1]));
  }

  /** Whether a reference leads back to where it stands; what no pointer finds is left out. */
  private static boolean refersToItself(
      JsonNode node, JsonNode root, Set<String> within, int[] looks) {
    if (++looks[0] > MOST_LOOKS) {
      return true;
    }
    String reference = node.path("$ref").asText("");
    if (reference.equals("#") || within.contains(reference)) {
      return true;
    }
    if (reference.startsWith("#/")) {
      Set<String> further = new HashSet<>(within);
      further.add(reference);
      if (refersToItself(root.at(reference.substring(1)), root, further, looks)) {
        return true;
      }
    }
    for (JsonNode child : node) {
      if (refersToItself(child, root, within, looks)) {
        return true;
      }
    }
    return false;
  }

  /** These names, at the places where a shown schema has them. */
  ShownNames placed(JsonNode shownSchema) {
    if (shown.isEmpty()) {
      return NONE;
    }
    return new ShownNames(shown, place(shownSchema, own), goesOn);
  }

  private static Place place(JsonNode schema, Map<String, String> ownNames) {
    Map<String, String> own = new HashMap<>();
    Map<String, Place> below = new HashMap<>();
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      if (ownNames.containsKey(property.getKey())) {
        own.put(property.getKey(), ownNames.get(property.getKey()));
      }
      Place inner = place(property.getValue(), ownNames);
      if (!inner.isEmpty()) {
        below.put(property.getKey(), inner);
      }
    }
    Place items = schema.has("items") ? place(schema.get("items"), ownNames) : Place.EMPTY;
    Place place = new Place(own, below, items.isEmpty() ? null : items);
    for (JsonNode member : schema.path("anyOf")) {
      place = place.and(place(member, ownNames));
    }
    return place;
  }

  /** The name that callers see of a property. */
  public String shown(String own) {
    return shown.getOrDefault(own, own);
  }

  /** The tool's own name, in quotation marks, of a property that is shown under another. */
  Optional<String> own(String shownName) {
    return Optional.ofNullable(own.get(shownName)).map(name -> TextNode.valueOf(name).toString());
  }

  /** Whether a name is shown in place of an argument's own. */
  public boolean replaces(String name) {
    return root.own.containsKey(name);
  }

  /**
   * The arguments under the names that the tool knows; the own names are accepted as well.
   *
   * @param arguments not modified
   * @param mistakes gets those properties that are given under both names
   * @return the arguments themselves where nothing is named otherwise
   */
  public ObjectNode named(ObjectNode arguments, List<Mistake> mistakes) {
    return root.isEmpty() ? arguments : object(arguments, root, "", mistakes);
  }

  private ObjectNode object(ObjectNode given, Place place, String pointer, List<Mistake> mistakes) {
    ObjectNode named = given.objectNode();
    for (Map.Entry<String, JsonNode> member : given.properties()) {
      String name = member.getKey();
      String own = ownAt(place, name);
      if (!own.equals(name) && given.has(own)) {
        mistakes.add(
            new Mistake(
                pointer + "/" + name, "is the same as \"" + own + "\"; give one of the two"));
      }
      String shownName = shownAt(place, own);
      named.set(
          own,
          value(member.getValue(), place.below.get(shownName), pointer + "/" + name, mistakes));
    }
    return named;
  }

  private JsonNode value(JsonNode given, Place place, String pointer, List<Mistake> mistakes) {
    if (place == null && !goesOn) {
      return given;
    }
    Place here = place == null ? Place.EMPTY : place;
    if (given instanceof ObjectNode object) {
      return object(object, here, pointer, mistakes);
    }
    if (given instanceof ArrayNode array && !array.isEmpty() && (here.items != null || goesOn)) {
      ArrayNode named = array.arrayNode(array.size());
      for (int i = 0; i < array.size(); i++) {
        named.add(value(array.get(i), here.items, pointer + "/" + i, mistakes));
      }
      return named;
    }
    return given;
  }

  private String ownAt(Place place, String name) {
    return place.isEmpty() && goesOn
        ? own.getOrDefault(name, name)
        : place.own.getOrDefault(name, name);
  }

  private static String shownAt(Place place, String own) {
    for (Map.Entry<String, String> name : place.own.entrySet()) {
      if (name.getValue().equals(own)) {
        return name.getKey();
      }
    }
    return own;
  }

  /** A JSON Pointer into the tool's arguments as one into what callers see. */
  public String pointer(String pointer) {
    if (root.isEmpty()) {
      return pointer;
    }
    StringBuilder seen = new StringBuilder();
    Place place = root;
    for (JsonPointer step = JsonPointer.compile(pointer); !step.matches(); step = step.tail()) {
      String name = step.getMatchingProperty();
      if (place != null && place.items != null && step.mayMatchElement()) {
        place = place.items;
      } else if (place != null) {
        name = shownAt(place, name);
        place = place.below.get(name);
      }
      seen.append('/').append(name.replace("~", "~0").replace("/", "~1"));
    }
    return seen.toString();
  }
}
