#!/usr/bin/env bash
# Wall time of `elic verify` on a text, from start to verdict, median of 20 runs: with the demo's trust folder, with a list of
# 10,000 bodies, and with 10,000 delegations and 1,000 status lists. Usage: bench/start_to_verdict.sh BUILD_DIR
set -euo pipefail
build=${1:?usage: bench/start_to_verdict.sh BUILD_DIR}
elic=$build/cli/elic
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$elic" demo --dir "$work/demo" >/dev/null 2>&1
text=$(ls "$work"/demo/out/*.txt | head -1)
measure() {
    local name=$1
    shift
    for _ in $(seq 21); do
        local start end
        start=$(date +%s%N)
        "$@" >/dev/null 2>&1 || true
        end=$(date +%s%N)
        echo $(((end - start) / 1000))
    done | tail -n 20 | sort -n | awk -v name="$name" '{v[NR]=$1} END {printf "%-24s median %.1f ms, min %.1f, max %.1f\n", name, (v[10]+v[11])/2000, v[1]/1000, v[NR]/1000}'
}
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
