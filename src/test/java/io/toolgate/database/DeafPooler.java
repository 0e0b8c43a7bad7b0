package io.toolgate.database;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A proxy that passes everything on but notifications, as poolers in transaction mode do. Messages
 * of the server are a letter and a length that counts itself (PostgreSQL manual, 55.2).
 */
public final class DeafPooler implements AutoCloseable {
  private final ServerSocket door = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
  private final int server;
  private final AtomicInteger connections = new AtomicInteger();
  private volatile boolean deaf = true;
  private volatile int dead;

  public DeafPooler(int server) throws IOException {
    this.server = server;
    daemon(this::accept);
  }

  /** The address to reach the server through it. */
  public DatabaseAddress before(DatabaseAddress address) {
    return new DatabaseAddress(
        address.host(),
        door.getLocalPort(),
        address.database(),
        address.user(),
        address.password(),
        Map.of("sslmode", "disable"));
  }

  public void hear() {
    deaf = false;
  }

  /** Passes nothing on any more over the connections of now, and leaves them open. */
  void silence() {
    dead = connections.get();
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "pooler");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = door.accept();
        Socket behind = new Socket("127.0.0.1", server);
        daemon(() -> forward(client, behind));
        int number = connections.incrementAndGet();
        daemon(() -> filter(behind, client, number));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private static void forward(Socket client, Socket behind) {
    try (client;
        behind) {
      client.getInputStream().transferTo(behind.getOutputStream());
    } catch (IOException e) {
      // closed
    }
  }

  private void filter(Socket behind, Socket client, int number) {
    try (behind;
        client) {
      DataInputStream in = new DataInputStream(behind.getInputStream());
      DataOutputStream out = new DataOutputStream(client.getOutputStream());
      while (true) {
        byte letter = in.readByte();
        byte[] message = new byte[in.readInt() - 4];
        in.readFully(message);
        if (number > dead && (letter != 'A' || !deaf)) {
          out.writeByte(letter);
          out.writeInt(message.length + 4);
          out.write(message);
        }
      }
    } catch (IOException e) {
      // closed
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
