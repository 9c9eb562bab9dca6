#!/usr/bin/env bash
# Builds the server and the load generator, runs the canonical workload once, prints the result and appends it to
# bench/results/load.md. With «history» as its first argument it measures reads over a long history instead and appends
# to bench/results/history.md; with «hub» what it costs when many watch, and appends to bench/results/hub.md; with «log» what
# a row of the event log costs in SQLite and in PostgreSQL, on a server of its own from the system's package, and appends to
# bench/results/log.md; with «cluster» what PostgreSQL and several nodes cost and how soon they answer after a death, and
# appends to bench/results/cluster.md; with «viewers» what people who look at a page cost, and appends to
# bench/results/viewers.md. Arguments are passed on; see --help of the load generator for them.
set -euo pipefail
cd "$(dirname "$0")/.."

dotnet build silo -c Release -v quiet
dotnet build bench/Actors.LoadGen -c Release -v quiet

commit=$(git rev-parse --short HEAD)
git diff --quiet HEAD -- grains analytics web silo client bench || commit="$commit with changes"

mode=()
results=bench/results/load.md
if [[ "${1:-}" =~ ^(history|hub|log|cluster|viewers)$ ]]; then
    mode=("$1")
    results=bench/results/$1.md
    shift
fi

if [[ "${mode[*]}" == log ]]; then
    source bench/postgres.sh
    mode+=(--postgres "$postgres")
fi

dotnet bench/Actors.LoadGen/bin/Release/net10.0/Actors.LoadGen.dll "${mode[@]}" \
    --commit "$commit" --machine "${BENCH_MACHINE:-$(nproc) cores}" --results "$results" "$@"
