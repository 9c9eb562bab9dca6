#!/usr/bin/env bash
# Checks the files for deployments: with the tests of this repository, and with every tool of theirs that is installed.
set -euo pipefail
cd "$(dirname "$0")/.."

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0

# Runs a check when its tool is there; says so when it is not.
check() {
  local what=$1 tool=$2
  shift 2
  if ! eval "$tool" > /dev/null 2>&1; then
    echo "skipped  $what: not installed"
  elif "$@" > "$scratch/log" 2>&1; then
    echo "fine     $what"
  else
    echo "WRONG    $what"
    cat "$scratch/log"
    failed=1
  fi
}

deploy/make-env.sh > "$scratch/env"
check "tests of the repository" "dotnet --version" \
  dotnet run -c Release --project tests/Actors.Repository.Tests -- -noLogo -class 'Actors.Repository.Tests.Deploy*'
check "docker-compose.yml" "docker compose version" docker compose --env-file "$scratch/env" config --quiet
check "docker-compose.embedded.yml" "docker compose version" \
  docker compose --env-file "$scratch/env" -f docker-compose.embedded.yml config --quiet
check "Dockerfile" "docker buildx version && docker info" docker buildx build --check .
check "kubernetes" "kubectl version --client" kubectl kustomize deploy/kubernetes
check "Caddyfile" "caddy version" caddy validate --config deploy/Caddyfile --adapter caddyfile
check "scripts" "shellcheck --version" shellcheck deploy/*.sh
exit $failed
