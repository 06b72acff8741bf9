# What Tandem needs of Debian 12, and how it is installed. Sourced by run.sh and test.sh, and by server/Dockerfile, which
# builds the server alone, with the browser client in it.

server_packages=(
    g++ cmake ninja-build pkg-config mold qt6-base-dev
    nlohmann-json3-dev libboost1.81-dev libsodium-dev zlib1g-dev libhiredis-dev prometheus-cpp-dev libssl-dev
    libcmark-gfm-dev libcmark-gfm-extensions-dev libcurl4-openssl-dev fonts-inter fonts-jetbrains-mono
)

# For the browser client. Debian's Node, unless there is another one with its npm.
page_packages=(emscripten)
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    page_packages+=(nodejs npm)
fi

build_packages=(
    "${server_packages[@]}" "${page_packages[@]}" ccache git
    qt6-websockets-dev qt6-svg-dev qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools qt6-translations-l10n
    qtkeychain-qt6-dev libsecret-1-0 libpcre2-dev libhunspell-dev hunspell-en-us libqt6sql6-sqlite libqt6sql6-mysql
    libqrencode-dev libavahi-client-dev
    fonts-dejavu-core fonts-symbola fonts-wqy-microhei
)

test_packages=(
    libgtest-dev libgmock-dev librapidcheck-dev
    chromium chromium-driver fonts-noto-core fonts-noto-color-emoji mariadb-server-core mariadb-client-core
    redis-server dbus-daemon gnome-keyring openssl poppler-utils unzip python3 python3-aiosmtpd
)

fuzz_packages=(clang libclang-rt-14-dev)

say() {
    printf '\n== %s\n' "$*"
}

stop() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        stop "please run this as root, or install sudo: $*"
    fi
}

is_installed() {
    [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# Installs those of the given packages that are not there; asks apt for nothing when all are.
install_missing() {
    local package missing=()
    command -v dpkg-query >/dev/null || stop "this installs Debian packages; on another system install by hand: $*"
    for package in "$@"; do
        is_installed "$package" || missing+=("$package")
    done
    [ "${#missing[@]}" -gt 0 ] || return 0
    say "Installing ${missing[*]}"
    as_root apt-get -o DPkg::Lock::Timeout=300 update
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install \
        --yes --no-install-recommends "${missing[@]}"
}
