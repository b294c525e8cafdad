#!/usr/bin/env bash
# The fault table of docs/reliability.md at full length, with real processes: every row with the durations that it
# names, and a chaos run of at least 50 faults whose result must be that of a run that nothing disturbed. Takes about
# half an hour. Ends with a table of what was measured, and fails on any breach.
#   ./chaos.sh [FAULTS [SEED]]   default: 50 faults, seed 1
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")"
faults=${1:-50} seed=${2:-1}
limit=5400 # seconds; a hang is a breach

for needed in dotnet node redis-server; do
  command -v "$needed" >/dev/null || { echo "$needed is missing; ./test.sh Cluster installs what the tests need" >&2; exit 1; }
done
[ -d tests/azurite/node_modules/azurite ] || { echo "Azurite is missing; ./test.sh Cluster installs what the tests need" >&2; exit 1; }

echo "Building"
dotnet build tests/Cluster.Tests -c Release -v quiet -nologo

mkdir -p artifacts/chaos
figures=artifacts/chaos/figures.tsv log=artifacts/chaos/chaos.log
: >"$figures"
echo "Running every row at full length, then $faults faults with seed $seed (log: $log)"
started=$SECONDS code=0
CATGAN_CHAOS=full CATGAN_CHAOS_FAULTS=$faults CATGAN_CHAOS_SEED=$seed CATGAN_CHAOS_FIGURES=$PWD/$figures \
  timeout --kill-after=30 "$limit" artifacts/bin/CatGan.Cluster.Tests/release/CatGan.Cluster.Tests -noColor \
  -trx artifacts/chaos/chaos.trx >"$log" 2>&1 </dev/null || code=$?

sort -t$'\t' -k1,1 -s "$figures" | awk -F'\t' 'BEGIN { printf "%-42s %-62s %s\n", "fault", "figure", "value" } { printf "%-42s %-62s %8s\n", $1, $2, $3 }'
grep -E '^ +CatGan\..* Total: ' "$log" | tail -n 1 || true
if [ "$code" != 0 ]; then
  echo "BREACH after $((SECONDS - started)) s:"
  grep -E '\[FAIL\]' "$log" || tail -n 40 "$log"
  exit 1
fi
echo "Every promise was kept, in $((SECONDS - started)) s."
