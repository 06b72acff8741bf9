#!/usr/bin/env bash
# Measures two servers on one MariaDB and one Redis, behind one of them alone: starts all of them in a temporary folder,
# runs `tandem-load hot` and `tandem-load two`, and ends them.
#   tests/load/two_servers.sh [BUILD_FOLDER] [options of tandem-load]
set -euo pipefail

build=${1:-build/release}
shift || true
for program in mariadbd mariadb-install-db mariadb redis-server; do
    command -v "$program" >/dev/null || PATH=$PATH:/usr/sbin
    command -v "$program" >/dev/null || { echo "two_servers.sh: please install $program" >&2; exit 1; }
done

folder=$(mktemp -d "${TMPDIR:-/tmp}/two-servers.XXXXXX")
pids=()
clean() {
    trap - EXIT
    for pid in "${pids[@]}"; do kill -KILL "$pid" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$folder"
}
trap clean EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

until_done() {
    for _ in $(seq 300); do
        "$@" >/dev/null 2>&1 && return
        sleep 0.1
    done
    echo "two_servers.sh: $* did not come to work" >&2
    exit 1
}
answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

database_port=23306 redis_port=26379 server_ports=(28001 28002)
mariadb-install-db --no-defaults --user="$(id -un)" --datadir="$folder/data" --auth-root-authentication-method=normal \
    --skip-test-db >/dev/null
mariadbd --no-defaults --user="$(id -un)" --datadir="$folder/data" --socket="$folder/socket" --bind-address=127.0.0.1 \
    --port=$database_port --skip-name-resolve --character-set-server=utf8mb4 --log-error="$folder/mariadb.log" &
pids+=($!)
redis-server --port $redis_port --bind 127.0.0.1 --save '' --appendonly no --dir "$folder" >/dev/null &
pids+=($!)
sql() { mariadb --no-defaults --socket="$folder/socket" --user=root --execute="$1"; }
until_done sql 'SELECT 1'
sql "CREATE DATABASE tandem; CREATE USER tandem@'127.0.0.1' IDENTIFIED BY 'measured'; GRANT ALL ON tandem.* TO tandem@'127.0.0.1'"
until_done answers $redis_port

arguments=()
for port in "${server_ports[@]}"; do
    "$build/bin/tandem-server" --port "$port" --data-dir "$folder/$port" \
        --database-url "mysql://tandem:measured@127.0.0.1:$database_port/tandem" --redis-url "redis://127.0.0.1:$redis_port" \
        >"$folder/$port.log" 2>&1 &
    pids+=($!)
    arguments+=(--url "http://127.0.0.1:$port" --pid $!)
    until_done answers "$port"
done
"$build/bin/tandem-load" hot "${arguments[@]:0:4}" "$@"
"$build/bin/tandem-load" two "${arguments[@]}" "$@"
