package io.toolgate.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** One kept connection on which calls go one at a time, the cheapest way that Java has. */
public final class HttpConnection implements AutoCloseable {
  private final SocketChannel channel;
  private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 16);
  private final ByteBuffer out;
  private final ResponseReader answer = new ResponseReader();

  public HttpConnection(Request request) throws IOException {
    byte[] bytes = request.bytes();
    out = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    channel =
        SocketChannel.open(
            new InetSocketAddress(request.address().getHost(), request.address().getPort()));
    channel.setOption(java.net.StandardSocketOptions.TCP_NODELAY, true);
  }

  /** Sends the request and waits for the end of its answer; any status but 200 is a failure. */
  public void exchange() throws IOException {
    out.rewind();
    while (out.hasRemaining()) {
      channel.write(out);
    }
    do {
      in.clear();
      if (channel.read(in) < 0) {
        throw new IOException("The connection was closed.");
      }
      in.flip();
    } while (!answer.read(in));
    if (answer.status() != 200) {
      throw new IOException("Answered " + answer.status() + ": " + answer.body());
    }
  }

  /** Of the last answer's body, in bytes. */
  public long length() {
    return answer.length();
  }

  /** The first bytes of the last answer's body. */
  public String body() {
    return answer.body();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
