package io.toolgate.database;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A proxy that passes everything on but notifications, as poolers in transaction mode do. Messages
 * of the server are a letter and a length that counts itself (PostgreSQL manual, 55.2).
 */
final class DeafPooler implements AutoCloseable {
  private final ServerSocket door = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
  private final int server;
  private volatile boolean deaf = true;

  DeafPooler(int server) throws IOException {
    this.server = server;
    daemon(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  void hear() {
    deaf = false;
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
        daemon(() -> filter(behind, client));
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

  private void filter(Socket behind, Socket client) {
    try (behind;
        client) {
      DataInputStream in = new DataInputStream(behind.getInputStream());
      DataOutputStream out = new DataOutputStream(client.getOutputStream());
      while (true) {
        byte letter = in.readByte();
        byte[] message = new byte[in.readInt() - 4];
        in.readFully(message);
        if (letter != 'A' || !deaf) {
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
