#!/bin/sh
# Installs the MCP servers that integration tests run into target/npm, once per lock file.
set -eu
cd "$(dirname "$0")/../../.."
if ! command -v npm >/dev/null 2>&1; then
  echo "npm is not installed: the tests with real MCP servers will be skipped and say so." >&2
  exit 0
fi
mkdir -p target/npm
if [ -d target/npm/node_modules ] && cmp -s src/test/npm/package-lock.json target/npm/installed-lock.json; then
  exit 0
fi
cp src/test/npm/package.json src/test/npm/package-lock.json src/test/npm/loopback.cjs target/npm/
(cd target/npm && npm ci --ignore-scripts --no-audit --no-fund)
cp src/test/npm/package-lock.json target/npm/installed-lock.json
