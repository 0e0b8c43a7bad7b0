package io.toolgate.upstream;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/**
 * The body of an HTTP answer that tells when it has ended, by the server or by its reader.
 *
 * @param ended may be run more than once
 */
record WatchedBody<T>(BodySubscriber<T> reader, Runnable ended) implements BodySubscriber<T> {

  @Override
  public void onSubscribe(Subscription subscription) {
    reader.onSubscribe(
        new Subscription() {
          @Override
          public void request(long count) {
            subscription.request(count);
          }

          @Override
          public void cancel() {
            subscription.cancel();
            ended.run();
          }
        });
  }

  @Override
  public void onNext(List<ByteBuffer> bytes) {
    reader.onNext(bytes);
  }

  @Override
  public void onError(Throwable failure) {
    reader.onError(failure);
    ended.run();
  }

  @Override
  public void onComplete() {
    reader.onComplete();
    ended.run();
  }

  @Override
  public CompletionStage<T> getBody() {
    return reader.getBody();
  }
}
