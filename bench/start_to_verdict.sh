#!/usr/bin/env bash
# Wall time of `elic verify` on a text, from start to verdict, median of 40 runs: with the demo's trust folder, with a list of
# 10,000 bodies, and with 10,000 delegations and 1,000 status lists. Beside it what a process costs on this machine that does
# nothing (/bin/true): the floor under all of it. Usage: bench/start_to_verdict.sh BUILD_DIR
set -euo pipefail
build=${1:?usage: bench/start_to_verdict.sh BUILD_DIR}
elic=$build/cli/elic
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$elic" demo --dir "$work/demo" >/dev/null 2>&1
# A machine of its own: what this one remembers of other demos is not what is measured.
export XDG_CONFIG_HOME=$work/machine
text=$(ls "$work"/demo/out/*.txt | head -1)
measure() {
    local name=$1
    shift
    "$@" >/dev/null 2>&1 || { echo "$name: exit $?, nothing to measure" >&2; exit 1; }
    for _ in $(seq 41); do
        local start end
        start=${EPOCHREALTIME/[.,]/}
        "$@" >/dev/null 2>&1
        end=${EPOCHREALTIME/[.,]/}
        echo $((end - start))
    done | tail -n 40 | sort -n | awk -v name="$name" '{v[NR]=$1} END {printf "%-24s median %.1f ms, min %.1f, max %.1f\n", name, (v[20]+v[21])/2000, v[1]/1000, v[NR]/1000}'
}
measure "/bin/true" /bin/true
measure "elic --version" "$elic" --version
measure "demo trust folder" "$elic" verify --trust "$work/demo/trust" --pin "$work/demo/trust.pin" --allow-missing-status "$text"
if [ -x "$build/bench/bench_verify_large" ]; then
    "$build/bench/bench_verify_large" --keep "$work/large" | tail -n 3
    if [ -f "$work/large/code.txt" ]; then
        measure "10,000 bodies" "$elic" verify --trust "$work/large/trust" --pin "$work/large/trust.pin" --allow-missing-status "$work/large/code.txt"
    fi
fi
if [ -x "$build/bench/bench_trust_folder" ]; then
    "$build/bench/bench_trust_folder" --keep "$work/folder"
    measure "10,000 delegations" "$elic" verify --trust "$work/folder/trust" --pin "$work/folder/trust.pin" --at 2026-11-25 "$work/folder/code.txt"
fi
