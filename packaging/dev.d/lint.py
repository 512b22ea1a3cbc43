#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Dewpoint authors
# SPDX-License-Identifier: MIT
"""Runs clang-tidy or clazy on every source of the lint build, in parallel.

A file that was clean is not read again, in this working tree or another, until it, a header of ours
that it includes, its compile command, the configuration or the tool itself changes.

Nine tenths of the time goes into Qt's and the standard library's headers, so they read the files of a
folder several at a time, as one unit that includes them all. Two files that use a name
for something of their own go into different units; where that was not enough, one by one.
"""

import hashlib
import json
import os
import re
import shlex
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import cache
from pathlib import Path

# qstring-ref knows Qt 5 only; the other two take a temporary, which nobody shares, for a shared list.
CLAZY_OFF = "no-qstring-ref,no-range-loop-detach,no-detaching-temporary"
FOLDERS = ("models", "migrations", "ui", "app", "tests")
OURS = f"--header-filter=/({'|'.join(FOLDERS)})/.*"
TOOLS = {
    "clang-tidy": ["clang-tidy", "--quiet", "--extra-arg=-Wno-unknown-warning-option", "--extra-arg=-Wno-error"],
    "clazy": [
        "clazy-standalone", f"--checks=level1,{CLAZY_OFF}", "--ignore-dirs=(^/usr/|/build/)",
        "--extra-arg=-Wno-everything", "--extra-arg=-Wno-error",
    ],
}
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)
FINDING = re.compile(r"^\S+:\d+:\d+: (warning|error): ")
ANONYMOUS = re.compile(r"^namespace \{$(.*?)^\}  // namespace$", re.MULTILINE | re.DOTALL)
OWN_NAME = re.compile(r"^(?!template|using|#|//|[{}])\S.*?(\w+)\s*(?:\(|=|\{|;|$|\s:\s|final\b)", re.MULTILINE)
# What the compiler refuses, and not what a check calls an error: that names the check at its end.
BROKEN = re.compile(r": (fatal )?error: .*([^\]]|\[clang-diagnostic-error\])$", re.MULTILINE)
UNIT_SIZE = 8
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "dewpoint" / "lint"
KEPT_DAYS = 30


