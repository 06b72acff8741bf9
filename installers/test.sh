#!/usr/bin/env bash
# Installs what is missing, builds, and runs all tests. A skipped test and an empty run count as failures.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/installers/packages.sh"

presets=(release)
long=no
simulated_hours=0.083
fuzz_seconds=60

usage() {
    cat <<'HELP'
Usage: installers/test.sh [--all]

Installs what is missing (as root or with sudo), builds Tandem in build/release and runs its tests.

  --all   then everything again with ASan and UBSan (build/dev), the core with TSan (build/tsan), simulated worlds for
          five minutes, a cluster in which everything fails for five, and each libFuzzer program for a minute (build/fuzz)
  --help  this
HELP
}

while [ $# -gt 0 ]; do
    case $1 in
    --help | -h) usage; exit 0 ;;
    --all) presets=(release dev tsan) long=yes ;;
    *) printf 'test.sh: there is no option %s. See test.sh --help\n' "$1" >&2; exit 2 ;;
    esac
    shift
done

# ctest counts a skipped or disabled test as no failure; here it is one.
refuse_skipped() {
    local results=$1 count
    for count in skipped disabled; do
        grep --quiet --max-count=1 "<testsuite\b[^>]*\b$count=\"0\"" <(tr '\n' ' ' <"$results") ||
            stop "there are $count tests; see $results"
    done
}

run_preset() {
    local preset=$1 results=$root/build/$1/results.xml
    say "Building $preset"
    cmake --preset "$preset" -DTANDEM_TESTS=ON
    cmake --build --preset "$preset"
    say "Testing $preset"
    rm -f "$results"
    ctest --preset "$preset" -j4 --no-tests=error --output-on-failure --output-junit "$results"
    refuse_skipped "$results"
}

# Worlds of no seed that was run before.
run_worlds() {
    say "Simulating"
    "$root/build/release/bin/tandem-sim" --first "$(date +%s)000000" --hours "$simulated_hours"
}

run_storm() {
    say "Three servers, and all of it failing"
    "$root/build/release/bin/tandem-cluster-storm"
}

run_fuzzers() {
    local program corpus
    say "Building fuzz"
    cmake --preset fuzz -DTANDEM_TESTS=ON
    cmake --build --preset fuzz
    for program in "$root"/build/fuzz/bin/fuzz_{message,change,changeStream,snapshot,replica}; do
        say "Fuzzing ${program##*/}"
        corpus=$root/build/fuzz/corpus/${program##*/}
        mkdir -p "$corpus"
        "$program" -max_total_time="$fuzz_seconds" -rss_limit_mb=1024 -print_final_stats=1 "$corpus"
    done
}

export LC_ALL=C.UTF-8
exec </dev/null
cd "$root"
install_missing "${build_packages[@]}" "${test_packages[@]}"
[ "$long" = no ] || install_missing "${fuzz_packages[@]}"
for preset in "${presets[@]}"; do
    run_preset "$preset"
done
if [ "$long" = yes ]; then
    run_worlds
    run_storm
    run_fuzzers
fi
