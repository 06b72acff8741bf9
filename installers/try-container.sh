#!/bin/sh
# Tries server/Dockerfile without a registry: builds the image on a Debian made here, and lives with it.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/installers/debian.sh"
port=18001
mirror=

usage() {
    cat <<HELP
Usage: installers/try-container.sh [--mirror URL] [--port N]

As root, on a machine with buildah, debootstrap, curl and openssl: makes debian:bookworm-slim of a minimal Debian 12, builds
server/Dockerfile on it and starts the image: it must answer, keep an edit over a restart, bear a root file system that is
read-only, speak TLS, run as its own user and end when asked. Where docker-compose is installed, docker-compose.yml is
checked as well. Nothing of it stays, also when it fails or is interrupted. Takes about a quarter of an hour.

  --mirror URL  where Debian comes from; unless given, as in this machine's apt sources
  --port N      the server's port, $port unless given
  --help        this
HELP
}

# --- within the namespaces: mounts and processes end with them

image=tandem-server
base=docker.io/library/debian:bookworm-slim
url=http://127.0.0.1:$port
document=container-try-document
secret=secret-of-the-container-try

images() {
    buildah --root "$folder/images" --runroot "$folder/runroot" --storage-driver vfs "$@"
}

# What Debian's slim image leaves out, now and in all that is installed later.
slim_down() {
    cat >"$1/etc/dpkg/dpkg.cfg.d/slim" <<'SLIM'
path-exclude /usr/share/doc/*
path-include /usr/share/doc/*/copyright
path-exclude /usr/share/info/*
path-exclude /usr/share/locale/*
path-exclude /usr/share/man/*
SLIM
    rm -rf "$1"/usr/share/info/* "$1"/usr/share/locale/* "$1"/usr/share/man/* "$1"/var/cache/apt/* \
        "$1"/var/lib/apt/lists/* "$1"/var/log/*.log "$1"/var/log/apt/*
    find "$1/usr/share/doc" ! -type d ! -name copyright -delete
    find "$1/usr/share/doc" -type d -empty -delete
}

make_base() {
    install_debian "$folder/debian" "$mirror"
    slim_down "$folder/debian"
    container=$(images from scratch)
    tar -C "$folder/debian" --exclude './dev/*' --exclude './proc/*' -cf "$folder/debian.tar" .
    rm -rf "$folder/debian"
    images add -q "$container" "$folder/debian.tar" /
    images commit -q "$container" "$base" >/dev/null
    images rm "$container" >/dev/null
    rm "$folder/debian.tar"
}

megabytes() {
    echo "$(($(du -s --bytes --one-file-system "$1" | cut -f 1) / 1000000)) MB"
}

call() {
    curl -sSfk --max-time 10 -H "Authorization: Bearer $secret" -H 'Content-Type: application/json' "$@"
}

# Waits until the server answers; $server is what was started.
await_ready() {
    until curl -sfk --max-time 5 "$url/readyz" >/dev/null; do
        kill -0 "$server" 2>/dev/null || { cat "$folder/server.log"; stop "the server has ended before it was ready"; }
        sleep 0.2
    done
    process=$(pgrep -x tandem-server) || stop "the server's process is not found"
    [ "$(stat -c %u:%g "/proc/$process")" = 10001:10001 ] || stop "the server runs as $(stat -c %U "/proc/$process")"
}

end_server() {
    kill -TERM "$process"
    code=0
    wait "$server" || code=$?
    [ "$code" -eq 0 ] || { cat "$folder/server.log"; stop "the server ended with $code when it was stopped"; }
}

try_image() {
    container=$(images from --pull-never "localhost/$image")
    images config --volume /data- "$container" # the image's own volume would go before the folder
    install -d -o 10001 -g 10001 "$folder/data"
    images run --isolation chroot --volume "$folder/data:/data" --env "PORT=$port" "$container" -- tandem-server \
        >"$folder/server.log" 2>&1 </dev/null &
    server=$!
    await_ready
    images run --isolation chroot --env "PORT=$port" "$container" -- tandem-server ready </dev/null
    call -o /dev/null "$url/v1/docs" -d "{\"id\":\"$document\",\"title\":\"Try\",\"text\":\"kept\",\"owner_secret\":\"$secret\"}"
    call -o /dev/null "$url/v1/docs/$document/edits" -d '{"id":"edit-1","edits":[{"index":4,"insert":" for good"}]}'
    end_server
    ! images run --isolation chroot --env "PORT=$port" "$container" -- tandem-server ready </dev/null 2>/dev/null ||
        stop "the stopped server is called ready"
    ! images run --isolation chroot --env DATABASE_URL=mysql://tandem:none@127.0.0.1:1/tandem "$container" -- \
        tandem-server init-db </dev/null >"$folder/mysql.log" 2>&1 || stop "a database is made where none is"
    grep -q "Can't connect" "$folder/mysql.log" || { cat "$folder/mysql.log"; stop "MySQL cannot be used"; }
}

# And over TLS.
try_read_only() {
    openssl req -x509 -nodes -days 2 -newkey rsa:2048 -subj /CN=try -keyout "$folder/data/try.key" \
        -out "$folder/data/try.pem" 2>/dev/null
    chown 10001 "$folder/data/try.key"
    url=https://127.0.0.1:$port
    rootfs=$(images mount "$container")
    mkdir "$folder/rootfs"
    mount --bind "$rootfs" "$folder/rootfs"
    mount -o remount,bind,ro "$folder/rootfs"
    mount --bind "$folder/data" "$folder/rootfs/data"
    mount -t proc proc "$folder/rootfs/proc"
    env -i $(images inspect --type image --format '{{range .OCIv1.Config.Env}}{{.}} {{end}}' "localhost/$image") PORT="$port" \
        TLS_CERT=/data/try.pem TLS_KEY=/data/try.key \
        chroot --userspec=10001:10001 "$folder/rootfs" tandem-server >"$folder/server.log" 2>&1 </dev/null &
    server=$!
    await_ready
    call "$url/v1/docs/$document" | grep -q '"text":"kept for good"' || stop "the edit is not there after a restart"
    end_server
}

try_compose() {
    say "docker-compose.yml"
    compose="docker-compose --file $root/docker-compose.yml --project-directory $folder"
    ! $compose config -q 2>"$folder/refusal" || stop "docker-compose.yml is taken without passwords"
    grep -q 'MARIADB_PASSWORD is missing' "$folder/refusal" || { cat "$folder/refusal"; stop "no sentence tells which password is missing"; }
    printf 'MARIADB_PASSWORD=one\nREDIS_PASSWORD=two\n' >"$folder/.env"
    $compose config -q || stop "docker-compose.yml is not valid"
}

inside() {
    trap 'exit 1' INT TERM
    folder=$1
    mount -t proc proc /proc
    ! command -v docker-compose >/dev/null || try_compose
    begun=$(date +%s)
    say "Debian from $mirror"
    make_base
    debian=$(date +%s)
    say "server/Dockerfile"
    images bud --isolation chroot --format docker --pull-never \
        --build-arg "NODE_EXTRA_CA_CERTS=${NODE_EXTRA_CA_CERTS:+$node_certificates}" --tag "$image" --file "$root/server/Dockerfile" "$root" \
        >"$folder/build.log" 2>&1 </dev/null || { tail -n 40 "$folder/build.log"; stop "the image cannot be built"; }
    built=$(date +%s)
    say "The image's server"
    try_image
    try_read_only
    tried=$(date +%s)
    slim=$(images from --pull-never "$base")
    say "It works. The image takes $(megabytes "$rootfs"), of which $(megabytes "$(images mount "$slim")") are Debian's." \
        "Debian took $((debian - begun)) s, building $((built - debian)) s, trying $((tried - built)) s."
}

if [ "${1:-}" = --inside ]; then
    mirror=$3
    port=$4
    url=http://127.0.0.1:$port
    inside "$2"
    exit
fi

take_options "$@"
need buildah debootstrap unshare curl openssl pgrep
try_inside "$mirror" "$port"
