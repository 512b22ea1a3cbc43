#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Dewpoint authors
# SPDX-License-Identifier: MIT
#
# A throw-away PostgreSQL server for one test run.
#
#   postgres_server.sh start DIR    makes a cluster and starts it; its socket folder is in DIR/socket
#   postgres_server.sh secure DIR   the same, also on 127.0.0.1 (DIR/port) with TLS (the certificate is
#                                   DIR/server.crt); only the role postgres needs no password, on the socket
#   postgres_server.sh kill DIR     SIGKILL to all its processes, as a power cut would end them
#   postgres_server.sh resume DIR   starts it again on the same data
#   postgres_server.sh stop DIR     stops that server and removes its cluster
#
# The cluster itself lives below /tmp: a socket path may be 107 bytes long at most, and the build
# folder may be one that the unprivileged server user cannot enter.
set -euo pipefail

command=${1-}
dir=${2-}
case $command in
    start | secure | kill | resume | stop) ;;
    *) dir= ;;
esac
if [ -z "$dir" ]; then
    echo "usage: postgres_server.sh start|secure|kill|resume|stop DIR" >&2
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

make_cluster() {
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
full_page_writes = off
autovacuum = off
shared_buffers = 64MB
wal_level = minimal
password_encryption = scram-sha-256
max_wal_senders = 0
CONF
}

launch() {
    local base
    base=$(cat "$dir/socket")
    cd /tmp
    unprivileged "$(binaries)/pg_ctl" -D "$base/data" -l "$base/log" -w -t 60 start >/dev/null </dev/null || {
        cat "$base/log" >&2 || true
        return 1
    }
}

# A free port is only known to be free once the server has it.
launch_secure() {
    local base port
    base=$(cat "$dir/socket")
    unprivileged openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost \
        -addext subjectAltName=DNS:localhost -keyout "$base/data/server.key" -out "$base/data/server.crt" 2>/dev/null
    unprivileged chmod 600 "$base/data/server.key"
    cp "$base/data/server.crt" "$dir/server.crt"
    printf '%s\n' "local all postgres trust" "local all all scram-sha-256" "host all all 127.0.0.1/32 scram-sha-256" \
        >"$base/data/pg_hba.conf"
    echo "ssl = on" >>"$base/data/postgresql.conf"
    for _ in 1 2 3 4 5; do
        port=$((20000 + RANDOM % 12000))
        printf "listen_addresses = '127.0.0.1'\nport = %s\n" "$port" >>"$base/data/postgresql.conf"
        echo "$port" >"$dir/port"
        ! launch 2>"$dir/launch.log" || return 0
    done
    cat "$dir/launch.log" >&2
    return 1
}

kill_server() {
    local base main
    base=$(cat "$dir/socket")
    main=$(head -n 1 "$base/data/postmaster.pid")
    # shellcheck disable=SC2046  # one word a process
    kill -KILL "$main" $(ps -o pid= --ppid "$main") 2>/dev/null || true
    for _ in $(seq 100); do
        kill -0 "$main" 2>/dev/null || return 0
        sleep 0.05
    done
}

case $command in
    start)
        make_cluster
        launch
        ;;
    secure)
        make_cluster
        launch_secure
        ;;
    kill) kill_server ;;
    resume) launch ;;
    stop) stop_server ;;
esac
