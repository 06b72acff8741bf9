#!/bin/sh
# Tries run.sh and test.sh on a machine that has nothing yet: a fresh Debian 12 in a temporary folder.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/installers/debian.sh"
port=18000
mirror=

usage() {
    cat <<HELP
Usage: installers/try-bare.sh [--mirror URL] [--port N]

As root, on a machine with debootstrap: installs a minimal Debian 12 in a temporary folder, clones the project's last
commit into it, lets run.sh start the server there and stops it, and runs test.sh. Nothing of it stays, also when it
fails or is interrupted. Takes about a quarter of an hour.

  --mirror URL  where Debian comes from; unless given, as in this machine's apt sources
  --port N      the server's port, $port unless given
  --help        this
HELP
}

# --- within the namespace: its mounts and processes end with it

in_bare() {
    chroot "$bare" /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
        ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} \
        ${NODE_EXTRA_CA_CERTS:+NODE_EXTRA_CA_CERTS="$node_certificates"} "$@"
}

try_run() {
    log=$bare/run.log
    mkfifo "$bare/run.output"
    tee "$log" <"$bare/run.output" &
    # Without a function between, so that $! is run.sh itself.
    chroot "$bare" /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
        ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} \
        ${NODE_EXTRA_CA_CERTS:+NODE_EXTRA_CA_CERTS="$node_certificates"} \
        /root/tandem/installers/run.sh --no-desktop --port "$port" </dev/null >"$bare/run.output" 2>&1 &
    run=$!
    until grep -q 'Tandem runs' "$log" 2>/dev/null; do
        kill -0 "$run" 2>/dev/null || stop "run.sh has ended before the server was ready"
        sleep 1
    done
    kill -TERM "$run"
    code=0
    wait "$run" || code=$?
    [ "$code" -eq 143 ] || stop "run.sh ended with $code instead of 143 when it was stopped"
    ! grep -qs tandem-server "$bare"/proc/[0-9]*/comm || stop "run.sh left its server behind"
}

inside() {
    trap 'exit 1' INT TERM
    bare=$1
    begun=$(date +%s)
    say "Debian from $mirror"
    install_debian "$bare" "$mirror"
    mount -t proc proc "$bare/proc"
    mount --rbind /dev "$bare/dev"
    git clone -q --no-hardlinks "$root" "$bare/root/tandem"
    debian=$(date +%s)
    say "run.sh"
    try_run
    ready=$(date +%s)
    say "test.sh"
    in_bare /root/tandem/installers/test.sh </dev/null
    tested=$(date +%s)
    say "Both pass on a bare Debian 12. Debian took $((debian - begun)) s, run.sh $((ready - debian)) s," \
        "test.sh $((tested - ready)) s."
}

if [ "${1:-}" = --inside ]; then
    mirror=$3
    port=$4
    inside "$2/debian"
    exit
fi

take_options "$@"
need debootstrap unshare git
try_inside "$mirror" "$port"
