#!/bin/sh
# All figures of "Scale" in bench/README.md: one JSON line a measurement into the file of the first argument, a process
# and a new store for each. The stores lie below the second argument (about 1 GB), which must be on a real disk.
set -eu
lines=$1
stores=$2
here=$(dirname "$0")
dotnet build "$here" -c Release -v q -nologo
export DOTNET_GCgen0size=0x4000000 # as `catgan` starts its silos
bench() { "$here/../artifacts/bin/CatGan.Bench/release/CatGan.Bench" scale "$@"; }

run() { # name, then options of `scale`
  rm -rf "$stores/$1"
  name=$1
  shift
  bench --store "$stores/$name" "$@" | tee -a "$lines"
}

for experiments in 1000 2000 4000 10000 30000 100000; do
  run "plain-$experiments" --experiments "$experiments" --warm-up 2000
  run "cold-$experiments" --experiments "$experiments"
done
bench start --store "$stores/plain-100000" | tee -a "$lines"
run slow-10000 --experiments 10000 --flush-delay 5 --warm-up 2000
run slow-100000 --experiments 100000 --flush-delay 5 --warm-up 2000
run live-10000 --experiments 10000 --live --warm-up 2000
rm -rf "$stores/pool"
bench pool --store "$stores/pool" --slots 1000 | tee -a "$lines"
"$here/optuna.sh" "$stores" | tee -a "$lines"
bench plot "$lines" --out "$here/../docs/images/scale.svg"
