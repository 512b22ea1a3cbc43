# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Dewpoint authors
# SPDX-License-Identifier: MIT
#
# Where to work: on this system when its packages are new enough, otherwise in a private Debian 13
# root that bubblewrap enters. Either is made here when something of it is missing.

readonly debian_release=trixie
readonly qt_version=6.8
readonly cache=${XDG_CACHE_HOME:-$HOME/.cache}/dewpoint
readonly root=$cache/root
readonly standard_path=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

# Returns when the environment is this one; otherwise enters it with the same command and does not return.
ensure_environment() {
    if [ -z "${DEWPOINT_INSIDE-}" ]; then
        case $(environment_kind) in
            native) install_natively ;;
            private)
                ensure_root
                enter_root "$project/packaging/dev" "$@"
                ;;
            other) expect_libraries ;;
        esac
    fi
    [ "$(locale charmap 2>/dev/null)" = UTF-8 ] || export LC_ALL=C.UTF-8
}

# A subshell, so that the names of /etc/os-release stay out of this script.
environment_kind() (
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        echo other
        return
    fi
    # shellcheck disable=SC1091
    source /etc/os-release
    if [ "$ID" = debian ]; then
        if [ "${VERSION_ID:-99}" -ge 13 ]; then echo native; else echo private; fi
    elif dpkg --compare-versions "$(offered_qt)" ge "$qt_version"; then
        echo native
    else
        echo private
    fi
)

offered_qt() {
    LC_ALL=C apt-cache policy qt6-base-dev 2>/dev/null |
        awk '/Candidate:/ { qt = $2 } END { print qt ~ /^[0-9]/ ? qt : 0 }'
}

wanted_packages() { sed -e 's/#.*//' -e 's/[[:space:]]*$//' -e '/^$/d' "$project/packaging/packages.txt"; }

# absent NAMES-COMMAND [DPKG-QUERY OPTIONS]: dpkg itself is asked, so an interrupted installation counts as absent.
absent() {
    local names=$1
    shift
    comm -23 <("$names" | LC_ALL=C sort -u) <(
        dpkg-query "$@" -W -f '${db:Status-Status} ${Package}\n' 2>/dev/null |
            sed -n 's/^installed //p' | LC_ALL=C sort -u
    )
}

# as_root WHY COMMAND…
as_root() {
    local why=$1
    shift
    if [ "$(id -u)" = 0 ]; then
        "$@"
    else
        expect_root
        say "packaging/dev: $why (sudo may ask for your password)"
        sudo "$@"
    fi
}

# What root then makes is for this user: the folder is named, as root's own home is another one.
expect_root() {
    [ "$(id -u)" = 0 ] || command -v sudo >/dev/null || fail "the environment lacks packages.
  Installing them needs root, and there is no sudo. Run this once as root:
    XDG_CACHE_HOME=${cache%/dewpoint} $project/packaging/dev exec true"
}

