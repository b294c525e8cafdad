#!/usr/bin/env bash
# Installs what the tests need (Debian packages, Azurite and axe from their lock files), builds everything and runs every
# test project. Nothing is skipped: a part that is missing, or a test that was skipped, fails the run.
#   ./test.sh [PROJECT…]   only these, e.g. ./test.sh Storage Search
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")"
limit=900 # seconds for one test project; a hang is a failure

need() { # need COMMAND PACKAGE…: installs the Debian packages where the command is missing
  local command=$1; shift
  command -v "$command" >/dev/null && return
  echo "Installing $* (for $command)"
  local sudo=(); [ "$(id -u)" = 0 ] || sudo=(sudo)
  "${sudo[@]}" apt-get update -qq && "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >/dev/null
}

need dotnet dotnet-sdk-10.0
need node nodejs
need npm npm
need redis-server redis-server
need prometheus prometheus # with promtool
need nsenter util-linux
need chromium-headless-shell chromium-headless-shell

for part in tests/azurite tests/axe; do
  if ! cmp -s "$part/package-lock.json" "$part/node_modules/.installed-lock.json"; then
    echo "Installing ${part#tests/}"
    (cd "$part" && npm ci --no-audit --no-fund --loglevel=error && cp package-lock.json node_modules/.installed-lock.json)
  fi
done

echo "Building"
dotnet build CatGan.sln -c Release -v quiet -nologo

mkdir -p artifacts/test-results
projects=("$@")
[ ${#projects[@]} -gt 0 ] || mapfile -t projects < <(find tests -name 'CatGan.*.Tests.csproj' -printf '%f\n' | sed 's/^CatGan\.//; s/\.Tests\.csproj$//' | sort)

passed=0 failed=0
for name in "${projects[@]}"; do
  log=artifacts/test-results/$name.log
  started=$SECONDS code=0
  timeout --kill-after=30 "$limit" "artifacts/bin/CatGan.$name.Tests/release/CatGan.$name.Tests" -noColor \
    -trx "artifacts/test-results/$name.trx" >"$log" 2>&1 </dev/null || code=$?
  line=$(grep -E '^ +CatGan\..* Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+' "$log" | tail -n 1 || true)
  read -r total errors fails skipped < <(sed -E 's/.*Total: ([0-9]+), Errors: ([0-9]+), Failed: ([0-9]+), Skipped: ([0-9]+).*/\1 \2 \3 \4/' <<<"${line:-x}" | grep -E '^[0-9 ]+$' || echo "0 0 0 0")
  bad=$((errors + fails + skipped))
  # A crash, a time-out or an empty project is one failure, whatever was counted.
  if [ "$bad" = 0 ] && { [ "$code" != 0 ] || [ "$total" = 0 ]; }; then bad=1; fi
  good=$((total - fails - skipped)); [ "$good" -ge 0 ] || good=0
  passed=$((passed + good)) failed=$((failed + bad))
  printf '%-14s %5d passed, %d failed in %d s\n' "$name" "$good" "$bad" $((SECONDS - started))
  [ "$bad" = 0 ] || { echo "--- $log"; grep -vE '^ *(Discover|Starting|Finished)' "$log" | tail -n 120; }
done

echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
