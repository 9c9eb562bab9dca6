#!/usr/bin/env bash
# The cluster of docker-compose.yml as processes of this machine: PostgreSQL of the system's package, silos and web nodes.
#
#   deploy/local-cluster.sh up [--silos 2] [--web 2] [--netns] [--no-build]   starts it, waits, prints addresses and keys
#   deploy/local-cluster.sh status                                           says what runs and what is ready
#   deploy/local-cluster.sh kill|start NODE                                  ends a node at once, as by a fault; starts it again
#   deploy/local-cluster.sh cut NODE [NODE]                                  cuts one off from all, or two from each other
#   deploy/local-cluster.sh heal                                             mends every cut
#   deploy/local-cluster.sh down [--wipe]                                    ends what it started; --wipe forgets the data too
#
# Everything is kept in ACTORS_CLUSTER_DIR, by default data/local-cluster. With --netns (root only) each node has a network
# namespace of its own on a bridge, as containers have, and can be cut off.
set -euo pipefail
cd "$(dirname "$0")/.."

dir=$(realpath -m "${ACTORS_CLUSTER_DIR:-data/local-cluster}")
readonly dir run=$dir/run logs=$dir/logs
readonly server=$PWD/silo/bin/Release/net10.0/Actors.Silo.dll
readonly start_limit=${ACTORS_CLUSTER_START_LIMIT:-120} stop_limit=60

fail() {
  echo "local-cluster: $1" >&2
  exit 1
}

random() {
  od -An -N24 -tx1 /dev/urandom | tr -d ' \n'
}

# --- processes -------------------------------------------------------------------------------------------------------

# When a process that runs began, in ticks since the machine did: with its id it names one process for ever.
started_at() {
  sed -E '/\) Z /d; s/^.*\) //' "/proc/$1/stat" 2> /dev/null | cut -d' ' -f20
}

# Starts a program that outlives this script. Its standard output and error go to its log.
launch() {
  local name=$1
  shift
  setsid "$@" >> "$logs/$name.log" 2>&1 < /dev/null &
  echo "$! $(started_at $!)" > "$run/$name.pid"
}

# Prints the id of a process that launch started, when it still runs.
pid_of() {
  local pid since
  [ -e "$run/$1.pid" ] || return 1
  read -r pid since < "$run/$1.pid"
  [ -n "$since" ] && [ "$(started_at "$pid")" = "$since" ] && echo "$pid"
}

# Sends a signal to a process that launch started, and waits until it is gone.
end() {
  local name=$1 signal=$2 pid until=$((SECONDS + stop_limit))
  if pid=$(pid_of "$name"); then
    kill "-$signal" "$pid" 2> /dev/null || true
    while pid_of "$name" > /dev/null && [ "$SECONDS" -lt "$until" ]; do
      sleep 0.1
    done
    if pid_of "$name" > /dev/null; then
      echo "local-cluster: $name does not end; it is killed" >&2
      kill -KILL "$pid" 2> /dev/null || true
    fi
  fi
  rm -f "$run/$name.pid"
}

# Runs a check until it holds; fails when the process ends or the time is over.
wait_for() {
  local name=$1 until=$((SECONDS + start_limit))
  shift
  until "$@" > /dev/null 2>&1; do
    if ! pid_of "$name" > /dev/null; then
      tail -n 20 "$logs/$name.log" >&2
      fail "$name has ended; all it wrote is in $logs/$name.log"
    fi
    [ "$SECONDS" -lt "$until" ] || fail "$name is not ready after $start_limit s; see $logs/$name.log"
    sleep 0.2
  done
}

# --- network ---------------------------------------------------------------------------------------------------------

port_is_free() {
  ! (exec 3<> "/dev/tcp/127.0.0.1/$1") 2> /dev/null
}

# Prints a free port that was not given before: below those that the system hands out by itself.
free_port() {
  local port
  port=$(cat "$run/last-port" 2> /dev/null || echo $((20000 + RANDOM % 5000)))
  until port=$((port + 1)) && port_is_free "$port"; do :; done
  echo "$port" > "$run/last-port"
  echo "$port"
}

