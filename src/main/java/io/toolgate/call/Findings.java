package io.toolgate.call;

import com.networknt.schema.Error;
import io.toolgate.call.Finding.Choice;
import io.toolgate.problem.Mistake;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Turns the validator's errors into the mistakes a caller is shown.
 *
 * <p>Errors inside {@code anyOf} and {@code oneOf} come from all branches at once and contradict
 * each other. They are put back together per choice: when one branch is clearly the one the caller
 * meant (its kind of value and its discriminating constants fit), only its mistakes count; else the
 * choice becomes one sentence.
 */
final class Findings {
  private final MistakeWriter writer;

  Findings(MistakeWriter writer) {
    this.writer = writer;
  }

  /** All mistakes, none twice, in the order of the schema. */
  List<Mistake> of(List<Error> errors) {
    List<Finding> findings = errors.stream().map(Finding::of).toList();
    return List.copyOf(new LinkedHashSet<>(resolve(withoutTypesOfEnums(findings), 0)));
  }

  /** Where the allowed values are listed, their type goes without saying. */
  private static List<Finding> withoutTypesOfEnums(List<Finding> findings) {
    Set<List<Object>> listed = new HashSet<>();
    for (Finding finding : findings) {
      if (Expectation.isOne(finding.error()) && !finding.error().getKeyword().equals("type")) {
        listed.add(schemaAndValue(finding));
      }
    }
    return findings.stream()
        .filter(
            finding ->
                !finding.error().getKeyword().equals("type")
                    || !listed.contains(schemaAndValue(finding)))
        .toList();
  }

  private static List<Object> schemaAndValue(Finding finding) {
    List<Object> path = finding.path();
    return List.of(path.subList(0, path.size() - 1), finding.value());
  }

  /**
   * @param level how many choices around these findings are already made
   */
  private List<Mistake> resolve(List<Finding> findings, int level) {
    List<Mistake> mistakes = new ArrayList<>();
    byChoice(findings, level)
        .forEach(
            (key, group) -> {
              if (key instanceof Choice choice) {
                mistakes.addAll(resolve(choice, group, level));
              } else {
                mistakes.add(writer.mistake(group.get(0).error()));
              }
            });
    return mistakes;
  }

  /** The findings by their next choice; one without a choice stands for itself. */
  private static Map<Object, List<Finding>> byChoice(List<Finding> findings, int level) {
    Map<Object, List<Finding>> groups = new LinkedHashMap<>();
    int alone = 0;
    for (Finding finding : findings) {
      Choice choice = finding.choice(level);
      groups
          .computeIfAbsent(choice == null ? alone++ : choice, key -> new ArrayList<>())
          .add(finding);
    }
    return groups;
  }

  private List<Mistake> resolve(Choice choice, List<Finding> findings, int level) {
    Map<Integer, List<Finding>> branches = Finding.branches(findings, level);
    if (branches.isEmpty() || Finding.severalFit(findings, level)) {
      return List.of(writer.mistake(findings.get(0).error()));
    }
    Map<Integer, List<List<Finding>>> byRank = new TreeMap<>();
    branches
        .values()
        .forEach(
            branch ->
                byRank
                    .computeIfAbsent(rank(branch, choice, level), key -> new ArrayList<>())
                    .add(branch));
    int best = byRank.keySet().iterator().next();
    List<List<Finding>> candidates = byRank.get(best);
    if (candidates.size() == 1) {
      return resolve(candidates.get(0), level + 1);
    }
    return best == 0 ? forms(choice, candidates, level) : constants(choice, candidates, level);
  }

  private static final int WRONG_KIND = 2;
  private static final int WRONG_CONSTANT = 1;

  /** How far a branch is from what the caller meant: that of its worst finding. */
  private static int rank(List<Finding> branch, Choice choice, int level) {
    int rank = 0;
    for (Map.Entry<Object, List<Finding>> group : byChoice(branch, level + 1).entrySet()) {
      if (!(group.getKey() instanceof Choice inner)) {
        rank = Math.max(rank, rank(group.getValue().get(0), choice));
      } else if (inner.depth() == choice.depth()) {
        int nearest =
            Finding.branches(group.getValue(), level + 1).values().stream()
                .mapToInt(findings -> rank(findings, inner, level + 1))
                .min()
                .orElse(0);
        rank = Math.max(rank, nearest);
      }
    }
    return rank;
  }

  private static int rank(Finding finding, Choice choice) {
    int below = finding.value().size() - choice.depth();
    if (!Expectation.isOne(finding.error())) {
      return 0;
    }
    if (below == 0) {
      return WRONG_KIND;
    }
    return below == 1 && !finding.error().getKeyword().equals("type") ? WRONG_CONSTANT : 0;
  }

  /** One value is of no branch's kind, or tells no branch: what it could be. */
  private List<Mistake> constants(Choice choice, List<List<Finding>> branches, int level) {
    Set<String> expectations = new LinkedHashSet<>();
    Set<List<Object>> places = new HashSet<>();
    Error last = null;
    for (List<Finding> branch : branches) {
      for (Finding finding : branch) {
        if (rank(finding, choice) > 0) {
          expectations.add(Expectation.of(finding.error()));
          places.add(finding.value());
          last = finding.error();
        }
      }
    }
    if (places.size() > 1) {
      return forms(choice, branches, level);
    }
    String kinds = Wording.shortened(String.join(" or ", expectations), 220);
    String detail = "must be " + kinds + " but is " + Wording.actual(last.getInstanceNode());
    return List.of(new Mistake(writer.seen(last.getInstanceLocation().toString()), detail));
  }

  /** Several branches are as near: what each of them misses first. */
  private List<Mistake> forms(Choice choice, List<List<Finding>> branches, int level) {
    Set<Mistake> first = new LinkedHashSet<>();
    branches.forEach(branch -> first.add(resolve(branch, level + 1).get(0)));
    if (first.size() == 1) {
      return List.copyOf(first);
    }
    String pointer = writer.seen(choice.pointer());
    String forms =
        first.stream()
            .map(m -> (m.pointer().equals(pointer) ? "it" : m.pointer()) + ' ' + m.detail())
            .collect(Collectors.joining("; or "));
    return List.of(
        new Mistake(
            pointer,
            Wording.shortened(
                "fits none of the allowed forms: " + forms, MistakeWriter.MAX_DETAIL)));
  }
}
