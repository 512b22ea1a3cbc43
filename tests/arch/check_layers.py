#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Dewpoint authors
# SPDX-License-Identifier: MIT
"""Checks what the compiler's include paths cannot: see layers.txt, which holds the rules.

usage: check_layers.py PROJECT
Prints one line a violation and fails when there is one; sizes beyond the style's aims are only printed.
"""

import os
import re
import sys
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

CODE = (".h", ".cpp")
LICENSED = (*CODE, ".py", ".sh", ".cmake", "CMakeLists.txt")
SKIPPED = {"build", ".git", ".cache", "__pycache__"}
LONGEST = {".h": 200, ".cpp": 400}
LONGEST_FUNCTION = 60

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
COMMENT = re.compile(r"//.*|/\*.*?\*/")
COLOUR = re.compile(
    r"QColor(?:\s+\w+)?\s*[({]\s*\d"
    r"|QColor(?:\s+\w+)?\s*[({]\s*(?:QStringLiteral\(|QLatin1StringView\()?u?\"#?\w"
    r"|\bqRgba?\s*\(\s*\d"
    r"|QColorConstants::"
    r"|\"[^\"]*#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6})\b"
    r"|\"#[0-9a-fA-F]{3,4}\""
    r"|\bQt::(?:dark)?(?:[rR]ed|[gG]reen|[bB]lue|[cC]yan|[mM]agenta|[yY]ellow|[gG]ray)\b"
    r"|\bQt::(?:lightGray|white|black)\b"
)


@dataclass
class Rules:
    rank: dict[str, dict[str, int]] = field(default_factory=dict)  # of each layer, by the folder it is in
    only: list[tuple[list[str], list[str]]] = field(default_factory=list)
    never: list[tuple[str, list[str]]] = field(default_factory=list)

    @property
    def tops(self):
        return self.rank["."]

    def top_of(self, layer):
        return next((top for top in self.tops if layer in self.rank.get(top, {})), None)


def read_rules(text):
    rules = Rules()
    for line in filter(None, (line.split("#")[0].strip() for line in text.splitlines())):
        kind, where, names = re.fullmatch(r"(\w+) ([^:]+): *(.*)", line).groups()
        if kind == "layers":
            groups = [group.strip(" {}").split() for group in names.split("<")]
            rules.rank[where] = {name: rank for rank, group in enumerate(groups) for name in group}
        elif kind == "only":
            rules.only.append((where.split(), names.split()))
        elif kind == "never":
            rules.never.append((where, names.split()))
        else:
            raise ValueError(f"layers.txt: unknown rule '{kind}'")
    return rules


def within(path, places):
    return any(path.as_posix().startswith(place + "/") for place in places)


def own_include(rules, project, path, name):
    """What is wrong with #include "name" in this file, or None."""
    top, own = path.parts[0], path.parts[1] if len(path.parts) > 2 else None
    if name.startswith("../") or "/../" in name:
        return "includes go by folder name, not by '..'"
    if top not in rules.tops or name.endswith(".moc"):
        return None
    layer = name.split("/")[0] if "/" in name else None
    to = rules.top_of(layer)
    if to is None:
        return None if (project / top / name).is_file() else "no such layer: write \"folder/file.h\""
    if rules.tops[to] > rules.tops[top]:
        return f"{top} is below {to}"
    if any(within(path, [where]) and layer in names for where, names in rules.never):
        return f"{top} never includes {layer}"
    if to == top and own and layer != own:
        here, there = rules.rank[top].get(own), rules.rank[top][layer]
        if here is not None and there > here:
            return f"{own} is below {layer}"
        if here == there:
            return f"{own} and {layer} never include each other"
    return None


def foreign_include(rules, path, name):
    """What is wrong with #include <name> (a library's header) in this file, or None."""
    if re.match(r"Qt[A-Z]\w*/", name):
        return f"write <{name.split('/')[1]}>: with the module's name it compiles even where the module is not linked"
    for places, names in rules.only:
        if not within(path, places) and any(fnmatchcase(name, pattern) for pattern in names):
            return f"only in {' '.join(places)}"
    return None


def check_code(rules, project, path, lines):
    top = path.parts[0]
    if top in rules.rank and len(path.parts) > 2 and path.parts[1] not in rules.rank[top]:
        yield 1, f"the folder {top}/{path.parts[1]} has no place in layers.txt"
    coloured = top in rules.tops and not within(path, ["ui/theme"])
    for number, line in enumerate(lines, 1):
        if include := INCLUDE.match(line):
            bracket, name = include.groups()
            # Our own header in angle brackets, or a library's in quotes, is judged alike.
            wrong = foreign_include(rules, path, name)
            if not wrong and (bracket == '"' or rules.top_of(name.split("/")[0])) and not foreign(rules, name):
                wrong = own_include(rules, project, path, name)
            if wrong:
                yield number, f"#include {bracket}{name}{'>' if bracket == '<' else bracket}: {wrong}"
        elif coloured and COLOUR.search(COMMENT.sub("", line)):
            yield number, f"a colour outside ui/theme: {line.strip()}"


def foreign(rules, name):
    return any(fnmatchcase(name, pattern) for _, names in rules.only for pattern in names)


def check_licence(lines):
    head = "\n".join(lines[:5])
    if "SPDX-FileCopyrightText:" not in head or "SPDX-License-Identifier:" not in head:
        yield 1, "no SPDX-FileCopyrightText and SPDX-License-Identifier lines at the top"


def outgrown(path, lines):
    longest = LONGEST.get(path.suffix)
    if longest and len(lines) > longest:
        yield 1, f"{len(lines)} lines, the aim is {longest}"
    start = None
    for number, line in enumerate(lines, 1):
        if line == "{":
            start = number
        elif line == "}" and start:
            if number - start - 1 > LONGEST_FUNCTION:
                yield start - 1, f"a function of {number - start - 1} lines, the aim is {LONGEST_FUNCTION}"
            start = None


def own_files(project):
    for folder, folders, names in os.walk(project):
        folders[:] = sorted(name for name in folders if name not in SKIPPED)
        yield from (Path(folder, name).relative_to(project) for name in sorted(names) if name.endswith(LICENSED))


def check(project, rules):
    """Two lists of lines "path:number: text": violations, and sizes that are only worth a look."""
    violations, sizes = [], []
    for path in own_files(project):
        lines = (project / path).read_text(errors="replace").splitlines()
        found = list(check_licence(lines))
        if path.suffix in CODE:
            found += check_code(rules, project, path, lines)
            sizes += [f"{path}:{number}: {text}" for number, text in outgrown(path, lines)]
        violations += [f"{path}:{number}: {text}" for number, text in found]
    return violations, sizes


def main():
    project = Path(sys.argv[1])
    rules = read_rules((Path(__file__).parent / "layers.txt").read_text())
    violations, sizes = check(project, rules)
    for line in sizes:
        print(f"note: {line}")
    for line in violations:
        print(line)
    print(f"arch: {len(violations)} violations, {len(sizes)} notes")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
