#!/bin/sh
# Installs the peers into bench/target/peers, once per lock file.
set -eu
cd "$(dirname "$0")/../.."
mkdir -p bench/target/peers
if [ -d bench/target/peers/node_modules ] && cmp -s bench/peers/package-lock.json bench/target/peers/installed-lock.json; then
  exit 0
fi
cp bench/peers/package.json bench/peers/package-lock.json bench/target/peers/
(cd bench/target/peers && npm ci --ignore-scripts --no-audit --no-fund)
cp bench/peers/package-lock.json bench/target/peers/installed-lock.json
