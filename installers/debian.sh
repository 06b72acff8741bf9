# A fresh Debian 12 in a folder. Sourced by try-bare.sh and try-container.sh.

suite=bookworm
# Whom Node trusts on this machine, where it is told so: in the new Debian under a name that no package writes.
node_certificates=/etc/node-certificates.pem

say() {
    printf '\n== %s: %s\n' "$(basename "$0" .sh)" "$*"
}

stop() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

# The address from which this machine has the suite, in either format of apt's sources.
mirror_of_host() {
    {
        cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null |
            sed -n "s/^deb  *\(\[[^]]*\]  *\)\{0,1\}\([^ ]*\)  *$suite .*/\2/p"
        for file in /etc/apt/sources.list.d/*.sources; do
            [ ! -r "$file" ] || grep -v '^#' "$file" | awk -v suite="$suite" -v RS= -F '\n' '{
                split("", value)
                for (i = 1; i <= NF; i++) {
                    colon = index($i, ":")
                    value[tolower(substr($i, 1, colon - 1))] = substr($i, colon + 1) " "
                }
                if (value["types"] ~ / deb / && value["suites"] ~ " " suite " " && value["enabled"] !~ /no/) {
                    split(value["uris"], uris, " ")
                    print uris[1]
                }
            }'
        done
    } | head -n 1
}

# Both take the same options: $mirror and $port, and that root runs them where the named programs are.
take_options() {
    while [ $# -gt 0 ]; do
        case $1 in
        --help | -h) usage; exit 0 ;;
        --mirror) mirror=${2:?--mirror needs an address}; shift ;;
        --port) port=${2:?--port needs a number}; shift ;;
        *)
            printf '%s: there is no option %s. See %s --help\n' "$(basename "$0")" "$1" "$(basename "$0")" >&2
            exit 2
            ;;
        esac
        shift
    done
}

need() {
    [ "$(id -u)" -eq 0 ] || stop "please run this as root"
    for program; do
        command -v "$program" >/dev/null || stop "please install $program"
    done
    [ -n "$mirror" ] || mirror=$(mirror_of_host)
    [ -n "$mirror" ] || stop "the apt sources of this machine name no mirror of $suite; please give one with --mirror"
}

# Leaves its messages beside the folder.
install_debian() {
    certificates=
    case $2 in https:*) certificates=--include=ca-certificates ;; esac
    debootstrap --variant=minbase $certificates "$suite" "$1" "$2" >"$1.log" 2>&1 ||
        { tail -n 20 "$1.log"; stop "debootstrap failed"; }
    cp /etc/resolv.conf /etc/hosts "$1/etc/"
    [ -z "${NODE_EXTRA_CA_CERTS:-}" ] || install -D -m 644 "$NODE_EXTRA_CA_CERTS" "$1$node_certificates"
}

# The end of a try: kills what runs in the namespace, then deletes the folder, in which no mount can be any more.
clean_try() {
    trap - EXIT
    if [ -n "$namespace" ]; then
        kill -KILL "$namespace" 2>/dev/null || true
        wait "$namespace" 2>/dev/null || true
    fi
    rm -rf --one-file-system "$folder"
}

# Runs this script again as `--inside FOLDER ARGUMENTS` in namespaces of its own; its mounts and processes end with them.
try_inside() {
    folder=$(mktemp -d "${TMPDIR:-/tmp}/$(basename "$0" .sh).XXXXXX")
    namespace=
    trap clean_try EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    unshare --mount --propagation private --pid --fork --kill-child sh "$0" --inside "$folder" "$@" &
    namespace=$!
    code=0
    wait "$namespace" || code=$?
    namespace=
    exit "$code"
}
