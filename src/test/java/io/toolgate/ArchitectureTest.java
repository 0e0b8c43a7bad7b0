package io.toolgate;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessField;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.toolgate.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the table of packages in ARCHITECTURE.md, and the rules that no reviewer should need. */
class ArchitectureTest {
  private static final String ROOT = "io.toolgate";

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  private static final JavaClasses MAIN_AND_TESTS = new ClassFileImporter().importPackages(ROOT);

  /** Which of our packages each one may import; the root starts the whole and may import all. */
  private static final Map<String, List<String>> MAY_IMPORT =
      Map.ofEntries(
          Map.entry("problem", List.of()),
          Map.entry("schema", List.of()),
          Map.entry("text", List.of()),
          Map.entry("database", List.of("text", "problem")),
          Map.entry("tenant", List.of("text", "problem")),
          Map.entry("identity", List.of("database", "text", "problem")),
          Map.entry("policy", List.of("identity", "tenant", "database", "problem")),
          Map.entry("upstream", List.of("identity", "tenant", "database", "problem")),
          Map.entry("catalog", List.of("upstream", "tenant", "database", "schema", "problem")),
          Map.entry("result", List.of("upstream", "problem")),
          Map.entry("audit", List.of("identity", "database", "problem")),
          Map.entry(
              "call",
              List.of(
                  "audit",
                  "result",
                  "catalog",
                  "policy",
                  "upstream",
                  "identity",
                  "tenant",
                  "database",
                  "schema",
                  "problem")),
          Map.entry(
              "rest",
              List.of(
                  "call",
                  "audit",
                  "result",
                  "catalog",
                  "policy",
                  "upstream",
                  "identity",
                  "tenant",
                  "database",
                  "problem")),
          Map.entry("time", List.of()));

  /** Rows of the database; classes named {@code ...Store} take them, wherever they are. */
  private static final String ROWS = "io.vertx.sqlclient..";

  /** Packages of libraries, and who alone may use them; {@code ""} is the root. */
  private static final Map<String, List<String>> OWNERS =
      Map.ofEntries(
          Map.entry("io.modelcontextprotocol..", List.of("upstream")),
          Map.entry("java.net.http..", List.of("identity")),
          Map.entry("org.jose4j..", List.of("identity")),
          Map.entry("com.networknt..", List.of("call")),
          Map.entry("com.fasterxml.jackson.dataformat..", List.of("catalog")),
          Map.entry("io.micrometer..", List.of("audit")),
          Map.entry("jakarta.ws.rs..", List.of("rest")),
          Map.entry("org.jboss.resteasy..", List.of("rest")),
          Map.entry(ROWS, List.of("database")),
          Map.entry("io.vertx.pgclient..", List.of("database")),
          Map.entry("java.sql..", List.of("database")),
          Map.entry("org.flywaydb..", List.of("database")),
          Map.entry("org.postgresql..", List.of("database")),
          Map.entry("org.apache.commons..", List.of("database")),
          Map.entry("org.tukaani..", List.of("database")),
          Map.entry("io.vertx..", List.of("upstream", "database", "rest")),
          Map.entry("io.quarkus..", List.of("database", "rest", "")));

  static Stream<Arguments> mayImport() {
    return MAY_IMPORT.entrySet().stream()
        .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
  }

  static Stream<Arguments> owners() {
    return OWNERS.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
  }

  private static String[] names(List<String> packages) {
    return packages.stream()
        .map(name -> name.isEmpty() ? ROOT : ROOT + "." + name)
        .toArray(String[]::new);
  }

  @ParameterizedTest(name = "{0} imports only {1}")
  @MethodSource("mayImport")
  void importsOnlyPackagesBelow(String name, List<String> allowed) {
    String self = ROOT + "." + name;

    classes()
        .that()
        .resideInAPackage(self)
        .should()
        .onlyDependOnClassesThat(
            resideOutsideOfPackage(ROOT + "..")
                .or(resideInAPackage(self))
                .or(resideInAnyPackage(names(allowed))))
        .check(MAIN);
  }

  @Test
  void theTableNamesEveryPackage() {
    TreeSet<String> packages =
        MAIN.stream().map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));
    packages.remove(ROOT);

    assertEquals(new TreeSet<>(List.of(names(List.copyOf(MAY_IMPORT.keySet())))), packages);
  }

  @ParameterizedTest(name = "{0} only in {1}")
  @MethodSource("owners")
  void librariesStayWithTheirOwners(String library, List<String> owners) {
    boolean rows = library.equals(ROWS);
    DescribedPredicate<JavaClass> strangers = resideOutsideOfPackages(names(owners));

    noClasses()
        .that(rows ? strangers.and(not(simpleNameEndingWith("Store"))) : strangers)
        .should()
        .dependOnClassesThat(
            rows
                ? resideInAPackage(library)
                : resideInAPackage(library).and(resideOutsideOfPackage(ROWS)))
        .check(MAIN);
  }

  @Test
  void onlyUpstreamAndDatabaseStartProcesses() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + ".upstream", ROOT + ".database")
        .should(
            dependOnClassesThat(belongToAnyOf(Process.class, ProcessBuilder.class))
                .or(
                    callMethodWhere(
                        DescribedPredicate.describe(
                            "Runtime.exec",
                            call ->
                                call.getTarget().getName().equals("exec")
                                    && call.getTargetOwner().isEquivalentTo(Runtime.class)))))
        .check(MAIN);
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void nothingIsCalledUtilManagerHelperOrCommon() {
    noClasses()
        .should()
        .haveNameMatching("(?i).*(util|manager|helper|common).*")
        .check(MAIN_AND_TESTS);
  }

  @Test
  void onlyProgramsUseTheStandardStreams() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT, ROOT + ".time")
        .should(accessField(System.class, "out").or(accessField(System.class, "err")))
        .check(MAIN);
  }

  @Test
  void logsThroughOneFacade() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(LogOutput.class) // which stands behind it
        .should(
            dependOnClassesThat(
                resideInAnyPackage(
                    "java.util.logging",
                    "org.slf4j..",
                    "org.apache.logging..",
                    "org.apache.commons.logging..")))
        .check(MAIN);
  }

  @Test
  void nothingSleeps() {
    noClasses()
        .should(
            callMethodWhere(
                DescribedPredicate.describe(
                    "Thread.sleep",
                    call ->
                        call.getTarget().getName().equals("sleep")
                            && call.getTargetOwner().isAssignableTo(Thread.class))))
        .check(MAIN_AND_TESTS);
  }

  @Test
  void problemsAreBuiltFromTheirKindOnly() {
    constructors()
        .that()
        .areDeclaredIn(ProblemException.class)
        .should()
        .bePackagePrivate()
        .orShould()
        .bePrivate()
        .check(MAIN);
  }

  @Test
  void nothingIsInjectedIntoFields() {
    fields()
        .should()
        .notBeAnnotatedWith("jakarta.inject.Inject")
        .andShould()
        .notBeAnnotatedWith("jakarta.ws.rs.core.Context")
        .check(MAIN);
  }

  @Test
  void everyPackageSaysWhyItExists() throws IOException {
    List<Path> silent;
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      silent =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .map(Path::getParent)
              .distinct()
              .filter(folder -> Files.notExists(folder.resolve("package-info.java")))
              .toList();
    }

    assertEquals(List.of(), silent);
  }
}
