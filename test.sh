#!/usr/bin/env bash
# Installs what the tests need and is missing, builds once, runs every test project, and counts.
# The last line is "N passed, N failed"; the exit code is 1 when a test failed, or a project crashed, hung or ran no test.
set -uo pipefail
cd "$(dirname "$0")"

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
readonly configuration=Release
# These start processes of their own. Those of the first line wait most of their time and hold bounds that a busy machine keeps, so they
# run side by side; pages want the machine for themselves.
readonly server_projects=(Actors.Crash.Tests Actors.Integration.Tests)
readonly page_projects=(Actors.E2E.Tests)
readonly unit_limit=${UNIT_TEST_LIMIT:-540}
readonly process_limit=${PROCESS_TEST_LIMIT:-900}
readonly parallel=${TEST_PARALLEL:-2}

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
passed=0
failed=0

finish() {
  echo
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ] && exit 0
  exit 1
}

give_up() {
  echo "test.sh: $1" >&2
  failed=$((failed + 1))
  finish
}

# --- what the tests need ---------------------------------------------------------------------------------------------

install() {
  local sudo=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo > /dev/null || give_up "installing $* needs root or sudo"
    sudo=(sudo)
  fi
  command -v apt-get > /dev/null || give_up "$* is missing, and there is no apt-get to install it with"
  if [ ! -e "$results/updated" ]; then
    "${sudo[@]}" apt-get update -q < /dev/null || give_up "apt-get update failed"
    : > "$results/updated"
  fi
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" < /dev/null \
    || give_up "installing $* failed"
}

node_is_recent() {
  command -v node > /dev/null && node -e '
    const [major, minor] = process.versions.node.split(".").map(Number);
    process.exit(major > 20 || (major === 20 && minor >= 6) ? 0 : 1)'
}

install_needs() {
  command -v dotnet > /dev/null || give_up "the .NET 10 SDK is missing: https://dotnet.microsoft.com/download"
  command -v node > /dev/null || install nodejs
  command -v npm > /dev/null || install npm
  node_is_recent || give_up "Node.js 20.6 or later is needed, and $(node --version) is here"
  # Tests of clusters give each node a network of its own.
  [ -x /usr/sbin/ip ] || install iproute2
  [ -n "$(find /usr/lib/postgresql -name initdb 2> /dev/null)" ] || install postgresql
  if [ -z "${E2E_BROWSER_PATH:-}" ] && [ ! -x /usr/bin/chromium ]; then
    install chromium fonts-liberation
  fi
}

# --- running ---------------------------------------------------------------------------------------------------------

# Runs one project's tests; its output goes to a file that is shown when it has ended.
# timeout(1) signals the whole process group, so that a hung run takes its servers and browsers with it.
run() {
  local name=$1 limit=$2 from=$SECONDS
  timeout --kill-after=15 "$limit" \
    "tests/$name/bin/$configuration/net10.0/$name" -noLogo -noColor > "$results/$name.log" 2>&1 < /dev/null
  echo "$? $((SECONDS - from))" > "$results/$name.code"
}

# The number behind a word of the runner's summary line; 0 when the line is missing.
count() {
  local number
  number=$(sed -n -E "s/.*$1: ([0-9]+).*/\1/p" <<< "$2")
  echo "${number:-0}"
}

report() {
  local name=$1 code=1 took=0 summary total ran_failed errors skipped
  read -r code took < "$results/$name.code"
  summary=$(grep -E 'Total: [0-9]+' "$results/$name.log" | tail -n 1)
  total=$(count Total "$summary")
  ran_failed=$(count Failed "$summary")
  errors=$(count Errors "$summary")
  skipped=$(($(count Skipped "$summary") + $(count 'Not Run' "$summary")))

  local bad=$((ran_failed + errors)) good=$((total - ran_failed - skipped)) why=""
  if [ "$code" -eq 124 ] || [ "$code" -eq 137 ]; then
    why="hung: ended after ${took} s"
  elif [ "$total" -eq 0 ]; then
    why="ran no test"
  elif [ "$code" -ne 0 ] && [ "$bad" -eq 0 ]; then
    why="crashed with exit code $code"
  fi
  [ -n "$why" ] && bad=$((bad + 1))

  if [ "$bad" -gt 0 ]; then
    echo "--- $name"
    tail -n 400 "$results/$name.log"
    echo "---"
  fi
  printf '%-28s %5d passed %4d failed %4d skipped %5d s  %s\n' "$name" "$good" "$bad" "$skipped" "$took" "$why"
  passed=$((passed + good))
  failed=$((failed + bad))
}

run_side_by_side() {
  local limit=$1 name running=0
  shift
  for name in "$@"; do
    run "$name" "$limit" &
    running=$((running + 1))
    if [ "$running" -ge "$parallel" ]; then
      wait -n
      running=$((running - 1))
    fi
  done
  wait
  for name in "$@"; do
    report "$name"
  done
}

# --- the run ---------------------------------------------------------------------------------------------------------

install_needs
dotnet restore Actors.sln < /dev/null || give_up "the restore failed"
dotnet build Actors.sln -c "$configuration" --no-restore -v quiet < /dev/null || give_up "the build failed"

units=()
for project in tests/*.Tests/*.Tests.csproj; do
  name=$(basename "$project" .csproj)
  [[ " ${server_projects[*]} ${page_projects[*]} " == *" $name "* ]] || units+=("$name")
done

run_side_by_side "$unit_limit" "${units[@]}"
run_side_by_side "$process_limit" "${server_projects[@]}"
run_side_by_side "$process_limit" "${page_projects[@]}"
finish