make_bridge() {
  local n
  for n in $(seq 1 250); do
    [ -z "$(ip -4 route show "10.231.$n.0/24")" ] && [ ! -e "/sys/class/net/actors$n" ] && break
  done
  echo "$n" > "$run/bridge"
  ip link add "actors$n" type bridge
  ip address add "10.231.$n.1/24" dev "actors$n"
  ip link set "actors$n" up
}

# A namespace for a node, with one cable to the bridge.
make_namespace() {
  local name=$1 address=$2 n
  n=$(< "$run/bridge")
  local cable=a$n-$name inside=actors$n-$name
  ip netns add "$inside"
  ip link add "$cable" type veth peer name eth0 netns "$inside"
  ip link set "$cable" master "actors$n" up
  ip -n "$inside" link set lo up
  ip -n "$inside" address add "$address/24" dev eth0
  ip -n "$inside" link set eth0 up
}

remove_network() {
  local n name
  [ -e "$run/bridge" ] || return 0
  n=$(< "$run/bridge")
  for name in $(ip netns list | grep -oE "^actors$n-[a-z0-9-]+" || true); do
    ip netns delete "$name"
  done
  ip link delete "actors$n" 2> /dev/null || true
  rm -f "$run/bridge"
}

cut_off() {
  local n a b
  [ -e "$run/bridge" ] || fail "only a cluster with --netns can be cut"
  n=$(< "$run/bridge")
  for a in "$@"; do
    [ -e "$run/$a.node" ] || fail "there is no node $a"
  done
  if [ $# -eq 1 ]; then
    ip link set "a$n-$1" down
  else
    # To an address that nobody has: what is sent there is lost without a word, as on a broken line.
    for a in "$1 $2" "$2 $1"; do
      read -r a b <<< "$a"
      ip -n "actors$n-$a" neighbour replace "$(setting "$b" address)" lladdr 02:00:00:00:00:01 nud permanent dev eth0
    done
  fi
}

heal() {
  local n name
  [ -e "$run/bridge" ] || fail "only a cluster with --netns can be cut"
  n=$(< "$run/bridge")
  for name in $(nodes); do
    ip link set "a$n-$name" up
    ip -n "actors$n-$name" neighbour flush nud permanent dev eth0
  done
}

# --- PostgreSQL ------------------------------------------------------------------------------------------------------

postgres_programs() {
  local found
  found=$(find /usr/lib/postgresql -name initdb 2> /dev/null | sort -V | tail -n 1)
  [ -n "$found" ] || fail "PostgreSQL is missing: install the package postgresql"
  dirname "$found"
}

# PostgreSQL refuses to run as root: the package's own user takes its place.
as_postgres=()
[ "$(id -u)" -ne 0 ] || as_postgres=(setpriv --reuid=postgres --regid=postgres --init-groups --)

make_database() {
  mkdir -p "$dir/pg"
  [ "$(id -u)" -ne 0 ] || chown postgres "$dir/pg"
  "${as_postgres[@]}" test -w "$dir/pg" \
    || fail "the user postgres cannot reach $dir/pg: set ACTORS_CLUSTER_DIR to a directory outside of root's"
  "${as_postgres[@]}" "$1/initdb" --pgdata "$dir/pg" --username actors --encoding UTF8 --locale C.UTF-8 \
    --auth-local trust --auth-host reject > "$logs/initdb.log" 2>&1 || { cat "$logs/initdb.log" >&2; fail "the database could not be made"; }
  # The socket is in a directory that only its owner can enter.
  printf '%s\n' "local all all trust" "host all all 127.0.0.1/32 scram-sha-256" "host all all 10.231.0.0/16 scram-sha-256" \
    > "$dir/pg/pg_hba.conf"
}

# After a kill the processes of the sessions live on for a moment, and the new server refuses to start beside them.
await_end_of_postgres() {
  local pid until=$((SECONDS + stop_limit))
  [ -e "$dir/pg/postmaster.pid" ] || return 0
  pid=$(head -n 1 "$dir/pg/postmaster.pid")
  while [ -e "/proc/$pid" ] && [ "$SECONDS" -lt "$until" ]; do
    sleep 0.1
  done
}

start_postgres() {
  local programs port host=127.0.0.1
  programs=$(postgres_programs)
  [ -e "$dir/pg/PG_VERSION" ] || make_database "$programs"
  [ ! -e "$run/bridge" ] || host=10.231.$(< "$run/bridge").1
  port=$(setting postgres port)
  port=${port:-$(free_port)}
  printf '%s\n' "host=$host" "port=$port" > "$run/postgres.node"
  await_end_of_postgres
  launch postgres "${as_postgres[@]}" "$programs/postgres" -D "$dir/pg" -p "$port" -c "listen_addresses=$host" \
    -c "unix_socket_directories=$dir/pg" -c max_connections=300
  wait_for postgres "${as_postgres[@]}" "$programs/pg_isready" -h "$dir/pg" -p "$port" -U actors -d postgres
  "${as_postgres[@]}" "$programs/psql" -qAt -h "$dir/pg" -p "$port" -U actors -d postgres -v ON_ERROR_STOP=1 > "$logs/psql.log" << EOF
ALTER ROLE actors PASSWORD '$(secret POSTGRES_PASSWORD)';
SELECT 'CREATE DATABASE actors' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'actors') \gexec
EOF
}

