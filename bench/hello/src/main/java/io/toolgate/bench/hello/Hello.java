package io.toolgate.bench.hello;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/**
 * A plain JAX-RS endpoint: the most that this stack can answer here. It is a program of its own, so
 * that no filter of Toolgate makes it slower and Toolgate look better.
 */
@Path("/hello")
public class Hello {
  @GET
  @NonBlocking
  @Produces(MediaType.TEXT_PLAIN)
  public String hello() {
    return "hello";
  }
}
