package io.toolgate.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import io.toolgate.catalog.Deflating.Care;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * One OpenAPI document in the forms in which it can be served, each made when it is first wanted.
 *
 * <p>One that is asked for twice in gzip is compressed again, thoroughly: of those that are never
 * asked for again, and of those that the cache cannot keep, nobody would have the use.
 *
 * <p>Threading: any thread, and never waits. Each form is made once, by a worker; those who ask
 * meanwhile get it with the first.
 */
public final class Document {
  /** The forms there are. */
  public enum Kind {
    /** UTF-8, for {@code application/json}. */
    JSON,
    /** The same for {@code Content-Encoding: gzip}. */
    GZIP,
    /** UTF-8, for {@code application/yaml}. */
    YAML
  }

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

    int length() {
      return bytes.length;
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

  private final Supplier<OpenApiDocument> writer;
  private final DocumentWorkers workers;
  private final Runnable grown;
  private final AtomicReferenceArray<CompletableFuture<Form>> forms =
      new AtomicReferenceArray<>(Kind.values().length);

  private final AtomicLong size = new AtomicLong();

  /** Open while the gzip form is there but could be smaller, and nobody is at it. */
  private final AtomicBoolean improvable = new AtomicBoolean();

  /**
   * @param grown run when it holds more bytes than before
   */
  Document(Supplier<OpenApiDocument> writer, DocumentWorkers workers, Runnable grown) {
    this.writer = writer;
    this.workers = workers;
    this.grown = grown;
  }

  /** A form, at once if it has been made before. Not to be cancelled, since others wait for it. */
  public CompletableFuture<Form> form(Kind kind) {
    CompletableFuture<Form> known = forms.get(kind.ordinal());
    if (known == null) {
      return make(kind);
    }
    if (kind == Kind.GZIP && improvable.get() && improvable.compareAndSet(true, false)) {
      workers.later(this::improve);
    }
    return known;
  }

  private CompletableFuture<Form> make(Kind kind) {
    CompletableFuture<Form> made = new CompletableFuture<>();
    CompletableFuture<Form> other = forms.compareAndExchange(kind.ordinal(), null, made);
    if (other != null) {
      return other;
    }
    workers.now(
        () -> {
          try {
            Form form = Form.of(bytes(kind));
            size.addAndGet(form.length());
            grown.run();
            made.complete(form);
          } catch (RuntimeException | Error failure) {
            forms.set(kind.ordinal(), null); // the next one to ask tries again
            made.completeExceptionally(failure);
          }
        });
    return made;
  }

  private byte[] bytes(Kind kind) {
    OpenApiDocument text = writer.get();
    return switch (kind) {
      case JSON -> text.json();
      case YAML -> asYaml(text.json());
      case GZIP -> {
        byte[] bytes = text.gzip(Care.QUICK);
        improvable.set(!text.isPrepared());
        yield bytes;
      }
    };
  }

  private void improve() {
    Form smaller = Form.of(writer.get().gzip(Care.THOROUGH));
    CompletableFuture<Form> quick =
        forms.getAndSet(Kind.GZIP.ordinal(), CompletableFuture.completedFuture(smaller));
    size.addAndGet(smaller.length() - quick.join().length());
    grown.run();
  }

  /** Bytes held now. */
  long size() {
    return size.get();
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