# --- nodes -----------------------------------------------------------------------------------------------------------

secret() {
  sed -n "s/^$1=//p" "$dir/secrets.env"
}

setting() {
  sed -n "s/^$2=//p" "$run/$1.node" 2> /dev/null || true
}

nodes() {
  local file
  for file in "$run"/*.node; do
    [ -e "$file" ] && [ "$file" != "$run/postgres.node" ] && basename "$file" .node
  done
  return 0
}

add_node() {
  local name=$1 role=$2 number=$3 address=127.0.0.1 http=3000 silo=11111 gateway=30000 grpc=4317
  if [ -e "$run/bridge" ]; then
    address=10.231.$(< "$run/bridge").$((number + 10))
    make_namespace "$name" "$address"
  else
    http=$(free_port) silo=$(free_port) gateway=$(free_port) grpc=$(free_port)
  fi
  [ "$role" = web ] || grpc=0
  printf '%s\n' "role=$role" "address=$address" "http=$http" "silo=$silo" "gateway=$gateway" "grpc=$grpc" > "$run/$name.node"
}

url_of() {
  echo "http://$(setting "$1" address):$(setting "$1" http)"
}

start_node() {
  local name=$1 inside=() address
  address=$(setting "$name" address)
  [ ! -e "$run/bridge" ] || inside=(ip netns exec "actors$(< "$run/bridge")-$name")
  mkdir -p "$dir/$name"
  launch "$name" "${inside[@]}" env -C "$dir/$name" \
    ASPNETCORE_URLS="$(url_of "$name")" \
    ADMIN_API_KEY="$(secret ADMIN_API_KEY)" \
    LANGFUSE_INIT_PROJECT_PUBLIC_KEY="$(secret LANGFUSE_INIT_PROJECT_PUBLIC_KEY)" \
    LANGFUSE_INIT_PROJECT_SECRET_KEY="$(secret LANGFUSE_INIT_PROJECT_SECRET_KEY)" \
    Actors__Storage=postgres \
    Actors__Postgres__ConnectionString="Host=$(setting postgres host);Port=$(setting postgres port);Database=actors;Username=actors;Password=$(secret POSTGRES_PASSWORD)" \
    Actors__Role="$(setting "$name" role)" \
    Actors__Cluster__AdvertisedAddress="$address" \
    Actors__Cluster__SiloPort="$(setting "$name" silo)" \
    Actors__Cluster__GatewayPort="$(setting "$name" gateway)" \
    Actors__Otlp__GrpcHost="$address" \
    Actors__Otlp__GrpcPort="$(setting "$name" grpc)" \
    Actors__DataDirectory="$dir/$name" \
    Actors__SharedDirectory="$dir/shared" \
    dotnet "$server"
}

is_ready() {
  curl -fsS -m 2 -o /dev/null "$(url_of "$1")/api/public/ready"
}

# --- commands --------------------------------------------------------------------------------------------------------

# Ends several at once.
end_all() {
  local name
  for name in "$@"; do
    end "$name" TERM &
  done
  wait
}

# Web nodes first, then silos, so that all can say goodbye to who is still there.
down() {
  if [ -d "$run" ]; then
    # shellcheck disable=SC2046 # Names of nodes have no blanks.
    end_all $(nodes | grep '^web')
    # shellcheck disable=SC2046
    end_all $(nodes | grep '^silo')
    end postgres INT
    remove_network
    rm -rf "$run"
  fi
  [ "${1:-}" != --wipe ] || rm -rf "$dir"
}

up() {
  local silos=2 web=2 netns=false build=true number=0 name
  while [ $# -gt 0 ]; do
    case $1 in
      --silos) silos=${2:?} && shift ;;
      --web) web=${2:?} && shift ;;
      --netns) netns=true ;;
      --no-build) build=false ;;
      *) fail "what is $1?" ;;
    esac
    shift
  done
  [[ $silos =~ ^[1-9]$ && $web =~ ^[1-9]$ ]] || fail "--silos and --web are 1 to 9"
  [ ! -d "$run" ] || fail "it is up, or was not taken down: see status, and end it with down"
  if $netns && [ "$(id -u)" -ne 0 ]; then fail "--netns needs root"; fi
  [ ${#dir} -le 80 ] || fail "$dir is too long for the socket of PostgreSQL: set ACTORS_CLUSTER_DIR to a shorter one"
  command -v curl > /dev/null || fail "curl is missing"
  if $build; then dotnet build silo -c Release -v quiet || fail "the build failed"; fi
  [ -e "$server" ] || fail "the server is not built: dotnet build silo -c Release"

  mkdir -p "$run" "$logs" "$dir/shared"
  trap 'echo "local-cluster: taking down what is up" >&2; down' EXIT
  [ -e "$dir/secrets.env" ] || (umask 077 && deploy/make-env.sh > "$dir/secrets.env")
  if $netns; then make_bridge; fi
  start_postgres
  for name in $(seq -f 'silo-%g' "$silos") $(seq -f 'web-%g' "$web"); do
    number=$((number + 1))
    add_node "$name" "${name%-*}" "$number"
  done

  # One silo makes the tables; the others find them.
  start_node silo-1
  wait_for silo-1 is_ready silo-1
  for name in $(nodes | grep -v '^silo-1$'); do
    start_node "$name"
  done
  for name in $(nodes); do
    wait_for "$name" is_ready "$name"
  done
  trap - EXIT
  announce
}

announce() {
  local name
  echo
  for name in $(nodes | grep '^web'); do
    echo "  Actors is ready at $(url_of "$name")"
  done
  cat << EOF

  Sign-in     /admin with $(secret ADMIN_API_KEY)
  Public key  $(secret LANGFUSE_INIT_PROJECT_PUBLIC_KEY)
  Secret key  $(secret LANGFUSE_INIT_PROJECT_SECRET_KEY)
  Logs        $logs

EOF
}

status() {
  local name state
  [ -d "$run" ] || { echo "It is down."; return 1; }
  for name in postgres $(nodes); do
    if ! pid_of "$name" > /dev/null; then
      state=ended
    elif [ "$name" = postgres ]; then
      state="ready on port $(setting postgres port)"
    elif is_ready "$name" 2> /dev/null; then
      state="ready at $(url_of "$name")"
    else
      state="not ready"
    fi
    printf '%-9s pid %-8s %s\n' "$name" "$(pid_of "$name" || echo -)" "$state"
  done
}

node() {
  [ -e "$run/${1:-}.node" ] || fail "there is no node ${1:-}; status lists them"
}

command=${1:-}
[ $# -eq 0 ] || shift
case $command in
  up) up "$@" ;;
  down) down "$@" ;;
  status) status ;;
  kill) node "$@" && end "$1" KILL ;;
  start)
    node "$@"
    pid_of "$1" > /dev/null && fail "$1 runs"
    if [ "$1" = postgres ]; then start_postgres; else start_node "$1" && wait_for "$1" is_ready "$1"; fi
    ;;
  cut) [ $# -ge 1 ] && cut_off "$@" ;;
  heal) heal ;;
  *)
    sed -n '4,9s/^# *//p' "$0" >&2
    exit 2
    ;;
esac