install_natively() {
    local packages
    mapfile -t packages < <(absent wanted_packages)
    [ ${#packages[@]} -eq 0 ] || apt_install "${packages[@]}"
}

# The lists are fetched first: old ones name versions that are gone. Without a network, those that are there must do.
apt_install() {
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -y -o DPkg::Lock::Timeout=600)
    say "packaging/dev: installing $*"
    as_root "installing packages" "${apt[@]}" update >&2 || say "packaging/dev: some package lists could not be fetched"
    as_root "installing packages" "${apt[@]}" install --no-install-recommends "$@" >&2 ||
        fail "these packages could not be installed: $*
  apt's own message is above. Without a network they cannot be fetched; with one, try again."
}

# --- the private root -------------------------------------------------------------------------------------

root_tools() { printf '%s\n' bubblewrap mmdebstrap debian-archive-keyring; }
root_is_whole() { [ -d "$root" ] && [ -z "$(absent wanted_packages --admindir="$root/var/lib/dpkg")" ]; }

ensure_root() {
    local tools lock
    mapfile -t tools < <(absent root_tools)
    [ ${#tools[@]} -eq 0 ] || apt_install "${tools[@]}"
    if root_is_whole; then return; fi
    expect_root
    mkdir -p "$cache"
    exec {lock}>"$cache/lock"
    flock -n "$lock" || {
        say "packaging/dev: waiting for another one that makes the Debian 13 environment"
        flock "$lock"
    }
    if [ ! -d "$root" ]; then
        make_root
    elif ! root_is_whole; then
        complete_root
    fi
    exec {lock}>&-
}

# Made beside its place and renamed when complete, so that an interrupted one is never taken for whole.
make_root() {
    local part=$root.part packages
    packages=$(wanted_packages | paste -sd,)
    say "packaging/dev: making a private Debian 13 in $root (once; some 2 GB and a few minutes)"
    as_root "making the Debian 13 environment" rm -rf --one-file-system "$part"
    as_root "making the Debian 13 environment" env PATH="$PATH:/usr/sbin:/sbin" \
        mmdebstrap --variant=apt --include="$packages" \
        "$debian_release" "$part" >&2 ||
        fail "the Debian 13 environment could not be made; mmdebstrap's own message is above.
  Without a network its packages cannot be fetched; with one, try again."
    as_root "making the Debian 13 environment" mv -T "$part" "$root"
}

complete_root() {
    local packages
    mapfile -t packages < <(absent wanted_packages --admindir="$root/var/lib/dpkg")
    say "packaging/dev: adding to $root: ${packages[*]}"
    # Nothing that is installed may start a service: the processes inside are the system's own.
    # shellcheck disable=SC2016  # expanded by the shell inside
    local install_script='set -e
        printf "#!/bin/sh\nexit 101\n" >/usr/sbin/policy-rc.d
        chmod 755 /usr/sbin/policy-rc.d
        dpkg --configure -a
        apt-get update
        apt-get -y install --no-install-recommends "$@"'
    as_root "adding packages to the Debian 13 environment" \
        bwrap --bind "$root" / --dev-bind /dev /dev --bind /proc /proc --cap-add ALL \
        --ro-bind "$(readlink -f /etc/resolv.conf)" /etc/resolv.conf \
        --setenv PATH "$standard_path" --setenv LC_ALL C.UTF-8 --setenv DEBIAN_FRONTEND noninteractive \
        --chdir / --die-with-parent -- \
        sh -c "$install_script" sh "${packages[@]}" >&2 ||
        fail "the Debian 13 environment could not be completed; apt's own message is above.
  Without a network packages cannot be fetched; with one, try again (or remove $root to start over)."
}

# bubblewrap ends with the caller, and then asks the command to end: --die-with-parent alone would kill it.
enter_root() {
    local options=() passwd group
    collect_mounts options
    exec {passwd}< <(merged passwd "$(id -u)")
    # shellcheck disable=SC2046  # one argument a group
    exec {group}< <(merged group $(id -G))
    options+=(--perms 0644 --ro-bind-data "$passwd" /etc/passwd --perms 0644 --ro-bind-data "$group" /etc/group)
    options+=(--setenv DEWPOINT_INSIDE 1 --setenv PATH "$standard_path" --chdir "$PWD" --die-with-parent)
    [ -n "${TZ-}" ] || options+=(--setenv TZ "$(readlink -f /etc/localtime | sed -n 's|.*/zoneinfo/||p')")
    if [ "$(id -u)" = 0 ]; then
        options+=(--cap-add ALL)
    else
        expect_user_namespaces
    fi
    exec bwrap "${options[@]}" -- setpriv --pdeathsig TERM -- "$@"
}

expect_user_namespaces() {
    local answer
    answer=$(bwrap --ro-bind / / --dev-bind /dev /dev true 2>&1) || fail "bubblewrap cannot make a namespace here: $answer
  Unprivileged user namespaces seem to be switched off. Switch them on as root with one of
    sysctl -w kernel.unprivileged_userns_clone=1
    sysctl -w kernel.apparmor_restrict_unprivileged_userns=0
    sysctl -w user.max_user_namespaces=15000
  or run packaging/dev as root."
}

# The system's own folders come from the root; every other path is the one outside.
collect_mounts() {
    local -n mounts=$1
    local name path
    for name in bin sbin lib lib32 lib64 libx32; do
        [ ! -L "$root/$name" ] || mounts+=(--symlink "$(readlink "$root/$name")" "/$name")
    done
    for name in usr etc var; do mounts+=(--bind "$root/$name" "/$name"); done
    mounts+=(--dev-bind /dev /dev --bind /proc /proc --bind /sys /sys --bind /run /run --bind /var/tmp /var/tmp)
    for path in /* /.[!.]*; do
        case $path in
            /bin | /sbin | /lib | /lib32 | /lib64 | /libx32 | /usr | /etc | /var | /dev | /proc | /sys | /run | /boot | /lost+found) continue ;;
        esac
        if [ -L "$path" ]; then
            mounts+=(--symlink "$(readlink "$path")" "$path")
        elif [ -d "$path" ] && [ -r "$path" ]; then
            mounts+=(--bind "$path" "$path")
        fi
    done
    for path in /etc/resolv.conf /etc/hosts /etc/ssl/certs/ca-certificates.crt; do
        [ ! -e "$path" ] || [ ! -e "$root$path" ] || mounts+=(--ro-bind "$(readlink -f "$path")" "$path")
    done
    for path in "$project" "$PWD"; do
        case $path in
            /usr/* | /etc/* | /var/* | /boot/*) [ -e "$root$path" ] || mounts+=(--bind "$path" "$path") ;;
        esac
    done
}

# merged passwd|group IDS…: the root's own entries, after those of the invoking user.
merged() {
    local database=$1
    {
        getent "$database" "${@:2}" || true
        cat "$root/etc/$database"
    } | awk -F: '!($1 in names) && !($3 in ids) { print; names[$1]; ids[$3] }'
}

# --- other systems ----------------------------------------------------------------------------------------

# Asked only before the first configuration: after it, CMake has found everything.
expect_libraries() {
    [ ! -e "$project/build/dev/.configured" ] || return 0
    command -v cmake >/dev/null || fail "CMake is missing here. $(package_advice)"
    local probe missing
    probe=$(mktemp -d)
    cat >"$probe/CMakeLists.txt" <<END
cmake_minimum_required(VERSION 3.28)
project(probe LANGUAGES CXX)
find_package(Qt6 $qt_version QUIET COMPONENTS Widgets Sql Concurrent Svg Test LinguistTools)
find_package(KF6SyntaxHighlighting QUIET)
foreach(library Qt6 KF6SyntaxHighlighting)
    if(NOT \${library}_FOUND)
        message(NOTICE "missing: \${library}")
    endif()
endforeach()
END
    missing=$(cmake -G Ninja -S "$probe" -B "$probe/build" 2>&1 | sed -n 's/^missing: //p; s/^CMake Error.*/a C++ compiler or Ninja/p' |
        sort -u | paste -sd, | sed 's/,/, /g') || true
    rm -rf "$probe"
    [ -z "$missing" ] || fail "missing here: $missing. $(package_advice)"
}

package_advice() {
    cat <<END
Dewpoint needs Qt $qt_version and KDE Frameworks 6's syntax highlighting, among others.
  Debian, Ubuntu  libkf6syntaxhighlighting-dev qt6-base-dev qt6-svg-dev qt6-tools-dev
  Fedora          kf6-syntax-highlighting-devel qt6-qtbase-devel qt6-qtsvg-devel qt6-qttools-devel
  Arch            syntax-highlighting qt6-base qt6-svg qt6-tools
  All of them, by their Debian names: packaging/packages.txt
END
}
