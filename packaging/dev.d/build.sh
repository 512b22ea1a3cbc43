# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Dewpoint authors
# SPDX-License-Identifier: MIT
#
# Configuring and building; ninja itself notices when CMake has to run again.

program() { echo "$project/build/dev/app/dewpoint"; }

# build_preset PRESET [TARGETS]: in a subshell, so that the lock ends with the build.
build_preset() (
    local preset=$1 target targets=()
    shift
    for target in "$@"; do targets+=(--target "$target"); done
    [ -e "$project/CMakeLists.txt" ] || fail "there is nothing to build yet (no CMakeLists.txt)"
    cd "$project"
    mkdir -p "build/$preset"
    lock_folder "build/$preset"
    configure_preset "$preset" && cmake --build --preset "$preset" "${targets[@]}"
)

# Two builds in one folder would spoil each other's files.
lock_folder() {
    exec {build_lock}>"$1/.lock"
    flock -n "$build_lock" || {
        say "packaging/dev: waiting for another build in $1"
        flock "$build_lock"
    }
}

configure_preset() {
    local stamp=build/$1/.configured
    [ ! -e "$stamp" ] || [ CMakePresets.json -nt "$stamp" ] || return 0
    cmake --preset "$1" && touch "$stamp"
}

# Also for who calls cmake or ninja through exec.
use_compiler_cache() {
    command -v ccache >/dev/null || return 0
    export CMAKE_C_COMPILER_LAUNCHER=ccache CMAKE_CXX_COMPILER_LAUNCHER=ccache
    # Precompiled headers can only be cached with these.
    export CCACHE_SLOPPINESS=${CCACHE_SLOPPINESS:-pch_defines,time_macros,include_file_mtime,include_file_ctime}
}

# For a program whose standard output belongs to the caller: silent when there was nothing to do.
build_quietly() {
    build_preset dev dewpoint 2>&1 |
        sed -u -e '/Re-checking globbed directories/d' -e '/^ninja: no work to do/d' >&2
}
