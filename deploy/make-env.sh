#!/usr/bin/env bash
# Prints new secrets for docker-compose.yml and docker-compose.embedded.yml:
#   (umask 077 && deploy/make-env.sh > .env)
set -euo pipefail

random() {
  od -An -N24 -tx1 /dev/urandom | tr -d ' \n'
}

cat << EOF
# The database's, for the server alone.
POSTGRES_PASSWORD=$(random)

# Opens /admin, the pages, and /api/admin.
ADMIN_API_KEY=$(random)

# The keys of the first project.
LANGFUSE_INIT_PROJECT_PUBLIC_KEY=pk-lf-$(random)
LANGFUSE_INIT_PROJECT_SECRET_KEY=sk-lf-$(random)

# Where the proxy listens on this machine, and what clients are told. With a host name in ACTORS_SITE it gets a certificate.
ACTORS_BIND=127.0.0.1
ACTORS_HTTP_PORT=3000
ACTORS_HTTPS_PORT=3443
ACTORS_GRPC_PORT=4317
ACTORS_SITE=:8080
ACTORS_PUBLIC_URL=
EOF
