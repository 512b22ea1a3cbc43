#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Dewpoint authors
# SPDX-License-Identifier: MIT
"""A migration tool as small as one can be, for tests of projects that run their own code.

up N URL, down N URL, status URL, new NAME; migrations/NAME.mig holds up SQL, a line "--", down SQL.
The up SQL may begin with lines of "!word", what the program is to do then:
  !fail   half of it stays, then exit code 3        !lie    nothing is done, exit code 0
  !hang   ignores SIGTERM, and so does a child      !flood  100 MB of output before
  !hang-live  the same, but not on a shadow database
Every start is written to the file "calls" before anything else.
"""

import os
import pathlib
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parent


def run_sql(url, text):
    """The rows of a script; one transaction. SQLite: without patience, so nobody else may hold a lock."""
    if url.startswith("sqlite://"):
        database = sqlite3.connect(urllib.parse.unquote(url[len("sqlite://"):]), timeout=0, isolation_level=None)
        try:
            database.execute("BEGIN EXCLUSIVE")
            rows = []
            for statement in text.split(";"):
                rows = database.execute(statement).fetchall()
            database.execute("COMMIT")
            return [str(row[0]) for row in rows]
        finally:
            database.close()
    done = subprocess.run(["psql", url, "-qAtX1", "-v", "ON_ERROR_STOP=1", "-c", text],
                          check=True, capture_output=True, text=True)
    return done.stdout.split()


def applied(url):
    run_sql(url, "CREATE TABLE IF NOT EXISTS tool_ledger (version text PRIMARY KEY, applied_at text)")
    return run_sql(url, "SELECT version FROM tool_ledger ORDER BY version")


def hang():
    ignoring = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    child = subprocess.Popen([sys.executable, "-c", ignoring])
    (ROOT / "pids").write_text(f"{os.getpid()} {child.pid}\n", encoding="utf-8")
    time.sleep(600)


def up(count, url):
    pending = [path for path in sorted((ROOT / "migrations").glob("*.mig"))
               if path.name.split("_")[0] not in applied(url)]
    for path in pending[:count]:
        version = path.name.split("_")[0]
        script = path.read_text(encoding="utf-8").split("\n--\n")[0]
        words = [line for line in script.splitlines() if line.startswith("!")]
        script = "\n".join(line for line in script.splitlines() if not line.startswith("!"))
        print(f"Applying {path.name}", flush=True)
        if "!lie" in words:
            return
        if "!hang" in words or ("!hang-live" in words and "shadow" not in url):
            hang()
        if "!flood" in words:
            line = ("x" * 79 + "\n") * 1000
            for _ in range(1250):
                sys.stdout.write(line)
        if "!fail" in words:
            run_sql(url, script)
            print("something is wrong here", file=sys.stderr, flush=True)
            sys.exit(3)
        run_sql(url, f"{script}; INSERT INTO tool_ledger VALUES ('{version}', '2026-01-02 03:04:05')")
        print(f"Applied {path.name}", flush=True)


def down(count, url):
    for version in sorted(applied(url), reverse=True)[:count]:
        path = next((ROOT / "migrations").glob(f"{version}_*.mig"))
        script = path.read_text(encoding="utf-8").split("\n--\n")[1].strip()
        print(f"Reverting {path.name}", flush=True)
        run_sql(url, f"{script}; DELETE FROM tool_ledger WHERE version = '{version}'")


def main(words):
    with open(ROOT / "calls", "a", encoding="utf-8") as calls:
        calls.write(" ".join(words) + "\n")
    if words[0] == "up":
        up(int(words[1]), words[2])
    elif words[0] == "down":
        down(int(words[1]), words[2])
    elif words[0] == "status":
        print("a warning that is no version", file=sys.stderr)
        print("\n".join(applied(words[1])))
    elif words[0] == "new":
        path = ROOT / "migrations" / f"0009_{words[1]}.mig"
        path.write_text("CREATE TABLE made (id integer)\n--\nDROP TABLE made\n", encoding="utf-8")
    elif words[0] == "environment":
        print("\n".join(sorted(f"{name}={value}" for name, value in os.environ.items())))


main(sys.argv[1:])
