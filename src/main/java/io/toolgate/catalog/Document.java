package io.toolgate.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * One OpenAPI document in the forms in which it can be served, each made when it is first wanted.
 *
 * <p>Threading: any thread; each form is made once.
 */
public final class Document {
  /**
   * Bytes to serve.
   *
   * @param bytes not to be modified
   * @param etag strong and quoted; differs between the forms of one document, as RFC 9110 8.8.3
   *     wants
   */
  public record Form(byte[] bytes, String etag) {
    static Form of(byte[] bytes) {
      return new Form(bytes, '"' + hash(bytes) + '"');
    }
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder()
              .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
              .disable(YAMLGenerator.Feature.SPLIT_LINES)
              .stringQuotingChecker(new QuotedNumbers())
              .build());

  private final Lazy<Form> json;
  private final Lazy<Form> gzip;
  private final Lazy<Form> yaml;

  Document(Supplier<byte[]> writer) {
    this.json = new Lazy<>(() -> Form.of(writer.get()));
    this.gzip = new Lazy<>(() -> Form.of(gzipped(json().bytes())));
    this.yaml = new Lazy<>(() -> Form.of(asYaml(json().bytes())));
  }

  /** UTF-8, for {@code application/json}. */
  public Form json() {
    return json.get();
  }

  /** The JSON form for {@code Content-Encoding: gzip}. */
  public Form gzip() {
    return gzip.get();
  }

  /** UTF-8, for {@code application/yaml}. */
  public Form yaml() {
    return yaml.get();
  }

  /** Bytes held now. */
  long size() {
    return Stream.of(json, gzip, yaml)
        .flatMap(form -> form.made().stream())
        .mapToLong(form -> form.bytes().length)
        .sum();
  }

  private static byte[] gzipped(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 6 + 64);
    try (GZIPOutputStream gzip = new GZIPOutputStream(out, 8192)) {
      gzip.write(bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  private static byte[] asYaml(byte[] bytes) {
    try {
      JsonNode tree = JSON.readTree(bytes);
      return YAML.writeValueAsBytes(tree);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static String hash(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest).substring(0, 22);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  /** Quotes names such as {@code 200}, which YAML readers take for numbers. */
  private static final class QuotedNumbers extends StringQuotingChecker.Default {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean needToQuoteName(String name) {
      return name.isEmpty() || !Character.isLetter(name.charAt(0)) || super.needToQuoteName(name);
    }
  }
}
