# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Dewpoint authors
# SPDX-License-Identifier: MIT
#
# Everything that can be said about the code without running it. All steps run, then the verdict.

readonly check_steps=(format arch headers tidy clazy)

run_check() {
    local step failed=()
    cd "$project"
    [ $# -gt 0 ] || set -- "${check_steps[@]}"
    for step in "$@"; do
        [[ " ${check_steps[*]} " == *" $step "* ]] || refuse "there is no step '$step'; the steps are: ${check_steps[*]}"
    done
    for step in "$@"; do
        say "== check: $step"
        "check_$step" || failed+=("$step")
    done
    [ ${#failed[@]} -eq 0 ] || fail "check failed: ${failed[*]}"
    say "== check: all good"
}

# Tracked and new files alike; a deleted one that git still lists has no format.
own_sources() {
    git ls-files -z --cached --others --exclude-standard -- '*.h' '*.cpp' |
        while IFS= read -r -d '' file; do [ ! -f "$file" ] || printf '%s\0' "$file"; done
}

check_format() { own_sources | xargs -0 -r clang-format --dry-run -Werror; }

check_arch() { python3 tests/arch/check_layers.py "$project"; }

check_headers() { build_preset lint all_verify_interface_header_sets; }

check_tidy() { lint clang-tidy; }

check_clazy() { lint clazy; }

# What moc and its like make must be there before a file that includes it can be read.
lint() {
    build_preset lint autogen >&2 && python3 packaging/dev.d/lint.py "$project" "$1"
}
