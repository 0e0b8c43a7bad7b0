package io.toolgate.upstream;

import java.util.List;
import java.util.regex.Pattern;

/** Knows what npx, uvx, pip, docker and the like print that is no reason of a failure. */
final class LauncherNoise {
  private static final int LONGEST = 500;

  private static final List<Pattern> KINDS =
      List.of(
          // npm, pnpm, yarn; "npm error" is a reason, but not where its log is
          Pattern.compile(
              "npm (notice|warn|info|http|timing|verb|sill)\\b.*", Pattern.CASE_INSENSITIVE),
          Pattern.compile(
              "npm (error|err!) ?(A complete log of this run.*|.*\\.npm/_logs/.*)?",
              Pattern.CASE_INSENSITIVE),
          Pattern.compile(
              "npm (error|err!)( 404)? *(Note that you can also install from a|tarball, folder, http url, or git url\\.?|For a full report see:)?",
              Pattern.CASE_INSENSITIVE),
          Pattern.compile("(up to date|added|changed|removed) .*\\bpackages?\\b.*"),
          Pattern.compile(
              "\\d+ packages? (are|is) looking for funding.*|run `npm (fund|audit).*|found 0 vulnerabilities.*"),
          Pattern.compile(
              "(Progress: resolved|Packages: [+-]|\\s*WARN\\s+(deprecated|\\d+ deprecated)).*"),
          // node
          Pattern.compile("\\(node:\\d+\\) .*(Deprecation|Experimental)?Warning: .*"),
          Pattern.compile("\\(Use `node --trace-(warnings|deprecation) .*"),
          // the end of a program of Node.js, which says the reason first
          Pattern.compile("at .*:\\d+(:\\d+)?\\)?( \\{)?|at (async )?[\\w.<> ]+ \\(.*\\)( \\{)?"),
          Pattern.compile("Node\\.js v\\d+\\.\\d+\\.\\d+|node:internal/\\S+:\\d+|throw \\w+;?"),
          Pattern.compile("(code|errno|syscall|requireStack): ('[^']*'|-?\\d+|\\[.*),?"),
          // uv and pip
          Pattern.compile(
              "(Installed|Resolved|Prepared|Audited|Uninstalled|Built|Downloaded|Downloading|Building|Updating|Updated) .*(\\bpackages?\\b.*|\\bin [0-9.]+ ?m?s|\\([0-9.]+ ?[KMG]i?B\\)|@ .*|==.*)"),
          Pattern.compile("\\s*(Downloading|Downloaded|Building|Built|Updating|Updated) \\S+"),
          Pattern.compile(
              "\\s*(Collecting|Using cached|Requirement already satisfied|Installing collected packages|Successfully installed)\\b.*"),
          Pattern.compile(
              "warning: (Failed to hardlink files|`VIRTUAL_ENV=).*|\\[notice] .*|WARNING: You are using pip version.*|\\s*If the cache and target directories are on different filesystems.*"),
          // docker
          Pattern.compile("(Run|See) '(docker|podman)( \\w+)? --help'( for more information)?\\.?"),
          Pattern.compile(
              "[0-9a-f]{12}: (Pulling fs layer|Waiting|Downloading|Download complete|Verifying Checksum|Extracting|Pull complete|Already exists).*"),
          Pattern.compile(
              "(Unable to find image '.*' locally|Digest: sha256:.*|Status: (Downloaded newer image|Image is up to date) .*|\\S+: Pulling from .*)"),
          // deno, bun, cargo, go
          Pattern.compile(
              "(Download|Initialize|Check|Resolving dependencies|Saved lockfile)\\b(?!.*(error|fail)).*"),
          Pattern.compile("go: (downloading|extracting|finding) .*"),
          // bars and spinners
          Pattern.compile("[\\s\\p{Punct}\\u2500-\\u259F\\u2800-\\u28FF]+"),
          Pattern.compile(
              ".*(\\u2501|\\u2588|={5,}>?|#{5,}).*\\d+([.]\\d+)?( ?%|/\\d+).*|\\s*\\d{1,3}%\\|.*"),
          Pattern.compile("[\\u2800-\\u28FF] .*"));

  private LauncherNoise() {}

  /**
   * @param line without colours and control characters
   */
  static boolean is(String line) {
    String text = line.strip();
    return text.length() <= LONGEST
        && KINDS.stream().anyMatch(kind -> kind.matcher(text).matches());
  }
}
