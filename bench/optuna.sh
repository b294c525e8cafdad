#!/bin/sh
# The no-op search in Optuna (Debian: apt-get install python3-optuna), in memory and on SQLite, at 1,000 and 4,000
# experiments; one JSON line each. The SQLite file lies in a new folder below the first argument, or of TMPDIR.
set -eu
python=${PYTHON:-/usr/bin/python3}
here=$(dirname "$0")
folder=$(mktemp -d "${1:-${TMPDIR:-/tmp}}/optuna-XXXXXX")
trap 'rm -rf "$folder"' EXIT
for experiments in 1000 4000; do
  "$python" "$here/optuna/noop.py" --experiments "$experiments"
  "$python" "$here/optuna/noop.py" --experiments "$experiments" --sqlite "$folder/$experiments.db"
done
