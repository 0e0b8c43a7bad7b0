package io.toolgate.call;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
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
    return List.copyOf(new LinkedHashSet<>(resolve(withoutTypesOfEnums(errors), 0)));
  }

  /** Where the allowed values are listed, their type goes without saying. */
  private static List<Error> withoutTypesOfEnums(List<Error> errors) {
    Set<List<Object>> listed = new HashSet<>();
    for (Error error : errors) {
      if (error.getKeyword().equals("enum") || error.getKeyword().equals("const")) {
        listed.add(schemaAndValue(error));
      }
    }
    return listed.isEmpty()
        ? errors
        : errors.stream()
            .filter(e -> !e.getKeyword().equals("type") || !listed.contains(schemaAndValue(e)))
            .toList();
  }

  private static List<Object> schemaAndValue(Error error) {
    return List.of(error.getEvaluationPath().getParent(), error.getInstanceLocation());
  }

  private List<Mistake> resolve(List<Error> errors, int from) {
    Map<Object, List<Error>> groups = new LinkedHashMap<>();
    for (Error error : errors) {
      Choice choice = Choice.first(error, from);
      groups.computeIfAbsent(choice == null ? error : choice, key -> new ArrayList<>()).add(error);
    }
    List<Mistake> mistakes = new ArrayList<>();
    groups.forEach(
        (key, group) -> {
          if (key instanceof Choice choice) {
            mistakes.addAll(resolveChoice(choice, group));
          } else {
            mistakes.add(writer.mistake(group.get(0)));
          }
        });
    return mistakes;
  }

  private List<Mistake> resolveChoice(Choice choice, List<Error> errors) {
    Map<Integer, List<Error>> branches = choice.branches(errors);
    if (branches.isEmpty() || Choice.severalFit(errors, choice)) {
      return List.of(writer.mistake(errors.get(0)));
    }
    Map<Integer, Integer> ranks = new TreeMap<>();
    branches.forEach((branch, group) -> ranks.put(branch, rank(group, choice)));
    int best = ranks.values().stream().min(Integer::compare).orElseThrow();
    List<List<Error>> candidates = new ArrayList<>();
    ranks.forEach(
        (branch, rank) -> {
          if (rank == best) {
            candidates.add(branches.get(branch));
          }
        });
    if (candidates.size() == 1) {
      return resolve(candidates.get(0), choice.end());
    }
    return best == 0 ? forms(choice, candidates) : constants(choice, candidates);
  }

  private static final int WRONG_KIND = 2;
  private static final int WRONG_CONSTANT = 1;

  /** How far a branch is from what the caller meant. */
  private static int rank(List<Error> branch, Choice choice) {
    int rank = 0;
    Map<Choice, List<Error>> inner = new LinkedHashMap<>();
    for (Error error : branch) {
      Choice next = Choice.first(error, choice.end());
      if (next != null) {
        inner.computeIfAbsent(next, key -> new ArrayList<>()).add(error);
      } else {
        rank = Math.max(rank, rank(error, choice.depth()));
      }
    }
    for (Map.Entry<Choice, List<Error>> group : inner.entrySet()) {
      if (group.getKey().depth() == choice.depth()) {
        int innerRank =
            group.getKey().branches(group.getValue()).values().stream()
                .mapToInt(errors -> rank(errors, group.getKey()))
                .min()
                .orElse(0);
        rank = Math.max(rank, innerRank);
      }
    }
    return rank;
  }

  private static int rank(Error error, int depth) {
    int below = error.getInstanceLocation().getNameCount() - depth;
    if (!Expectation.isOne(error)) {
      return 0;
    }
    if (below == 0) {
      return WRONG_KIND;
    }
    return below == 1 && !error.getKeyword().equals("type") ? WRONG_CONSTANT : 0;
  }

  /** One value is of no branch's kind, or tells no branch: what it could be. */
  private List<Mistake> constants(Choice choice, List<List<Error>> branches) {
    Set<String> expectations = new LinkedHashSet<>();
    Set<NodePath> places = new HashSet<>();
    Error last = null;
    for (List<Error> branch : branches) {
      for (Error error : branch) {
        if (rank(error, choice.depth()) > 0) {
          expectations.add(Expectation.of(error));
          places.add(error.getInstanceLocation());
          last = error;
        }
      }
    }
    if (places.size() > 1) {
      return forms(choice, branches);
    }
    String kinds = Wording.shortened(String.join(" or ", expectations), 220);
    String detail = "must be " + kinds + " but is " + Wording.actual(last.getInstanceNode());
    return List.of(new Mistake(last.getInstanceLocation().toString(), detail));
  }

  /** Several branches are as near: what each of them misses first. */
  private List<Mistake> forms(Choice choice, List<List<Error>> branches) {
    Set<Mistake> first = new LinkedHashSet<>();
    branches.forEach(branch -> first.add(resolve(branch, choice.end()).get(0)));
    if (first.size() == 1) {
      return List.copyOf(first);
    }
    String forms =
        first.stream()
            .map(
                mistake ->
                    (mistake.pointer().equals(choice.pointer()) ? "it" : mistake.pointer())
                        + ' '
                        + mistake.detail())
            .collect(Collectors.joining("; or "));
    return List.of(
        new Mistake(
            choice.pointer(),
            Wording.shortened(
                "fits none of the allowed forms: " + forms, MistakeWriter.MAX_DETAIL)));
  }
}
