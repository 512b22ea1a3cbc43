#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Dewpoint authors
# SPDX-License-Identifier: MIT
#
# A throw-away PostgreSQL server for one test run.
#
#   postgres_server.sh start DIR    makes a cluster and starts it; its socket folder is in DIR/socket
#   postgres_server.sh stop DIR     stops that server and removes its cluster
#
# The cluster itself lives below /tmp: a socket path may be 107 bytes long at most, and the build
# folder may be one that the unprivileged server user cannot enter.
set -euo pipefail

command=${1-}
dir=${2-}
if [ -z "$dir" ] || { [ "$command" != start ] && [ "$command" != stop ]; }; then
    echo "usage: postgres_server.sh start|stop DIR" >&2
    exit 2
fi

binaries() {
    local found
    for found in "${PG_BINDIR-}" $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -rn) \
        "$(pg_config --bindir 2>/dev/null || true)" "$(dirname "$(command -v postgres 2>/dev/null || echo /none/none)")"; do
        if [ -n "$found" ] && [ -x "$found/initdb" ] && [ -x "$found/pg_ctl" ]; then
            echo "$found"
            return
        fi
    done
    echo "postgres_server.sh: no PostgreSQL server programs found (Debian: postgresql)" >&2
    exit 1
}

# PostgreSQL refuses to run as root.
unprivileged() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid=postgres --regid=postgres --clear-groups env HOME=/tmp "$@"
    else
        "$@"
    fi
}

# Only the postmaster of the cluster that DIR names, never another one.
stop_server() {
    local base
    [ -f "$dir/socket" ] || return 0
    base=$(cat "$dir/socket")
    case $base in
        /tmp/dewpoint-pg.*)
            if [ -f "$base/data/postmaster.pid" ]; then
                (cd /tmp && unprivileged "$(binaries)/pg_ctl" -D "$base/data" -m immediate -w -t 30 stop >/dev/null 2>&1) || true
            fi
            rm -rf -- "$base"
            ;;
    esac
    rm -f -- "$dir/socket"
}

start_server() {
    local base bin
    bin=$(binaries)
    mkdir -p "$dir"
    stop_server  # a leftover of a run that was killed
    base=$(mktemp -d /tmp/dewpoint-pg.XXXXXX)
    echo "$base" >"$dir/socket"
    if [ "$(id -u)" = 0 ]; then
        chown postgres: "$base"
    fi
    cd /tmp
    if ! unprivileged "$bin/initdb" -D "$base/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync \
        >"$dir/initdb.log" 2>&1; then
        cat "$dir/initdb.log" >&2
        exit 1
    fi
    cat >>"$base/data/postgresql.conf" <<CONF
listen_addresses = ''
unix_socket_directories = '$base'
max_connections = 200
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
shared_buffers = 64MB
wal_level = minimal
max_wal_senders = 0
CONF
    if ! unprivileged "$bin/pg_ctl" -D "$base/data" -l "$base/log" -w -t 60 start >/dev/null </dev/null; then
        cat "$base/log" >&2 || true
        exit 1
    fi
}

case $command in
    start) start_server ;;
    stop) stop_server ;;
esac
