#!/usr/bin/env bash
# What takes too long for every run: the same random tests as in test.sh, with far more chances to find something.
# Everything prints the seed that repeats it. The exit code is 1 when anything failed.
#   CRASH_ROUNDS (100)     rounds of kill -9
#   STORM_ROUNDS (100)     rounds of what happens to a cluster; needs root
#   HISTORY_FACTOR (100)   times the histories of the live numbers: 30,000 instead of 300
#   WHOLE_FACTOR (20)      times the histories of the whole product without HTTP
#   LIST_TRACES (100000)   traces in the list that is opened, jumped through, filtered and ordered
#   FUZZ_FACTOR (5)        times the inputs of the API's fuzzing
set -uo pipefail
cd "$(dirname "$0")/.."

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
readonly configuration=Release
readonly crash_rounds=${CRASH_ROUNDS:-100}
readonly storm_rounds=${STORM_ROUNDS:-100}
readonly history_factor=${HISTORY_FACTOR:-100}
readonly whole_factor=${WHOLE_FACTOR:-20}
readonly list_traces=${LIST_TRACES:-100000}
readonly fuzz_factor=${FUZZ_FACTOR:-5}
failed=0

# Runs some tests of one project, with variables before the name of the project.
run() {
  local variables=()
  while [[ $1 == *=* ]]; do
    variables+=("$1")
    shift
  done
  local name=$1 from=$SECONDS
  shift
  echo "--- $name ${variables[*]}"
  if env "${variables[@]}" "tests/$name/bin/$configuration/net10.0/$name" -noLogo -noColor -showLiveOutput "$@" < /dev/null; then
    echo "--- $name passed in $((SECONDS - from)) s"
  else
    echo "--- $name FAILED after $((SECONDS - from)) s"
    failed=1
  fi
}

dotnet build Actors.sln -c "$configuration" -v quiet < /dev/null || exit 1

run ACTORS_CRASH_ROUNDS="$crash_rounds" ACTORS_STORM_ROUNDS="$storm_rounds" Actors.Crash.Tests
run ACTORS_HISTORY_FACTOR="$history_factor" Actors.Grains.Tests -class '*.LiveBoardProperties'
run ACTORS_HISTORY_FACTOR="$whole_factor" Actors.Grains.Tests -class '*.WholeProperties'
run ACTORS_LIST_TRACES="$list_traces" Actors.E2E.Tests -class '*.ListJourneys'
run ACTORS_FUZZ_FACTOR="$fuzz_factor" Actors.Web.Tests -class '*FuzzTests' -class '*.DoorProperties'
exit "$failed"
