# To be sourced: starts a PostgreSQL server of the system's package in a temporary directory, with its own settings except the
# size of its memory, and stops it when the script ends. $postgres is its connection string.
programs=$(dirname "$(ls /usr/lib/postgresql/*/bin/initdb | sort -V | tail -1)")
directory=$(mktemp -d -t actors-postgres-XXXXXX)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
user=()
if [[ $EUID == 0 ]]; then
    chown postgres "$directory"
    user=(setpriv --reuid=postgres --regid=postgres --init-groups --)
fi

stop_postgres() {
    "${user[@]}" "$programs/pg_ctl" -D "$directory/data" -m fast stop > /dev/null || true
    rm -rf "$directory"
}
trap stop_postgres EXIT

"${user[@]}" "$programs/initdb" -D "$directory/data" -U actors -A trust -E UTF8 --locale C.UTF-8 > /dev/null
(cd "$directory" && "${user[@]}" "$programs/pg_ctl" -D "$directory/data" -l "$directory/log" -w start \
    -o "-p $port -k $directory -c listen_addresses=127.0.0.1 -c shared_buffers=512MB -c max_wal_size=4GB" > /dev/null)
postgres="Host=127.0.0.1;Port=$port;Database=postgres;Username=actors"
