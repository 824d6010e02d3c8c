// A month of a bridge's waits on the JVM: a sleeping thread, a scheduled executor, a condition with a limit, and the platform's HTTP server and client
// beside them. Started from its source: `java Month.java`.

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

public class Month {
  private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  interface Wait {
    void hours(long hours) throws Exception;
  }

  private static void ask(String path) throws Exception {
    final var request = HttpRequest.newBuilder(URI.create(System.getenv("OPENCX_URL") + path))
        .header("Authorization", "Bearer " + System.getenv("OPENCX_API_KEY")).build();
    CLIENT.send(request, BodyHandlers.discarding());
  }

  /** Asks after the wait, and ends the program when its two clocks did not both move by it, or by less. Late they may be. */
  private static void waitAndAsk(long hours, String path, Wait wait) {
    try {
      final long wall = System.currentTimeMillis();
      final long steady = System.nanoTime();
      wait.hours(hours);
      final long byWall = System.currentTimeMillis() - wall;
      final long bySteady = (System.nanoTime() - steady) / 1_000_000;
      if (byWall < TimeUnit.HOURS.toMillis(hours) - 1_000 || Math.abs(byWall - bySteady) > 1_000) {
        System.err.println("waited " + byWall + " ms and " + bySteady + " ms for " + hours + " h");
        Runtime.getRuntime().halt(1);
      }
      ask(path);
    } catch (Exception failure) {
      failure.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }

  private static void every(long hours, String path, Wait wait) {
    final var thread = new Thread(() -> {
      for (;;) waitAndAsk(hours, path, wait);
    });
    thread.setDaemon(true);
    thread.start();
  }

  public static void main(String[] arguments) throws Exception {
    final var scheduled = Executors.newScheduledThreadPool(1);
    every(1, "/chat/sessions?channel_type=email", hours -> Thread.sleep(TimeUnit.HOURS.toMillis(hours)));
    every(6, "/blocklist/contacts", hours -> new LinkedBlockingQueue<String>().poll(hours, TimeUnit.HOURS));
    every(24, "/blocklist/domains",
        hours -> scheduled.schedule(() -> { }, hours, TimeUnit.HOURS).get());
    final var listen = System.getenv("CASEWIRE_LISTEN").split(":");
    final var server = HttpServer.create(new InetSocketAddress(listen[0], Integer.parseInt(listen[1])), 0);
    server.createContext("/", exchange -> {
      exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(200, -1);
      exchange.close();
    });
    server.start();
  }
}
