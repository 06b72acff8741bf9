#!/usr/bin/env bash
# Installs what is missing, builds, and starts the server and, where there is a display, the editor.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/installers/packages.sh"

port=8000
desktop=yes
data=${XDG_DATA_HOME:-${HOME:-/tmp}/.local/share}/tandem/server

usage() {
    cat <<HELP
Usage: installers/run.sh [--no-desktop] [--port N] [--data DIR]

Installs what is missing (as root or with sudo), builds Tandem in build/release, and starts the server and, where there is
a display, the editor. Ctrl+C stops both.

  --no-desktop  start only the server; the address that is printed works in a browser
  --port N      the server's port, $port unless given
  --data DIR    the folder of its database, $data unless given
  --help        this
HELP
}

while [ $# -gt 0 ]; do
    case $1 in
    --help | -h) usage; exit 0 ;;
    --no-desktop) desktop=no ;;
    --port) port=${2:?--port needs a number}; shift ;;
    --data) data=${2:?--data needs a folder}; shift ;;
    *) printf 'run.sh: there is no option %s. See run.sh --help\n' "$1" >&2; exit 2 ;;
    esac
    shift
done
[[ $port =~ ^[0-9]{1,5}$ ]] && ((port >= 1 && port <= 65535)) || stop "--port takes a number from 1 to 65535"
[ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || desktop=no

children=()
stop_children() {
    trap - EXIT
    [ "${#children[@]}" -eq 0 ] || kill "${children[@]}" 2>/dev/null || true
    wait
}
trap stop_children EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Does the server answer that it is ready? Plain bash, so that nothing needs to be installed for it.
is_ready() (
    exec 2>/dev/null
    exec 3<>"/dev/tcp/127.0.0.1/$port" || exit 1
    printf 'GET /readyz HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n\r\n' "$port" >&3
    read -r -t 2 status <&3
    [[ $status == "HTTP/1.1 200"* ]]
)

install_missing "${build_packages[@]}"

say "Building"
targets=(tandem-server tandem-cli)
[ "$desktop" = no ] || targets+=(tandem)
cd "$root"
# The tests have needs of their own: installers/test.sh turns them on.
cmake --preset release -DTANDEM_TESTS=OFF
cmake --build --preset release --target "${targets[@]}"

say "Starting"
is_ready && stop "something answers on port $port already; choose another one with --port"
build/release/bin/tandem-server --port "$port" --data-dir "$data" </dev/null &
server=$!
children+=("$server")
until is_ready; do
    kill -0 "$server" 2>/dev/null || stop "the server has ended; what it said stands above"
    sleep 0.1
done
say "Tandem runs. In a browser: http://127.0.0.1:$port/ui/   Ctrl+C ends it."

if [ "$desktop" = yes ]; then
    build/release/bin/tandem --server "http://127.0.0.1:$port" </dev/null &
    children+=("$!")
fi
wait "$server"
