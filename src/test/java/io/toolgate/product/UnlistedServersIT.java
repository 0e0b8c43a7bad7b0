package io.toolgate.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Servers of npm by many hands that are neither shipped nor in the corpus, with values made up, in
 * one Toolgate, confined where that works. None of them uses the network.
 */
class UnlistedServersIT {
  @TempDir private static Path folder;
  private static Product product;

  @BeforeAll
  static void start() throws IOException {
    Requires.node();
    folder = folder.toRealPath();
    Files.writeString(folder.resolve("hello.txt"), "hello, file");
    Files.writeString(
        folder.resolve("api.graphql"), "type Query { hello(name: String!): String }\n");
    Files.writeString(
        folder.resolve("api.json"),
        """
        {"openapi": "3.0.0", "info": {"title": "Pets", "version": "1"}, "paths": {"/pets": {"get":
         {"operationId": "listPets", "summary": "All pets", "responses": {"200": {"description": "Pets"}}}}}}
        """);
    Files.createDirectories(folder.resolve("bank/project-one"));
    Map<String, Definition> servers = new LinkedHashMap<>();
    add(
        servers,
        "knowledge",
        "@itseasy21/mcp-knowledge-graph/dist/index.js",
        "--memory-path",
        in("graph.jsonl"));
    add(
        servers,
        "tasks",
        "@kazuph/mcp-taskmanager/dist/index.js",
        "TASK_MANAGER_FILE_PATH=" + in("tasks.json"));
    add(servers, "thinking", "mcp-sequentialthinking-tools/dist/index.js");
    add(servers, "dates", "time-mcp/dist/index.js");
    add(servers, "commands", "mcp-server-commands/build/index.js");
    add(servers, "graphql", "mcp-graphql-schema/index.mjs", in("api.graphql"));
    add(
        servers,
        "bank",
        "@allpepper/memory-bank-mcp/dist/main/index.js",
        "MEMORY_BANK_ROOT=" + in("bank"));
    add(servers, "shrimp", "mcp-shrimp-task-manager/dist/index.js", "DATA_DIR=" + in("shrimp"));
    add(
        servers,
        "files",
        "@agent-infra/mcp-server-filesystem/dist/index.cjs",
        "--allowed-directories",
        in(""));
    add(servers, "drawio", "drawio-mcp/dist/index.js");
    add(servers, "tailwind", "tailwindcss-mcp-server/build/index.js");
    add(
        servers,
        "openapi",
        "@ivotoby/openapi-mcp-server/bin/mcp-server.js",
        "--api-base-url",
        "http://127.0.0.1:9",
        "--openapi-spec",
        in("api.json"));
    add(servers, "datasets", "tryll-dataset-builder-mcp/index.js", "DATA_DIR=" + in("datasets"));
    add(servers, "calculator", "@wrtnlabs/calculator-mcp/bin/index.js");
    add(servers, "icons", "lucide-icons-mcp/build/entry.js", "--stdio");
    product =
        Product.serving(servers, Map.of("CONFINE_CHILDREN", "auto"))
            .awaitReady(servers.keySet().toArray(String[]::new));
  }

  /**
   * @param words arguments, and variables as {@code NAME=value}
   */
  private static void add(
      Map<String, Definition> servers, String name, String file, String... words) {
    List<String> command =
        new ArrayList<>(List.of("node", NpmServer.PACKAGES.resolve(file).toString()));
    Map<String, String> environment = new LinkedHashMap<>();
    for (String word : words) {
      if (word.matches("[A-Z_]+=.*")) {
        environment.put(word.split("=", 2)[0], word.split("=", 2)[1]);
      } else {
        command.add(word);
      }
    }
    servers.put(name, Definition.command(command.toArray(String[]::new)).with("env", environment));
  }

  private static String in(String name) {
    return folder.resolve(name).toString();
  }

  @AfterAll
  static void stop() {
    if (product != null) {
      product.close();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "knowledge/create_entities | {'entities':[{'name':'Ann','entityType':'person','observations':['tea']}]} | 200 | 'name':'Ann'",
        "tasks/request_planning | {'originalRequest':'r','tasks':[{'title':'t','description':'d'}]} | 200 | 'status':'planned'",
        "thinking/sequentialthinking_tools | {'available_mcp_tools':['a'],'thought':'t','next_thought_needed':false,'thought_number':1,'total_thoughts':1} | 200 | 'thought_number':1",
        "dates/days_in_month | {'date':'2024-02-11'} | 200 | 29",
        "commands/run_command | {'command':'echo Grüße'} | 200 | Grüße",
        "graphql/list-query-fields | {} | 200 | hello",
        "bank/list_projects | {} | 200 | project-one",
        "shrimp/plan_task | {'description':'Write the notes of a release'} | 200 | Task Analysis",
        "files/read_file | {'path':'FOLDER/hello.txt'} | 200 | hello, file",
        "drawio/new_diagram | {'file_path':'FOLDER/new.drawio.svg'} | 200 | Created new diagram",
        "tailwind/get_tailwind_colors | {} | 200 | slate",
        "openapi/lst-pets | {} | 424 | ECONNREFUSED",
        "datasets/create_project | {'name':'p'} | 200 | 'name':'p'",
        "calculator/add | {'a':2,'b':40} | 200 | 42",
        "icons/search_icons | {'query':'tree'} | 200 | Tree",
      })
  void aToolOfItIsListedAndCalled(String path, String arguments, int status, String told) {
    String server = path.split("/")[0];
    boolean listed = product.get("/" + server).text().contains("\"endpoint\":\"/" + path + "\"");

    Answer answer =
        product.post("/" + path, arguments.replace('\'', '"').replace("FOLDER", folder.toString()));

    assertTrue(listed, path);
    assertEquals(status, answer.status(), answer.text());
    assertTrue(answer.text().contains(told.replace('\'', '"')), answer.text());
    assertTrue(product.get("/openapi.json").json().path("paths").has("/" + path), path);
  }
}
