#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Dewpoint authors
# SPDX-License-Identifier: MIT
#
# run_test.sh run REASONS NAME PROGRAM…: runs a test program; where it left something out, and nothing
# failed, the exit code is 77, for ctest's "Skipped", and its reasons are added to the file.
# run_test.sh tell REASONS: prints them after the run, as ctest itself does not.
set -u

run() {
    local reasons=$1 name=$2 output code skipped
    shift 2
    mkdir -p "${reasons%/*}"
    output=${reasons%/*}/$name.txt
    "$@" 2>&1 | tee "$output"
    code=${PIPESTATUS[0]}
    if [ "$code" -gt 128 ]; then kill -s "$((code - 128))" $$; fi
    [ "$code" = 0 ] || return "$code"
    skipped=$(sed -n 's/^SKIP *: [^(]*([^)]*) *//p' "$output" | sort | uniq -c)
    [ -n "$skipped" ] || return 0
    sed "s|^ *\([0-9]*\) \(.*\)|$name, \1 left out: \2|" <<<"$skipped" >>"$reasons"
    return 77
}

tell() {
    [ -s "$1" ] || return 0
    printf '\nSkipped, and why:\n'
    sort "$1"
}

"$@"
