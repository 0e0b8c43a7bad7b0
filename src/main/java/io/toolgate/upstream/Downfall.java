package io.toolgate.upstream;

import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;

/**
 * Why a server is down, as far as everybody may know it: nothing that the server printed, and
 * nothing of its definition.
 */
public enum Downfall {
  /** Its program ended before it was ready. */
  NOT_STARTED("it could not be started"),
  /** Its program or working folder is missing; for everybody else it was just not started. */
  MISSING("it could not be started"),
  /** Its process ended after it was ready. */
  CRASHED("it ended unexpectedly"),
  /** There is no connection to it, or that was lost. */
  UNREACHABLE("it cannot be reached"),
  /** It does not accept what we prove ourselves with. */
  REFUSED_CREDENTIALS("it refuses the credentials in its definition"),
  /** Its address leads where none may lead that is not in a tenant file. */
  REFUSED_ADDRESS("its address may not be reached from here"),
  /** It was not ready in time. */
  TIMEOUT("it was not ready in time"),
  /** What it answers is no MCP that we understand. */
  INVALID_ANSWER("it does not answer as an MCP server does"),
  /** It is open, and refuses all calls. */
  REFUSING("it refuses the calls that it is sent"),
  /** It is open, and says nothing. */
  SILENT("it does not answer");

  private final String sentence;

  Downfall(String sentence) {
    this.sentence = sentence;
  }

  /** Of an attempt to start. */
  static Downfall ofStart(Throwable failure, boolean remote) {
    Problem problem = failure instanceof ProblemException p ? p.problem() : null;
    if (failure instanceof TimeoutException || problem == Problem.UPSTREAM_TIMEOUT) {
      return TIMEOUT;
    }
    if (remote && RemoteFailure.isAboutCredentials(String.valueOf(failure.getMessage()))) {
      return REFUSED_CREDENTIALS;
    }
    if (remote && RemoteFailure.isAboutAddress(String.valueOf(failure.getMessage()))) {
      return REFUSED_ADDRESS;
    }
    if (problem != null && problem != Problem.UPSTREAM_UNAVAILABLE) {
      return INVALID_ANSWER;
    }
    if (!remote && Live.isAboutMissing(String.valueOf(failure.getMessage()))) {
      return MISSING;
    }
    return remote ? UNREACHABLE : NOT_STARTED;
  }

  /** Of a session that ended after it was ready. */
  static Downfall ofEnd(String reason, boolean remote) {
    if (!remote) {
      return CRASHED;
    }
    return RemoteFailure.isAboutCredentials(reason) ? REFUSED_CREDENTIALS : UNREACHABLE;
  }

  /** The word for it in listings, for example {@code not-started}. */
  public String word() {
    Downfall told = this == MISSING ? NOT_STARTED : this;
    return told.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether trying again does not help until somebody has changed something. */
  boolean isLasting() {
    return this == MISSING || this == REFUSED_CREDENTIALS || this == REFUSED_ADDRESS;
  }

  /** Goes on after "The server is down: ". */
  String sentence() {
    return sentence;
  }
}