class Lint:
    def __init__(self, project: Path, tool: str):
        self.project = project
        self.tool = tool
        self.build = project / "build" / "lint"
        self.command = TOOLS[tool]
        self.commands = self.sources()
        self.clean = CACHE / tool
        self.clean.mkdir(parents=True, exist_ok=True)
        for folder in FOLDERS:
            self.make_scratch(folder)
        version = subprocess.run([self.command[0], "--version"], capture_output=True, text=True, check=True)
        configurations = [path.read_text() for path in (project / ".clang-tidy", *project.glob("*/.clang-tidy"))]
        self.common = "\0".join([version.stdout, *self.command, *configurations])

    def make_scratch(self, folder: str) -> None:
        """Units are written here; clang-tidy finds beside them the configuration of the folder they come from."""
        scratch = self.build / "units" / folder
        scratch.mkdir(parents=True, exist_ok=True)
        (scratch / ".clang-tidy").unlink(missing_ok=True)
        if (own := self.project / folder / ".clang-tidy").exists():
            (scratch / ".clang-tidy").symlink_to(own)

    def scratch(self, file: Path) -> Path:
        return self.build / "units" / file.relative_to(self.project).parts[0]

    def sources(self) -> dict[Path, str]:
        """Our own sources with their compile commands; generated ones are nobody's to mend."""
        entries = json.loads((self.build / "compile_commands.json").read_text())
        found = {Path(entry["file"]): entry["command"] for entry in entries}
        return {file: command for file, command in found.items()
                if file.is_relative_to(self.project) and not file.is_relative_to(self.project / "build")}

    @cache
    def included(self, file: Path) -> tuple[Path, ...]:
        names = INCLUDE.findall(file.read_text(errors="replace"))
        places = [file.parent, *(self.project / folder for folder in FOLDERS)]
        return tuple(next((place / name for place in places if (place / name).is_file()), None)
                     for name in names)

    def reached(self, file: Path) -> set[Path]:
        seen, waiting = set(), [file]
        while waiting:
            current = waiting.pop()
            if current and current not in seen:
                seen.add(current)
                waiting.extend(self.included(current))
        return seen

    @cache
    def digest(self, file: Path) -> bytes:
        return hashlib.sha256(file.read_bytes()).digest()

    def key(self, file: Path, command: str) -> str:
        whole = hashlib.sha256(f"{self.common}\0{command.replace(str(self.project), '')}".encode())
        for path in sorted(self.reached(file)):
            whole.update(str(path.relative_to(self.project)).encode() + self.digest(path))
        return whole.hexdigest()

    def units(self, waiting: list[Path]) -> list[list[Path]]:
        """The waiting files by folder; no unit so large that a processor stands idle."""
        size = min(UNIT_SIZE, -(-len(waiting) // os.cpu_count()))
        units = []
        for file in sorted(waiting):
            names = own_names(file.read_text(errors="replace"))
            for unit, taken in units:
                if len(unit) < size and unit[0].parent == file.parent and not names & taken:
                    unit.append(file)
                    taken |= names
                    break
            else:
                units.append(([file], names))
        return [unit for unit, _ in units]

    def run(self, unit: list[Path]) -> dict[Path, str]:
        """The findings of each file; empty when there are none. Those of a unit are every file's."""
        if len(unit) > 1:
            findings = self.read(self.together(unit))
            if not BROKEN.search(findings):
                return dict.fromkeys(unit, findings)
        return {file: self.read([*self.command, OURS, "-p", str(self.build), str(file)]) for file in unit}

    def together(self, unit: list[Path]) -> list[str]:
        """The command that reads these files as one: their flags united, each main() under a name of its own."""
        flags = {}
        for file in unit:
            words = shlex.split(self.commands[file])
            words = words[next(i for i, word in enumerate(words) if word.startswith("-")):words.index("-o")]
            while "-isystem" in words:
                at = words.index("-isystem")
                words[at:at + 2] = ["-isystem" + words[at + 1]]
            flags |= dict.fromkeys(words)
        # NOLINT: that a .cpp is included is our doing, not a fault of the file.
        text = "".join(f'#define main main{i}\n#include "{file}"  // NOLINT\n#undef main\n' for i, file in enumerate(unit))
        path = self.scratch(unit[0]) / f"{hashlib.sha256(text.encode()).hexdigest()[:16]}.cpp"
        path.write_text(text)
        return [*self.command, OURS, str(path), "--", *flags]

    def read(self, command: list[str]) -> str:
        done = subprocess.run(command, capture_output=True, text=True, cwd=self.project)
        if done.returncode == 0 and not any(map(FINDING.match, done.stdout.splitlines() + done.stderr.splitlines())):
            return ""
        return done.stdout + done.stderr or f"{command}: exit code {done.returncode}\n"


def own_names(text: str) -> set[str]:
    return {name for part in ANONYMOUS.findall(text) for name in OWN_NAME.findall(part)}


def distinct(findings: str, seen: set[str]) -> str:
    """Without what another file that includes the same header has already said."""
    lines, repeated = [], False
    for line in findings.splitlines():
        if FINDING.match(line):
            repeated = line in seen
            seen.add(line)
        if not repeated and not re.match(r"^(\d+ (warnings?|errors?) |Suppressed |Use -header-filter|Error while)", line):
            lines.append(line)
    return "\n".join(lines)


def main() -> int:
    lint = Lint(Path(sys.argv[1]), sys.argv[2])
    keys = {file: lint.clean / lint.key(file, command) for file, command in lint.commands.items()}
    units = lint.units([file for file, key in keys.items() if not key.exists()])
    for key in filter(Path.exists, keys.values()):
        key.touch()
    print(f"{lint.tool}: {sum(map(len, units))} of {len(keys)} files to read", flush=True)
    failed, seen = False, set()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for done in as_completed([pool.submit(lint.run, unit) for unit in units]):
            for file, findings in done.result().items():
                if not findings:
                    keys[file].touch()
                    continue
                failed = True
                if text := distinct(findings, seen):
                    print(text, flush=True)
    for old in lint.clean.iterdir():
        if old.stat().st_mtime < time.time() - KEPT_DAYS * 24 * 3600:
            old.unlink(missing_ok=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
